import type { Day, Instant } from '../domain/instant';
import { htmlLanguage, type Language } from './language';

/** Every time on screen is the community's, wherever the device thinks it is. */
const timeZone = 'Asia/Shanghai';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** 11月20日 16:05; with the year where it is not the year of `now`. */
export function absoluteMoment(at: Instant, now: Instant, language: Language): string {
  const isThisYear = yearOf(at) === yearOf(now);
  return format(language, {
    year: isThisYear ? undefined : 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  }).format(Date.parse(at));
}

/** 2026-11-20 16:05, as it is drawn over a picture: the same in every language. */
export function stampMoment(at: Instant): string {
  return new Date(Date.parse(at) + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** Made when first needed, and once: making one takes longer than using it a hundred times. */
const relativeFormats: Partial<Record<Language, Intl.RelativeTimeFormat>> = {};

/** 10 分钟前; after a week the date says more than a count. */
export function relativeMoment(at: Instant, now: Instant, language: Language): string {
  const passedMs = Date.parse(now) - Date.parse(at);
  const count = (relativeFormats[language] ??= new Intl.RelativeTimeFormat(htmlLanguage[language], {
    numeric: 'auto'
  }));
  if (Math.abs(passedMs) < minuteMs) return language === 'zh' ? '刚刚' : 'just now';
  if (Math.abs(passedMs) < hourMs) return count.format(-Math.trunc(passedMs / minuteMs), 'minute');
  if (Math.abs(passedMs) < dayMs) return count.format(-Math.trunc(passedMs / hourMs), 'hour');
  if (Math.abs(passedMs) < 7 * dayMs) return count.format(-Math.trunc(passedMs / dayMs), 'day');
  return absoluteMoment(at, now, language);
}

/** 11月22日. */
export function dayInWords(day: Day, language: Language): string {
  const month = language === 'zh' ? 'long' : 'short';
  return format(language, { month, day: 'numeric' }).format(Date.parse(`${day}T04:00:00.000Z`));
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

function yearOf(at: Instant): string {
  return stampMoment(at).slice(0, 4);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** One for each way of writing, made when it is first needed. */
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(htmlLanguage[language], { ...options, timeZone });
  formats.set(key, made);
  return made;
}
