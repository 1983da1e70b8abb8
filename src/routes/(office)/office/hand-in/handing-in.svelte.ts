import { SvelteMap } from 'svelte/reactivity';
import type { ChangeId, PhotoId } from '$lib/domain/ids';
import type { Refusal } from '$lib/domain/refusal';
import { readMedia, type OpenLifeline } from '$lib/protocol/open-lifeline';
import {
  handInChanges,
  handInPicture,
  handInThumbnails,
  type Desk,
  type Said,
  type Stopped
} from './hand-in';
import type { FileRecord } from './file-records';

type State = { outcome: 'waiting' } | Said;

/** One file on its way to the office: texts, then small pictures, then whole ones. May be begun again any number of times. */
export class HandingIn {
  readonly lifeline: OpenLifeline;
  readonly #desk: Desk;
  phase = $state<'idle' | 'texts' | 'photos' | 'done'>('idle');
  stopped = $state.raw<Stopped>(null);
  photosDone = $state(0);
  readonly #said = new SvelteMap<ChangeId, Said>();
  readonly #photos = new SvelteMap<PhotoId, 'stored' | Refusal>();

  constructor(lifeline: OpenLifeline, desk: Desk) {
    this.lifeline = lifeline;
    this.#desk = desk;
  }

  get bytes(): number {
    return this.lifeline.media.reduce((sum, { facts }) => sum + facts.bytes, 0);
  }

  /** Pictures that are not at the office though all was tried. */
  get photosLeft(): number {
    return this.lifeline.media.filter(({ facts }) => this.#photos.get(facts.id) !== 'stored').length;
  }

  get hasTroubles(): boolean {
    const isTaken = ({ outcome }: Said) => outcome === 'accepted' || outcome === 'known';
    return this.photosLeft > 0 || [...this.#said.values()].some((said) => !isTaken(said));
  }

  storedOf({ recordId }: FileRecord): number {
    const own = this.lifeline.media.filter(({ facts }) => facts.recordId === recordId);
    return own.filter(({ facts }) => this.#photos.get(facts.id) === 'stored').length;
  }

  /** What came of a record's changes, the worst first. */
  stateOf({ changeIds }: FileRecord): State {
    const said = changeIds.map((id): State => this.#said.get(id) ?? { outcome: 'waiting' });
    const worst = ['refused', 'conflict', 'later', 'waiting', 'accepted', 'known'];
    return said.sort((a, b) => worst.indexOf(a.outcome) - worst.indexOf(b.outcome))[0]!;
  }

  async run(): Promise<void> {
    this.stopped = null;
    this.photosDone = 0;
    this.phase = 'texts';
    this.stopped = await handInChanges(this.lifeline, this.#desk, (id, said) => {
      this.#said.set(id, said);
    });
    if (!this.stopped) {
      this.phase = 'photos';
      this.stopped = (await handInThumbnails(this.lifeline, this.#desk)) ?? (await this.#handInPictures());
    }
    this.phase = this.stopped ? 'idle' : 'done';
  }

  async #handInPictures(): Promise<Stopped> {
    let away = false;
    // The file was whole when it was opened: what goes wrong now is that it was taken away.
    const outcome = await readMedia(this.lifeline, async ({ facts, bytes: kind }, bytes) => {
      if (!away && kind === 'processed' && this.#photos.get(facts.id) !== 'stored') {
        const sent = await handInPicture(this.#desk, facts.id, bytes);
        away = sent === 'away';
        if (sent !== 'away') this.#photos.set(facts.id, sent === 'stored' ? sent : sent.refusal);
      }
      if (!away) this.photosDone++;
      return null;
    }).catch(() => ({ refusal: { code: 'lifeline-cut' as const } }));
    return outcome ?? (away ? 'away' : null);
  }
}
