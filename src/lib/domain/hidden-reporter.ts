import type { GridCode } from './area';
import type { CaseState, Case } from './case';
import { withoutAnyNumbers, withoutNumbers } from './hidden-numbers';
import { inOrder, type HistoryEntry } from './history';
import type { AccountId, RecordId } from './ids';
import type { AttachedPhoto } from './photo';
import type { Place } from './place';
import type { Instant } from './instant';
import type { Report } from './report';
import { caseStatus, type CaseStatus } from './status';

/**
 * A line of history for a reader who must not learn who reported: no author's id, nobody who carried, and a name only
 * where it is somebody of the reader's own house. `by` says which side spoke.
 */
export interface AnonymousEntry extends Omit<HistoryEntry, 'author' | 'carriedBy' | 'carriedByName'> {
  by: 'worker' | 'office' | 'unit';
}

/** For the street: everybody's name but the reporter's. */
export function historyWithoutReporter(
  history: readonly HistoryEntry[],
  reporter: AccountId
): AnonymousEntry[] {
  return history.map(({ author, authorName, carriedBy: _, carriedByName: __, ...entry }) =>
    author === reporter ? { ...entry, by: 'worker' } : { ...entry, authorName, by: 'office' }
  );
}

/** A picture without who took it and what the camera wrote into it. */
export type UnitPhoto = Pick<
  AttachedPhoto,
  'id' | 'mime' | 'sha256' | 'source' | 'stage' | 'takenAt' | 'previewable' | 'storedAt'
>;

/** What a handling unit sees of a case sent to it. What is not named here does not travel. */
export interface UnitCase {
  id: RecordId;
  number?: string;
  state: CaseState;
  status: CaseStatus;
  version: number;
  kind: Report['kind'];
  /** Code of the category or the type of need. */
  subjectCode: string;
  place: Place;
  /** Where it lies; where that is unknown, the grid it belongs to. */
  gridCode: GridCode;
  text: string;
  answers: Record<string, string | number>;
  wishedAt?: Instant;
  instruction?: string;
  receivedAt?: Instant;
  dueAt?: Instant;
  afterPhoto: Case['afterPhoto'];
  photos: UnitPhoto[];
  /** A voice names who speaks: the office alone hears it. */
  hasVoices: boolean;
  history: AnonymousEntry[];
}

/** Changes of the case a unit is told of. Nothing that happened to the report is among them. */
const toldKinds: readonly HistoryEntry['kind'][] = [
  'case-dispatched',
  'case-returned',
  'case-handled',
  'case-checked',
  'case-closed',
  'comment-added'
];
const toldFacts = ['unit', 'instruction', 'reason', 'text', 'passed', 'words', 'how'] as const;

/**
 * A case for its unit: never who reported it, so neither the device number (it holds the worker's name), nor
 * comments and follow-ups on the report, nor voices, nor a number that somebody wrote into its words. What the office writes
 * to the unit on purpose, the instruction, is told as it is. `history` is the case's own;
 * `colleagues` are the unit's people, the only ones whose names it reads.
 */
export function caseForUnit(
  work: Case,
  subject: Report,
  history: readonly HistoryEntry[],
  colleagues: ReadonlyMap<AccountId, string>
): UnitCase {
  return {
    id: work.id,
    number: work.number,
    state: work.state,
    status: caseStatus(work),
    version: work.version,
    kind: subject.kind,
    subjectCode: subject.kind === 'issue' ? subject.categoryCode : subject.needTypeCode,
    place: withoutAnyNumbers(subject.place),
    gridCode: subject.place.gridCode ?? subject.ownerGridCode,
    text: withoutNumbers(subject.text),
    answers: subject.kind === 'issue' ? withoutAnyNumbers(subject.answers) : {},
    wishedAt: subject.kind === 'need' ? subject.wishedAt : undefined,
    instruction: work.instruction,
    receivedAt: work.receivedAt,
    dueAt: work.dueAt,
    afterPhoto: work.afterPhoto,
    photos: [...subject.photos, ...work.photos].map(photoForUnit),
    hasVoices: hasVoices(subject),
    history: historyForUnit(work, inOrder(history), colleagues)
  };
}

export function hasVoices({ voiceIds, voices }: Pick<Report, 'voiceIds' | 'voices'>): boolean {
  return voiceIds.length > 0 || voices.length > 0;
}

function photoForUnit(photo: AttachedPhoto): UnitPhoto {
  const { id, mime, sha256, source, stage, takenAt, previewable, storedAt } = photo;
  return { id, mime, sha256, source, stage, takenAt, previewable, storedAt };
}

/** Only what happened while the case lay with this unit: another unit's reasons are not its business. */
function historyForUnit(
  work: Case,
  history: readonly HistoryEntry[],
  colleagues: ReadonlyMap<AccountId, string>
): AnonymousEntry[] {
  const told: AnonymousEntry[] = [];
  let isOurs = false;
  for (const { author, kind, facts, id, at, receivedAt } of history) {
    if (kind === 'case-dispatched') isOurs = facts.unit === work.unit;
    const isReporters = author === work.reporter;
    if (!isOurs || !toldKinds.includes(kind) || (isReporters && kind === 'comment-added')) continue;
    const name = isReporters ? undefined : colleagues.get(author);
    const isTheirs = name !== undefined || kind === 'case-dispatched';
    const kept = toldFacts.flatMap((field) => (field in facts ? [[field, facts[field]] as const] : []));
    told.push({
      id,
      kind,
      at,
      receivedAt,
      authorName: name,
      by: name ? 'unit' : 'office',
      facts: isTheirs ? Object.fromEntries(kept) : withoutAnyNumbers(Object.fromEntries(kept))
    });
  }
  return told;
}
