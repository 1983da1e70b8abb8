// The harness's entries as our issues and back, with every field it may ever add.
import type { Draft } from '../../src/lib/data/draft';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import { community } from './people.ts';

export interface Entry {
  id: string;
  gridId: string;
  type: string;
  description: string;
  address: string;
  lat: number;
  lon: number;
  accuracyM: number;
  createdAt: string;
  [field: string]: unknown;
}

type Answers = Issue['answers'];

/** The harness's types of issue, as the categories of the community. */
const types = [
  '消防隐患',
  '占道经营',
  '违章搭建',
  '垃圾堆放',
  '路面破损',
  '井盖缺失',
  '独居老人走访',
  '流动人口登记',
  '矛盾纠纷',
  '噪声扰民'
];
const categoryOf = (type: string) => (types.includes(type) ? `C${String(types.indexOf(type) + 21)}` : 'C12');

const ownFields = ['id', 'gridId', 'description', 'address', 'lat', 'lon', 'accuracyM', 'createdAt'];
const gridPattern = /^G320102(0\d{3})$/;
/** What an answer holds at most. */
const pieceLength = 500;

/** What has no field of its own is an answer: text and numbers as they are, anything else as JSON in pieces. */
export function fieldsToAnswers(fields: Record<string, unknown>): Answers {
  const answers: Answers = {};
  for (const [name, value] of Object.entries(fields)) {
    const isPlain = typeof value === 'number' || (typeof value === 'string' && value.length <= pieceLength);
    if (isPlain) answers[name] = value;
    else if (Array.isArray(value)) value.forEach((item, index) => addJson(answers, `${name}[${index}`, item));
    else addJson(answers, `${name}=`, value);
  }
  return answers;
}

function addJson(answers: Answers, name: string, value: unknown): void {
  const text = JSON.stringify(value);
  for (let start = 0, piece = 0; start < text.length; start += pieceLength, piece++)
    answers[`${name}/${piece}`] = text.slice(start, start + pieceLength);
}

function answersToFields(answers: Answers): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(answers)) {
    const slash = key.lastIndexOf('/');
    if (slash < 0) fields[key] = value;
    else texts.set(key.slice(0, slash), (texts.get(key.slice(0, slash)) ?? '') + String(value));
  }
  for (const [key, text] of texts) {
    const value: unknown = JSON.parse(text);
    const [list, index] = key.split('[');
    if (index === undefined) fields[key.slice(0, -1)] = value;
    else ((fields[list!] ??= []) as unknown[])[Number(index)] = value;
  }
  return fields;
}

/** What a worker's form would hold. */
export function entryToDraft(entry: Entry): Omit<Draft, 'photoIds'> & { ownerGridCode: string } {
  const rest = Object.fromEntries(Object.entries(entry).filter(([field]) => !ownFields.includes(field)));
  const isKnownGrid = gridPattern.test(entry.gridId);
  if (types.includes(entry.type)) delete rest.type;
  if (!isKnownGrid) rest.gridId = entry.gridId;
  return {
    id: entryIdToRecordId(entry.id),
    kind: 'issue',
    startedAt: entry.createdAt,
    updatedAt: entry.createdAt,
    voiceIds: [],
    categoryCode: categoryOf(entry.type),
    answers: fieldsToAnswers(rest),
    ownerGridCode: community + (isKnownGrid ? entry.gridId.slice(-3) : '000'),
    place: {
      source: 'gps',
      position: { longitude: entry.lon, latitude: entry.lat },
      accuracyMetres: entry.accuracyM,
      words: entry.address
    },
    text: entry.description,
    solvedOnSpot: false,
    communityOnly: false
  };
}

export function issueToEntry(issue: Issue): Entry {
  const { position, accuracyMetres, words } = issue.place;
  return {
    id: recordIdToEntryId(issue.id),
    gridId: `G3201020${issue.ownerGridCode.slice(-3)}`,
    type: types[Number(issue.categoryCode.slice(1)) - 21] ?? '',
    description: issue.text,
    address: words ?? '',
    lat: position!.latitude,
    lon: position!.longitude,
    accuracyM: accuracyMetres!,
    createdAt: issue.at,
    ...answersToFields(issue.answers)
  };
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
/** 9 digits of time and 14 letters of 5 bits each: a UUID of version 7 has room for both. */
const idPattern = /^e([0-9a-z]{9})([0-9a-hjkmnp-tv-z]{14})$/;
const randomBits = 70n;
const lowBits = 58n;

export function entryIdToRecordId(id: string): RecordId {
  const [, time, random] = idPattern.exec(id) ?? [];
  if (!time || !random) throw new Error(`not an id of the harness: ${id}`);
  const bits = [...random].reduce((sum, letter) => (sum << 5n) | BigInt(letters.indexOf(letter)), 0n);
  const ms = Number.parseInt(time, 36).toString(16).padStart(12, '0');
  const high = (bits >> lowBits).toString(16).padStart(3, '0');
  const low = ((2n << 62n) | (bits & ((1n << lowBits) - 1n))).toString(16);
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${high}-${low.slice(0, 4)}-${low.slice(4)}` as RecordId;
}

export function recordIdToEntryId(id: string): string {
  const hex = id.replaceAll('-', '');
  const time = Number.parseInt(hex.slice(0, 12), 16).toString(36).padStart(9, '0');
  const high = BigInt(`0x${hex.slice(13, 16)}`) << lowBits;
  const bits = high | (BigInt(`0x${hex.slice(16)}`) & ((1n << lowBits) - 1n));
  let random = '';
  for (let shift = randomBits - 5n; shift >= 0n; shift -= 5n)
    random += letters[Number((bits >> shift) & 31n)]!;
  return `e${time}${random}`;
}
