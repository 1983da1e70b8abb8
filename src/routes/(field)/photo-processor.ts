import type { QueuedPhoto, TabletDatabase } from '$lib/data/database';
import { markPhotoRefused } from '$lib/data/photo-queue';
import { keepProcessed, listRawPhotos, loadOriginal, noteTries } from '$lib/data/photos';
import { keepUnseen, processPhoto } from '$lib/device/process-photo';
import { maxPhotoBytes } from '$lib/domain/photo';
import type { Refusal } from '$lib/domain/refusal';

const maxTries = 3;
/** There may be room again, and nobody touches the tablet. */
const tryAnewMs = 60_000;

const refusals: Record<'empty' | 'too-large', Refusal> = {
  empty: { code: 'malformed', details: { field: 'photo' } },
  'too-large': { code: 'too-large', details: { maximum: maxPhotoBytes } }
};

/** Turns the camera's bytes into what travels, one picture at a time, whoever asks and however often. */
export class PhotoProcessor {
  readonly #database: TabletDatabase;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(database: TabletDatabase) {
    this.#database = database;
  }

  /** Resolves when no raw picture is left, or the store fails: what is still raw then has its turn a minute later. */
  async run(): Promise<void> {
    this.stop();
    this.#running ??= this.#work().finally(() => (this.#running = null));
    await this.#running;
  }

  /** Nothing is tried by itself any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #work(): Promise<void> {
    for (;;) {
      const [photo] = await listRawPhotos(this.#database);
      if (!photo) return;
      if (await this.#processOne(photo)) continue;
      this.#timer = setTimeout(() => void this.run().catch(() => undefined), tryAnewMs);
      return;
    }
  }

  /** False where nothing can be done now. */
  async #processOne({ id, mime, tries = 0 }: QueuedPhoto): Promise<boolean> {
    const database = this.#database;
    try {
      // Noted before it begins: what kills the page is remembered.
      await noteTries(database, id, tries + 1);
      // Bytes that cannot be read are said like bytes that are none: nothing behind them waits.
      const original = (await loadOriginal(database, id).catch(() => null)) ?? new ArrayBuffer(0);
      const result = tries < maxTries ? await processPhoto(original, mime) : await keepUnseen(original);
      if (result.ok) {
        await keepProcessed(database, id, result.photo);
        return true;
      }
      if (result.reason !== 'unavailable') {
        await markPhotoRefused(database, id, refusals[result.reason]);
        return true;
      }
    } catch {
      // A full store, most likely.
    }
    // That says nothing about the picture: its bytes stay, and this was no try.
    await noteTries(database, id, tries).catch(() => undefined);
    return false;
  }
}
