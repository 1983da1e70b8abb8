import { version } from '$app/environment';
import { batteryState } from '$lib/device/battery';
import type { MediaTrouble } from '$lib/device/media';
import { permissionFor, tryCamera, type Permission } from '$lib/device/permission';
import { currentFix, type FixResult } from '$lib/device/position';
import { askForPersistence, storageState, type StorageState } from '$lib/device/storage';
import { Live } from '$lib/data/live.svelte';
import { listReports } from '$lib/data/reads';
import { loadSetting } from '$lib/data/settings';
import { isOpen, reportStatus } from '$lib/domain/status';
import type { Language } from '$lib/messages/language';
import { relativeMoment } from '$lib/messages/moment';
import { daysSince, hoursSince } from '../line-facts';
import type { Tablet } from '../tablet.svelte';
import type { ReadinessFacts } from './readiness';

const mostTasks = 300;

/**
 * Gathers what `judgeReadiness` judges, anew each minute. Asks the person for nothing: only the two `try` functions do, on
 * their tap. Make it while a component is made.
 */
export class Readiness {
  readonly #tablet: Tablet;
  readonly #language: () => Language;
  readonly #lastContact: Live<string | null | undefined>;
  readonly #openTasks: Live<number>;
  #battery = $state.raw<ReadinessFacts['battery']>(null);
  #storage = $state.raw<StorageState | null>(null);
  #positionPermission = $state<Permission>('unknown');
  #cameraPermission = $state<Permission>('unknown');
  #fix = $state.raw<FixResult | null>(null);
  #cameraTrouble = $state<MediaTrouble | null | undefined>();
  #isLooked = $state(false);

  constructor(tablet: Tablet, language: () => Language) {
    const { database } = tablet;
    this.#tablet = tablet;
    this.#language = language;
    this.#lastContact = new Live<string | null | undefined>(
      undefined,
      async () => (await loadSetting(database, 'lastSyncedAt')) ?? null
    );
    this.#openTasks = new Live(
      0,
      async () =>
        (await listReports(database, mostTasks, (report, work) => isOpen(reportStatus(report, work)))).length
    );
    $effect(() => {
      void tablet.minute;
      void this.#look();
    });
  }

  /** What the browser says of battery, room and permissions, anew. */
  async #look(): Promise<void> {
    const [battery, storage, position, camera] = await Promise.all([
      batteryState(),
      storageState(),
      permissionFor('geolocation'),
      permissionFor('camera')
    ]);
    this.#battery = battery;
    this.#storage = storage;
    this.#positionPermission = position;
    this.#cameraPermission = camera;
    this.#isLooked = true;
  }

  async tryPosition(): Promise<void> {
    this.#fix = await currentFix();
  }

  async tryCamera(): Promise<void> {
    this.#cameraTrouble = await tryCamera();
  }

  async askForPersistence(): Promise<void> {
    await askForPersistence();
    await this.#look();
  }

  /** Null until everything was looked at once: nothing is called well, or not, before. */
  get facts(): ReadinessFacts | null {
    const { reference, ownGridCodes, unsent, minute, signedIn, others } = this.#tablet;
    const lastContactAt = this.#lastContact.current;
    if (!this.#isLooked || !unsent || lastContactAt === undefined) return null;
    const drawn = reference?.grids.map(({ code }) => code) ?? [];
    return {
      name: signedIn.name,
      version,
      isUpdateWaiting: this.#tablet.update !== undefined,
      outcome: this.#tablet.sync.outcome,
      contact: lastContactAt
        ? {
            hours: hoursSince(lastContactAt, minute),
            words: relativeMoment(lastContactAt, this.#tablet.now(), this.#language())
          }
        : null,
      hasReference: reference !== undefined,
      grids: ownGridCodes.length,
      gridsWithoutBorder: ownGridCodes.filter((code) => !drawn.includes(code)).length,
      basemapLines: reference?.basemap.length ?? 0,
      buildings: reference?.buildings.length ?? 0,
      openTasks: this.#openTasks.current,
      storage: this.#storage,
      clockOffsetMs: this.#tablet.clockOffsetMs,
      positionPermission: this.#positionPermission,
      fix: this.#fix,
      cameraPermission: this.#cameraPermission,
      cameraTrouble: this.#cameraTrouble,
      battery: this.#battery,
      unsent: {
        count: unsent.records + unsent.photos,
        troubled: unsent.troubled,
        oldestDays: daysSince(unsent.oldestAt, minute),
        others: others.reduce((sum, { count }) => sum + count, 0),
        toHandBack: unsent.toHandBack,
        halfRead: unsent.halfRead
      }
    };
  }
}
