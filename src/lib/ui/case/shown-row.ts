import type { CaseState } from '../../domain/case';
import type { Position } from '../../domain/geometry';
import type { Instant } from '../../domain/instant';
import type { CaseStatus, ReportStatus } from '../../domain/status';

interface Words {
  zh: string;
  en: string;
}

/** Plain values of one line of the inbox. */
export interface ShownRow {
  id: string;
  kind: 'issue' | 'need';
  status: ReportStatus;
  overdue: boolean;
  /** Category or type of need. */
  subject: Words;
  text: string;
  where: string;
  /** 李平-1120-03; absent for a reader who may not know who reported. */
  number?: string;
  caseNumber?: string;
  /** When it was found or asked, by the tablet's clock. */
  at: Instant;
  receivedAt: Instant;
  photos: number;
  voices: number;
  isOpened: boolean;
  /** 有补充: came after 待补充, and nobody of the office has looked since. */
  hasNewDetail: boolean;
  restricted: boolean;
  position?: Position;
}

/** Plain values of one case in a list. Nothing in it says who reported. */
export interface ShownCase {
  id: string;
  kind: 'issue' | 'need';
  number?: string;
  subject: Words;
  text: string;
  where: string;
  unitName?: string;
  state: CaseState;
  status: CaseStatus;
  receivedAt?: Instant;
  dueAt?: Instant;
  restricted: boolean;
}
