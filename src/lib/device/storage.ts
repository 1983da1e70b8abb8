import { within } from './time-limit';

export interface StorageState {
  /** Whether the browser promised not to evict what lies here. */
  persisted: boolean;
  usedBytes: number;
  quotaBytes: number;
  freeBytes: number;
}

const answerMs = 5_000;
/** A few originals of the camera still fit: time to warn and to send. */
const lowBytes = 200 * 1024 * 1024;
/** Not even the camera's bytes of one picture beside its processed one. */
const fullBytes = 25 * 1024 * 1024;

/** Asks the browser never to evict what lies here. Some ask the person, most decide by themselves. */
export async function askForPersistence(): Promise<'granted' | 'refused' | 'absent'> {
  if (!hasStorage()) return 'absent';
  try {
    return (await within(navigator.storage.persist(), answerMs, false)) ? 'granted' : 'refused';
  } catch {
    return 'refused';
  }
}

/** null where the browser does not say. The free bytes are what it allows, not what the disk has. */
export async function storageState(): Promise<StorageState | null> {
  if (!hasStorage()) return null;
  try {
    const asked = Promise.all([navigator.storage.persisted(), navigator.storage.estimate()]);
    const answer = await within(asked, answerMs, null);
    if (answer?.[1].usage === undefined || answer[1].quota === undefined) return null;
    const [persisted, { usage, quota }] = answer;
    return { persisted, usedBytes: usage, quotaBytes: quota, freeBytes: Math.max(0, quota - usage) };
  } catch {
    return null;
  }
}

/** low: warn. full: text can still be saved, pictures may fail. What is unknown is not warned of. */
export function storageTrouble(state: Pick<StorageState, 'freeBytes'> | null): 'fine' | 'low' | 'full' {
  if (!state || state.freeBytes >= lowBytes) return 'fine';
  return state.freeBytes >= fullBytes ? 'low' : 'full';
}

function hasStorage(): boolean {
  return 'storage' in navigator && 'persist' in navigator.storage && 'estimate' in navigator.storage;
}
