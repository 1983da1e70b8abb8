import { words } from './language';

/** A length on the ground, as a scale bar and an accuracy say it. */
const lengthZh = (metres: number) => (metres >= 1000 ? `${metres / 1000} 公里` : `${metres} 米`);
const lengthEn = (metres: number) => (metres >= 1000 ? `${metres / 1000} km` : `${metres} m`);

export const mapWords = words(
  {
    zoomIn: '放大',
    zoomOut: '缩小',
    toPosition: '到我的位置',
    wholeGrid: '看整个网格',
    wholeMap: '看全部',
    noPosition: '还没有定位。稍等片刻，或到开阔处再试。',
    ownPosition: (metres: number) => `我的位置，误差约 ${lengthZh(metres)}`,
    poorPosition: (metres: number) => `定位不准，约 ${lengthZh(metres)}`,
    centre: '地图中心：方向键移动，加减键缩放',
    centrePick: '地图中心：方向键移动，加减键缩放，回车选定这里',
    pickHint: '点一下地图，选定位置',
    picked: '已选定位置',
    cluster: (count: number, due: number) =>
      due > 0 ? `这里有 ${count} 条，其中 ${due} 条到期或超期` : `这里有 ${count} 条`,
    folded: (count: number) => `收起这 ${count} 条`,
    scale: lengthZh,
    failed: '地图没能打开，其他内容都在。',
    again: '再试一次',
    still: (metres: number) => `位置示意图，误差约 ${lengthZh(metres)}`,
    stillExact: '位置示意图'
  },
  {
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    toPosition: 'To my position',
    wholeGrid: 'Show the whole grid',
    wholeMap: 'Show everything',
    noPosition: 'No position yet. Wait a moment, or try again under open sky.',
    ownPosition: (metres: number) => `My position, accurate to about ${lengthEn(metres)}`,
    poorPosition: (metres: number) => `Poor position, about ${lengthEn(metres)}`,
    centre: 'Centre of the map: arrow keys move, plus and minus zoom',
    centrePick: 'Centre of the map: arrow keys move, plus and minus zoom, Enter picks this place',
    pickHint: 'Tap the map to pick the place',
    picked: 'Place picked',
    cluster: (count: number, due: number) =>
      due > 0 ? `${count} records here, ${due} of them due or overdue` : `${count} records here`,
    folded: (count: number) => `Fold these ${count} records`,
    scale: lengthEn,
    failed: 'The map could not be opened; everything else is there.',
    again: 'Try again',
    still: (metres: number) => `Sketch of the place, accurate to about ${lengthEn(metres)}`,
    stillExact: 'Sketch of the place'
  }
);
