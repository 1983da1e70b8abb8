import type { ChangeId, PhotoId, RecordId } from '../../src/lib/domain/ids';

/** What people were told is safe, by the database it lies in, and must be found from then on. */
export class Ledger {
  readonly #changes = new Map<string, Map<ChangeId, string>>();
  readonly #photos = new Map<string, Map<PhotoId, RecordId>>();
  readonly #toldMore = new Map<string, Set<RecordId>>();
  readonly #drafts = new Map<string, Set<RecordId>>();

  /** The bytes of changes that were called saved. */
  changesOf(database: string): Map<ChangeId, string> {
    return known(this.#changes, database, () => new Map<ChangeId, string>());
  }

  /** Pictures that were taken, each with its record. */
  photosOf(database: string): Map<PhotoId, RecordId> {
    return known(this.#photos, database, () => new Map<PhotoId, RecordId>());
  }

  /** Records of which a newer server told more than this build knows. */
  toldMoreOf(database: string): Set<RecordId> {
    return known(this.#toldMore, database, () => new Set<RecordId>());
  }

  /** Forms that nobody has saved or thrown away. */
  draftsOf(database: string): Set<RecordId> {
    return known(this.#drafts, database, () => new Set<RecordId>());
  }
}

function known<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.set(key, value);
  return value;
}
