import type { TabletDatabase } from '$lib/data/database';
import { markPhotoRefused } from '$lib/data/photo-queue';
import { keepProcessed, listRawPhotos, loadOriginal, noteTry } from '$lib/data/photos';
import { processPhoto } from '$lib/device/process-photo';
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
      const tries = await noteTry(this.#database, photo);
      const original = (await loadOriginal(this.#database, photo.id)) ?? new ArrayBuffer(0);
      // With a time limit of nothing it is kept as it is, unseen, and can no longer bring the page down.
      const result = await processPhoto(original, photo.mime, tries < maxTries ? undefined : 0);
      if (result.ok) await keepProcessed(this.#database, photo.id, result.photo);
      // Says nothing about the picture: its bytes stay, the next run tries again.
      else if (result.reason === 'unavailable') return;
      else await markPhotoRefused(this.#database, photo.id, refusals[result.reason]);
    }
  }
}
