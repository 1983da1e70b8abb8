import type { TabletDatabase } from '$lib/data/database';
import { markPhotoRefused } from '$lib/data/photo-queue';
import { keepProcessed, listRawPhotos, loadOriginal, noteTries } from '$lib/data/photos';
import { keepUnseen, processPhoto } from '$lib/device/process-photo';
import { maxPhotoBytes } from '$lib/domain/photo';
import type { Refusal } from '$lib/domain/refusal';

const maxTries = 3;

const refusals: Record<'empty' | 'too-large', Refusal> = {
  empty: { code: 'malformed', details: { field: 'photo' } },
  'too-large': { code: 'too-large', details: { maximum: maxPhotoBytes } }
};

/** Turns the camera's bytes into what travels, one picture at a time, whoever asks and however often. */
export class PhotoProcessor {
  readonly #database: TabletDatabase;
  #running: Promise<void> | null = null;

  constructor(database: TabletDatabase) {
    this.#database = database;
  }

  /** Resolves when no raw picture is left. */
  async run(): Promise<void> {
    this.#running ??= this.#work().finally(() => (this.#running = null));
    await this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      const [photo] = await listRawPhotos(this.#database);
      if (!photo) return;
      // Noted before it begins: what kills the page is remembered.
      const { tries = 0 } = photo;
      await noteTries(this.#database, photo.id, tries + 1);
      // Bytes that cannot be read are said like bytes that are none: nothing behind them waits.
      const original = (await loadOriginal(this.#database, photo.id).catch(() => null)) ?? new ArrayBuffer(0);
      const result = tries < maxTries ? await processPhoto(original, photo.mime) : await keepUnseen(original);
      if (result.ok) await keepProcessed(this.#database, photo.id, result.photo);
      // Says nothing about the picture: its bytes stay, the next run tries again.
      else if (result.reason === 'unavailable') return noteTries(this.#database, photo.id, tries);
      else await markPhotoRefused(this.#database, photo.id, refusals[result.reason]);
    }
  }
}
