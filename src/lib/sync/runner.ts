import { declarePhotos } from '../data/photos';
import { heldBackForMs } from '../data/undo';
import { msToInstant } from '../domain/instant';
import { backoffMs } from './backoff';
import type { SyncContext } from './context';
import { firstWindow } from './plan';
import { synchronize, type Report } from './synchronize';

export interface RunnerState {
  phase: 'idle' | 'hand-back' | 'texts' | 'records' | 'photos';
  /** How the last run ended; null before the first. */
  outcome: Report['outcome'] | null;
}

export interface Runner {
  /** Something may be there to send or to fetch: runs now, or once more after the present run; its pauses begin short again. */
  wake(): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

const restMs = 60_000;

/**
 * Step 2: runs whenever woken, and from time to time by itself; after failures with growing pauses.
 * The caller holds the lock of this device and account, so there is never a second runner.
 */
export function startRunner(context: () => SyncContext, onState: (state: RunnerState) => void): Runner {
  let window = firstWindow;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let wokenMeanwhile = false;
  let stopped = false;
  let outcome: Report['outcome'] | null = null;
  let present: Promise<void> = Promise.resolve();

  const run = async () => {
    if (stopped) return;
    running = true;
    wokenMeanwhile = false;
    clearTimeout(timer);
    const current = context();
    const beganMs = current.now();
    let rest = restMs;
    try {
      await declarePhotos(current.author, msToInstant(current.now()));
      const woken = { isWoken: () => wokenMeanwhile };
      const report = await synchronize({ ...current, ...woken }, window, (phase) =>
        onState({ phase, outcome })
      );
      window = report.window;
      outcome = report.outcome;
      // The window that saved may be gone when its ten seconds are over; this run may have left it out just before.
      const heldBackMs = await heldBackForMs(current.author.database, beganMs, current.now());
      rest = Math.min(rest, heldBackMs ?? rest);
    } catch {
      // The store itself failed (disk full, connection lost): the work is still there, the next run tries again.
      outcome = 'away';
    }
    running = false;
    if (stopped) return;
    failures = outcome === 'done' ? 0 : failures + 1;
    onState({ phase: 'idle', outcome });
    const pause = outcome === 'done' ? rest : backoffMs(failures, current.random());
    // Who woke it may know more than the run that was under way: the signal may be back.
    timer = setTimeout(() => void (present = run()), wokenMeanwhile ? 0 : pause);
  };

  present = run();
  return {
    wake: () => {
      // A signal that is back often fails once more: the next try must not wait as long as one made in a dead zone.
      failures = 0;
      if (running) wokenMeanwhile = true;
      else present = run();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return present;
    }
  };
}
