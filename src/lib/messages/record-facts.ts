import type { Place } from '../domain/place';
import { words, type Language } from './language';

/** What a report says of itself, wherever it is shown. */
export const recordFactsWords = words(
  {
    issue: '问题',
    need: '居民需求',
    category: '类别',
    needType: '需求类型',
    number: '编号',
    place: '地点',
    grid: '归属网格',
    wished: '期望时间',
    text: '情况说明',
    noText: '没有文字说明',
    restricted: '仅社区可见',
    solvedOnSpot: '现场已处理',
    quickReport: '随手拍',
    stairwell: (name: string) => `${name}单元`,
    floor: (floor: number) => `${floor}楼`,
    sources: { gps: '定位', map: '地图选点', building: '按楼栋', none: '没有位置' },
    accuracy: (metres: number) => `精度约 ${metres} 米`,
    poorAccuracy: (metres: number) => `定位不准（约 ${metres} 米），请以文字为准`,
    age: (seconds: number) =>
      seconds < 90 ? `${seconds} 秒前的定位` : `${Math.round(seconds / 60)} 分钟前的定位`
  },
  {
    issue: 'Issue',
    need: 'Resident’s need',
    category: 'Category',
    needType: 'Type of need',
    number: 'Number',
    place: 'Place',
    grid: 'Belongs to grid',
    wished: 'Wished time',
    text: 'Description',
    noText: 'No description',
    restricted: 'Community only',
    solvedOnSpot: 'Solved on the spot',
    quickReport: 'Quick report',
    stairwell: (name) => `stairwell ${name}`,
    floor: (floor) => `floor ${floor}`,
    sources: { gps: 'position', map: 'picked on the map', building: 'by building', none: 'no position' },
    accuracy: (metres: number) => `about ${metres} m accurate`,
    poorAccuracy: (metres: number) => `poor position (about ${metres} m): trust the words`,
    age: (seconds: number) =>
      seconds < 90 ? `fixed ${seconds} s before` : `fixed ${Math.round(seconds / 60)} min before`
  }
);

/** `2单元 3楼`; empty where nothing was chosen. */
export function insideWords({ stairwell, floor }: Place, language: Language): string {
  const said = recordFactsWords[language];
  return [stairwell && said.stairwell(stairwell), floor !== undefined && said.floor(floor)]
    .filter(Boolean)
    .join(' ');
}
