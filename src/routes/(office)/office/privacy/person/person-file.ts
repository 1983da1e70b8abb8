import type { Case } from '$lib/domain/case';
import { buildingLabel } from '$lib/domain/grid';
import { inOrder, isRecording, type HistoryEntry } from '$lib/domain/history';
import type { Instant } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { historyLine, historyWords } from '$lib/messages/history';
import type { Language } from '$lib/messages/language';
import { stampMoment } from '$lib/messages/moment';
import { privacyWords } from '$lib/messages/privacy';

interface Kept {
  report: Report;
  cases: readonly Case[];
  history: readonly HistoryEntry[];
}

interface About {
  reference: Reference;
  language: Language;
  now: Instant;
  /** The officer. */
  by: string;
  query: string;
}

/** A text with a mark of its encoding, so that Windows shows it as it is. Pure. */
export function personFile(kept: readonly Kept[], about: About): string {
  const words = privacyWords[about.language].file;
  const head = [
    `${words.title} · ${about.reference.name}`,
    words.made(stampMoment(about.now), about.by),
    words.searched(about.query)
  ];
  const records = kept.map((one) => recordText(one, about));
  return `\uFEFF${[head.join('\n'), ...records].join('\n\n----\n\n')}\n`.replaceAll('\n', '\r\n');
}

function recordText({ report, cases, history }: Kept, about: About): string {
  const { language } = about;
  const words = privacyWords[language].file;
  const lines: [string, string][] = [
    [words.number, report.number],
    [words.at, stampMoment(report.at)],
    [words.category, categoryOf(report, about)],
    [words.place, placeOf(report, about)],
    [words.text, report.text],
    ...(report.kind === 'issue' ? [[words.answers, answersOf(report.answers)] as [string, string]] : []),
    ...(report.kind === 'need' && report.wishedAt
      ? [[words.wished, stampMoment(report.wishedAt)] as [string, string]]
      : []),
    [words.pictures, counted([report, ...cases].flatMap(({ photos }) => photos))],
    [words.voices, counted(report.voices)],
    [words.case, cases.flatMap(({ number }) => number ?? []).join(' ')]
  ];
  const said = lines.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`);
  return [
    words.kind[report.kind],
    ...said,
    `${words.history}:`,
    ...inOrder(history).flatMap(lineOf(about))
  ].join('\n');
}

const counted = (media: readonly unknown[]) => (media.length ? String(media.length) : '');

function categoryOf(report: Report, { reference, language }: About): string {
  const code = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
  const named = [...reference.categories, ...reference.needTypes].find((one) => one.code === code);
  return named?.words[language] ?? code;
}

function placeOf({ place }: Report, { reference }: About): string {
  const building = reference.buildings.find(({ code }) => code === place.buildingCode);
  const { position, stairwell, floor, words } = place;
  return [
    building && buildingLabel(building),
    stairwell,
    floor === undefined ? '' : `${floor}F`,
    words,
    position && `WGS-84 ${position.longitude}, ${position.latitude}`
  ]
    .filter(Boolean)
    .join(' ');
}

function answersOf(answers: Record<string, string | number>): string {
  return Object.entries(answers)
    .map(([key, answer]) => `${key} ${answer}`)
    .join('; ');
}

/** What happened, and what it said: of an amendment also what stood there before, since that is kept as well. */
function lineOf({ reference, language }: About) {
  const words = historyWords[language];
  return (entry: HistoryEntry): string[] => {
    if (isRecording(entry)) return [];
    const { kind, facts, authorName, receivedAt, at } = entry;
    const unit = reference.units.find(({ id }) => id === facts.unit)?.name ?? words.someUnit;
    const { said, quoted } = historyLine(words, kind, { who: authorName ?? words.colleague, unit, facts });
    const edited = Object.values((facts.edits ?? {}) as Record<string, { from: unknown; to: unknown }>).map(
      ({ from, to }) => `    ${shown(from)} → ${shown(to)}`
    );
    return [`  ${stampMoment(receivedAt ?? at)}  ${said}${quoted ? words.colon + quoted : ''}`, ...edited];
  };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
