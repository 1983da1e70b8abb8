import { machine } from './machine/machine';

/** What there is to tell of something that could not be done. */
export interface Idle {
  idle: string;
}

export const idle = (told: string): Idle => ({ idle: told });

/** What happened in a world, in sentences, each with its moment. */
export class Story {
  readonly lines: string[] = [];
  /** How often each act, happening and fault really was. */
  readonly counts: Record<string, number> = {};

  count(kind: string): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }

  /** Of one that was of this kind, or came to nothing. */
  tellOf(kind: string, told: string | Idle, who = ''): void {
    if (typeof told === 'string') this.count(kind);
    this.tell(`${who}${typeof told === 'string' ? told : told.idle}`);
  }

  readonly tell = (sentence: string): void => {
    this.lines.push(`${new Date(machine().loop.now).toISOString().slice(8, 23)} ${sentence}`);
  };
}
