import { v7 as uuidV7 } from 'uuid';
import type { Draft } from '$lib/data/draft';
import type { QueuedPhoto } from '$lib/data/database';
import { addDraft, discardDraft, discardIfUntouched, loadDraft, newDraft, saveDraft } from '$lib/data/drafts';
import { Live } from '$lib/data/live.svelte';
import { keepOriginal, keepVoice, keepVoicePiece, listCutVoices, removePhoto } from '$lib/data/photos';
import { loadCurrentPatrol } from '$lib/data/reads';
import { recordReport } from '$lib/data/reports';
import { loadSetting } from '$lib/data/settings';
import { isStoreFull } from '$lib/data/full-disk';
import { fixToPlace, judgeFix, type Fix } from '$lib/device/fix';
import type { MediaTrouble } from '$lib/device/media';
import type { Recording, VoiceNote } from '$lib/device/voice';
import type { GridCode } from '$lib/domain/area';
import type { Position } from '$lib/domain/geometry';
import type { Building } from '$lib/domain/grid';
import type { PhotoId, RecordId } from '$lib/domain/ids';
import { msToInstant } from '$lib/domain/instant';
import type { Place } from '$lib/domain/place';
import type { Refusal } from '$lib/domain/refusal';
import type { Tablet } from '../tablet.svelte';

/** A new draft in the store, part of the patrol that is under way. */
export async function beginDraft(tablet: Tablet, kind: Draft['kind'], place?: Place): Promise<Draft> {
  const { database, signedIn } = tablet;
  const patrol = await loadCurrentPatrol(database, signedIn.account);
  const { community } = tablet;
  const made = { ...newDraft(kind, tablet.now()), community, patrolId: patrol?.id };
  const draft: Draft = { ...made, ...(place && { place }) };
  await addDraft(database, draft);
  return draft;
}

/** Most reports have no voice note. */
const loadVoice = () => import('$lib/device/voice');

/** What went wrong while saving, in terms the page has words for. */
type SaveTrouble = 'storageFull' | 'saveFailed' | 'noGrid' | 'nothingYet' | Refusal;

type Shot = { bytes: ArrayBuffer; mime: string; takenAtMs?: number };

type VoiceTrouble = MediaTrouble | 'unsupported';

/**
 * One form being filled in. Every input is written to the store at once, so that a kill at any moment,
 * also while the camera is open, brings the form back exactly as it was.
 */
