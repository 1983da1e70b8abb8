import type { Day, Instant } from '../domain/instant';
import type { Language } from './language';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** The time of all China, all year round. */
const shanghaiMs = 8 * hourMs;

// Written by hand, as few forms as there are: a tablet takes a tenth of a second to make its first Intl formatter.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 11月20日 16:05; with the year where it is not the year of `now`. */
export function absoluteMoment(at: Instant, now: Instant, language: Language): string {
  const [day, time] = stampMoment(at).split(' ') as [Day, string];
  const year = day.slice(0, 4);
  const isThisYear = year === stampMoment(now).slice(0, 4);
  const date = dayInWords(day, language);
  if (language === 'zh') return `${isThisYear ? '' : `${year}年`}${date} ${time}`;
  return `${date}${isThisYear ? '' : `, ${year}`}, ${time}`;
}

/** 2026-11-20 16:05, as it is drawn over a picture: the same in every language, and the community's, wherever the device thinks it is. */
export function stampMoment(at: Instant): string {
  return new Date(Date.parse(at) + shanghaiMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** 10 分钟前; after a week the date says more than a count, and so it does of what a wrong clock has put ahead. */
export function relativeMoment(at: Instant, now: Instant, language: Language): string {
  const passedMs = Date.parse(now) - Date.parse(at);
  if (Math.abs(passedMs) < minuteMs) return language === 'zh' ? '刚刚' : 'just now';
  if (passedMs < 0 || passedMs >= 7 * dayMs) return absoluteMoment(at, now, language);
  if (passedMs < hourMs) return ago(passedMs / minuteMs, language, '分钟', 'minute');
  if (passedMs < dayMs) return ago(passedMs / hourMs, language, '小时', 'hour');
  const days = dayNumber(now) - dayNumber(at);
  if (days === 1) return language === 'zh' ? '昨天' : 'yesterday';
  return ago(days, language, '天', 'day');
}

function ago(count: number, language: Language, zh: string, en: string): string {
  const whole = Math.trunc(count);
  return language === 'zh' ? `${whole}${zh}前` : `${whole} ${en}${whole === 1 ? '' : 's'} ago`;
}

/** Days in Shanghai, counted. */
function dayNumber(at: Instant): number {
  return Math.floor((Date.parse(at) + shanghaiMs) / dayMs);
}

/** 11月22日. */
export function dayInWords(day: Day, language: Language): string {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))];
  return language === 'zh' ? `${month}月${date}日` : `${months[month - 1]} ${date}`;
}

/** 2 天 3 小时: the two largest units, never less than a minute. */
export function spanInWords(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.floor(Math.abs(ms) / minuteMs));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts: [number, string, string][] = days
    ? [
        [days, '天', 'd'],
        [hours, '小时', 'h']
      ]
    : [
        [hours, '小时', 'h'],
        [minutes % 60, '分钟', 'min']
      ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, zh, en]) => `${count} ${language === 'zh' ? zh : en}`)
    .join(' ');
}
