import type { AccountId } from './ids';
import type { Instant } from './instant';
import type { RecordBase } from './report';

/** 意见建议: what somebody thinks of the app itself. Its giver's and the administrators' alone. */
export interface Opinion extends RecordBase {
  kind: 'opinion';
  state: 'given' | 'answered';
  text: string;
  /** Of the app it was given in. */
  appVersion: string;
  /** The pattern of the page it was given from, such as /records/[id]: never which record. */
  page: string;
  /** No words: it was read. */
  answer?: { author: AccountId; at: Instant; text: string };
}