export class Capture {
  readonly #tablet: Tablet;
  draft = $state.raw<Draft>()!;
  trouble = $state<SaveTrouble | null>(null);
  saving = $state(false);
  /** The voice note that is being spoken. */
  recording = $state.raw<Recording | null>(null);
  recordedSeconds = $state(0);
  photos: Live<QueuedPhoto[]>;
  /** From 保存 on the form is as it is; only where it could not be saved it goes on. */
  #isClosed = false;
  #voiceKept: Promise<void> = Promise.resolve();
  /** Counts what ends a recording, so that one that begins too late ends at once. */
  #voiceEnds = 0;
  /** Pictures on their way into the store. */
  #adding: Promise<void> = Promise.resolve();
  /** Thrown away: what comes now belongs to nothing. */
  #isGone = false;
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
    if (known) {
      // With the grids and rules of where it was begun.
      const of = tablet.signedIn.communities.find(({ code }) => code === known.community);
      if (of) await tablet.chooseCommunity(of.code);
      const capture = new Capture(tablet, known, lastOwnerGrid);
      await capture.#mendVoices();
      return capture;
    }
    return new Capture(tablet, await beginDraft(tablet, kind), lastOwnerGrid);
  }

  /** Changes the form and writes it, in the order of the inputs. */
  change(part: Partial<Draft>): void {
    if (this.#isClosed) return;
    this.draft = { ...this.draft, ...part, updatedAt: this.#tablet.now() };
    const snapshot = this.draft;
    this.#writing = this.#writing
      .then(() => saveDraft(this.#tablet.database, snapshot))
      .catch(() => {
        this.trouble = 'storageFull';
      });
  }

  /** The camera's bytes go into the store first; processing follows behind. */
  async addPhoto(shot: Shot, source: QueuedPhoto['source']): Promise<void> {
    if (this.#isGone) return;
    this.#adding = Promise.all([this.#adding, this.#keepPhoto(shot, source)]).then(() => undefined);
    await this.#adding;
  }

  async #keepPhoto(shot: Shot, source: QueuedPhoto['source']): Promise<void> {
    const id = uuidV7() as PhotoId;
    // A picture from the album gets no time: nobody knows when it was taken.
    const takenAt = source === 'camera' ? msToInstant(shot.takenAtMs ?? Date.now()) : undefined;
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
    if (this.#isClosed) return;
    this.change({
      photoIds: this.draft.photoIds.filter((other) => other !== id),
      voiceIds: this.draft.voiceIds.filter((other) => other !== id)
    });
    await removePhoto(this.#tablet.database, id);
  }

  /** Null where it runs, else why it does not. */
  async startVoice(): Promise<VoiceTrouble | null> {
    let onKept = () => {};
    const kept = new Promise<void>((resolve) => (onKept = resolve));
    const id = uuidV7() as PhotoId;
    const voice = { id, recordId: this.draft.id, takenAt: this.#tablet.now() };
    const { database } = this.#tablet;
    const ends = this.#voiceEnds;
    const { recordVoice } = await loadVoice();
    const begun = await recordVoice(
      (now) => {
        if (now.state === 'recording') this.recordedSeconds = Math.round(now.seconds);
        else this.recording = null;
        if (now.state === 'ended') void this.#addVoice(id, now.note).finally(onKept);
        if (now.state === 'nothing') onKept();
      },
      // The note itself is kept when it ends; where a piece does not fit, that one will say so.
      ({ piece, bytes, mime }) =>
        void keepVoicePiece(database, { ...voice, mime }, piece, bytes).catch(() => undefined)
    );
    if (!begun.ok) return begun.reason;
    // Saved, or left, while the microphone was asked for: nobody would know that it listens.
    if (ends !== this.#voiceEnds) {
      begun.discard();
      return null;
    }
    this.recordedSeconds = 0;
    this.recording = begun;
    this.#voiceKept = kept;
    return null;
  }

  /** Ends the note that is being spoken and waits until it is kept. */
  async endVoice(): Promise<void> {
    this.#voiceEnds++;
    this.recording?.stop();
    await this.#voiceKept;
  }

  /** What a kill cut off is a note as far as it goes. */
  async #mendVoices(): Promise<void> {
    const { database } = this.#tablet;
    const cut = (await listCutVoices(database)).filter(({ voice }) => voice.recordId === this.draft.id);
    if (!cut.length) return;
    const { mendVoices } = await import('../mend-voices');
    this.change({ voiceIds: [...this.draft.voiceIds, ...(await mendVoices(database, cut))] });
  }

  async #addVoice(id: PhotoId, { bytes, takenAtMs, ...facts }: VoiceNote): Promise<void> {
    const takenAt = msToInstant(takenAtMs);
    try {
      await keepVoice(this.#tablet.database, { id, recordId: this.draft.id, takenAt, ...facts }, bytes);
    } catch {
      this.trouble = 'storageFull';
      return;
    }
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
    const { position, code: buildingCode, gridCode } = building;
    this.#place({ source: 'building', position, buildingCode, gridCode });
  }

  chooseInside(inside: Pick<Place, 'stairwell' | 'floor'>): void {
    this.change({ place: { ...this.draft.place, ...inside } });
  }

  /** Where exactly a resident who needs something lives is not said. */
  chooseKind(kind: Draft['kind']): void {
    const { place } = this.draft;
    this.change({
      kind,
      place: kind === 'need' ? { ...place, stairwell: undefined, floor: undefined } : place
    });
  }

  /** Forgets what was picked: the next fix counts again. */
  followFix(): void {
    this.#place({ source: 'none' });
  }

  #place(place: Place): void {
    const words = this.draft.place.words;
    const grid = place.position && this.#tablet.grids.find(place.position);
    this.change({ place: { ...place, words, gridCode: grid?.code ?? place.gridCode } });
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
    let isSaved = false;
    try {
      await this.endVoice();
      await this.#adding;
      // What did not fit is said before anything is called saved.
      if (this.trouble) return false;
      this.#isClosed = true;
      const grid = this.ownerGrid;
      if (!grid) {
        this.trouble = 'noGrid';
        return false;
      }
      const { draft } = this;
      const { categoryCode, needTypeCode, text, photoIds, voiceIds } = draft;
      const says = (draft.kind === 'issue' ? categoryCode : needTypeCode) ?? text.trim();
      // One tap by accident is no report.
      if (!says && !photoIds.length && !voiceIds.length) {
        this.trouble = 'nothingYet';
        return false;
      }
      // What of the form is still being written is not waited for: it finds no draft to write to.
      const saved = await recordReport(this.#tablet.author, draft, grid, this.#tablet.now());
      if (saved.verdict !== 'saved') {
        this.trouble = saved.verdict === 'refused' ? saved.refusal : 'saveFailed';
        return false;
      }
      isSaved = true;
      this.#tablet.noteSaved(draft, saved.number);
      return true;
    } catch (fault) {
      this.trouble = isStoreFull(fault) ? 'storageFull' : 'saveFailed';
      return false;
    } finally {
      this.saving = false;
      this.#isClosed = isSaved;
    }
  }

  /** On leaving, whichever way: what is being spoken is kept, and an untouched form is no draft. */
  async leave(): Promise<void> {
    await this.endVoice();
    await this.#adding;
    await this.#writing;
    if (!this.#isClosed) this.#isGone = await discardIfUntouched(this.#tablet.database, this.draft.id);
  }

  async discard(): Promise<void> {
    this.#isClosed = true;
    this.#isGone = true;
    this.recording?.discard();
    await discardDraft(this.#tablet.database, this.draft.id);
  }
}
