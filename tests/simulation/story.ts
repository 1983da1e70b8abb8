import { machine } from './machine/machine';

/** What happened in a world, in sentences, each with its moment. */
export class Story {
  readonly lines: string[] = [];

  readonly tell = (sentence: string): void => {
    this.lines.push(`${new Date(machine().loop.now).toISOString().slice(8, 23)} ${sentence}`);
  };
}
