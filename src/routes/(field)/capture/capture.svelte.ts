import { v7 as uuidV7 } from 'uuid';
import type { Draft } from '$lib/data/draft';
import type { QueuedPhoto } from '$lib/data/database';
import { discardDraft, loadDraft, newDraft, saveDraft } from '$lib/data/drafts';
import { Live } from '$lib/data/live.svelte';
import { keepOriginal, keepVoice, removePhoto } from '$lib/data/photos';
import { loadCurrentPatrol } from '$lib/data/reads';
import { recordReport } from '$lib/data/reports';
import { loadSetting } from '$lib/data/settings';
import { holdBack } from '$lib/data/undo';
import { fixToPlace, judgeFix, type Fix } from '$lib/device/fix';
import type { GridCode } from '$lib/domain/area';
import type { Position } from '$lib/domain/geometry';
import type { Building } from '$lib/domain/grid';
import type { PhotoId, RecordId } from '$lib/domain/ids';
import { msToInstant } from '$lib/domain/instant';
import type { Place } from '$lib/domain/place';
import type { RefusalCode } from '$lib/domain/refusal';
import type { Tablet } from '../tablet.svelte';

/** What went wrong while saving, in terms the page has words for. */
export type SaveTrouble = 'storageFull' | 'saveFailed' | 'noGrid' | RefusalCode;

/**
 * One form being filled in. Every input is written to the store at once, so that a kill at any moment,
 * also while the camera is open, brings the form back exactly as it was.
 */
export class Capture {
  readonly #tablet: Tablet;
  draft = $state.raw<Draft>()!;
  trouble = $state<SaveTrouble | null>(null);
  saving = $state(false);
  photos: Live<QueuedPhoto[]>;
  #lastOwnerGrid: GridCode | undefined;
  #lastGoodFix: Fix | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(tablet: Tablet, draft: Draft, lastOwnerGrid: GridCode | undefined) {
    this.#tablet = tablet;
    this.draft = draft;
    this.#lastOwnerGrid = lastOwnerGrid;
    const { photos } = tablet.database;
    this.photos = new Live<QueuedPhoto[]>([], () => photos.where('recordId').equals(draft.id).sortBy('id'));
  }

  /** The draft of that id, or a new one, written before anything else happens. */
  static async open(tablet: Tablet, kind: Draft['kind'], id: RecordId | null): Promise<Capture> {
    const known = id && (await loadDraft(tablet.database, id));
    const lastOwnerGrid = await loadSetting(tablet.database, 'lastOwnerGrid');
    if (known) return new Capture(tablet, known, lastOwnerGrid);
    const draft = newDraft(kind, tablet.now());
    const patrol = await loadCurrentPatrol(tablet.database, tablet.signedIn.account);
    if (patrol) draft.patrolId = patrol.id;
    await saveDraft(tablet.database, draft);
    return new Capture(tablet, draft, lastOwnerGrid);
  }

  /** Changes the form and writes it, in the order of the inputs. */
  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part, updatedAt: this.#tablet.now() };
    const snapshot = this.draft;
    this.#writing = this.#writing
      .then(() => saveDraft(this.#tablet.database, snapshot))
      .catch(() => {
        this.trouble = 'storageFull';
      });
  }

  /** The camera's bytes go into the store first; processing follows behind. */
  async addPhoto(shot: { bytes: ArrayBuffer; mime: string }, source: QueuedPhoto['source']): Promise<void> {
    const id = uuidV7() as PhotoId;
    // A picture from the album gets no time: nobody knows when it was taken.
    const takenAt = source === 'camera' ? this.#tablet.now() : undefined;
    const photo = { id, recordId: this.draft.id, stage: 'before', source, mime: shot.mime, takenAt } as const;
    try {
      await keepOriginal(this.#tablet.database, photo, shot.bytes);
    } catch {
      this.trouble = 'storageFull';
      return;
    }
    this.change({ photoIds: [...this.draft.photoIds, id] });
    void this.#tablet.recoverPhotos();
  }

  async dropPhoto(id: PhotoId): Promise<void> {
    this.change({
      photoIds: this.draft.photoIds.filter((other) => other !== id),
      voiceIds: this.draft.voiceIds.filter((other) => other !== id)
    });
    await removePhoto(this.#tablet.database, id);
  }

  async addVoice(voice: {
    bytes: ArrayBuffer;
    mime: string;
    seconds: number;
    sha256: string;
  }): Promise<void> {
    const id = uuidV7() as PhotoId;
    const { bytes, ...facts } = voice;
    await keepVoice(
      this.#tablet.database,
      { id, recordId: this.draft.id, takenAt: this.#tablet.now(), ...facts },
      bytes
    );
    this.change({ voiceIds: [...this.draft.voiceIds, id] });
  }

  /** A fix fills the place in unless the worker has said where it is. */
  takeFix(fix: Fix): void {
    const { source } = this.draft.place;
    if (source === 'map' || source === 'building') return;
    const quality = judgeFix(this.#lastGoodFix, fix, Date.now());
    // A poor one is better than none; a jump or an old one never replaces a good one.
    if (quality !== 'good' && this.#lastGoodFix) return;
    if (quality === 'good') this.#lastGoodFix = fix;
    this.#place(fixToPlace(fix, Date.now()));
  }

  pickPosition(position: Position): void {
    this.#place({ source: 'map', position });
  }

  pickBuilding(building: Building): void {
    this.#place({ source: 'building', position: building.position, buildingCode: building.code });
  }

  /** Forgets what was picked: the next fix counts again. */
  followFix(): void {
    this.#place({ source: 'none' });
  }

  #place(place: Place): void {
    const words = this.draft.place.words;
    const grid = place.position && this.#tablet.grids.find(place.position);
    this.change({ place: { ...place, words, gridCode: grid?.code } });
  }

  get placeWords(): string {
    return this.draft.place.words ?? '';
  }

  describePlace(words: string): void {
    this.change({ place: { ...this.draft.place, words: words || undefined } });
  }

  /** Whose it is: chosen, else the own grid the place lies in, else the one used last, else the first. */
  ownerGrid = $derived.by<GridCode | null>(() => {
    const own = this.#tablet.ownGridCodes;
    const { ownerGridCode, place } = this.draft;
    if (ownerGridCode && own.includes(ownerGridCode)) return ownerGridCode;
    const here = own.find((code) => place.gridCode?.startsWith(code));
    return here ?? own.find((code) => code === this.#lastOwnerGrid) ?? own[0] ?? null;
  });

  /** True where it is saved. Otherwise the form stays as it is and `trouble` says why. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    this.trouble = null;
    try {
      await this.#writing;
      const grid = this.ownerGrid;
      if (!grid) {
        this.trouble = 'noGrid';
        return false;
      }
      const { draft } = this;
      const nowMs = Date.now();
      await holdBack(this.#tablet.database, draft.id, nowMs);
      const judgement = await recordReport(this.#tablet.author, draft, grid, msToInstant(nowMs));
      if (judgement.verdict !== 'allowed') {
        this.trouble = judgement.verdict === 'refused' ? judgement.refusal.code : 'saveFailed';
        return false;
      }
      await this.#tablet.noteSaved(draft);
      return true;
    } catch (fault) {
      this.trouble =
        (fault as { name?: string }).name === 'QuotaExceededError' ? 'storageFull' : 'saveFailed';
      return false;
    } finally {
      this.saving = false;
    }
  }

  async discard(): Promise<void> {
    await this.#writing;
    await discardDraft(this.#tablet.database, this.draft.id);
  }
}
