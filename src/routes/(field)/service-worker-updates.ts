import { dev } from '$app/environment';
import { navigating } from '$app/state';
import { Workbox } from 'workbox-window';

type Watch = {
  /** True while a form is open or a patrol runs: then nothing is loaded again unless the person asks for it. */
  isBusy: () => boolean;
  /** A new version lies ready; `apply` loads the page again with it. Show UpdateBar. */
  onWaiting: (apply: () => void) => void;
};

const minutesBetweenLooks = 30;
const minutesBetweenReloads = 10;

/** One for the life of the page: pages come and go above it. Undefined where the browser has no service workers. */
let workbox: Workbox | undefined;

/**
 * Keeps the app on this tablet openable without a network, and up to date: looks for a new version when the app comes to
 * the front and every half hour, tells the page when one is ready, and puts it in place by itself only while the app is
 * out of sight with nothing open. Call in the browser; returns how to stop.
 */
export function watchForUpdates(watch: Watch): () => void {
  const end = new AbortController();
  watchForLostFiles(watch, end.signal);
  if ('serviceWorker' in navigator) watchWorker(watch, end.signal);
  return () => end.abort();
}

function watchWorker({ isBusy, onWaiting }: Watch, signal: AbortSignal): void {
  const box = (workbox ??= registerWorker());
  let isControlled = navigator.serviceWorker.controller !== null;
  let isAccepted = false;
  let offered: ServiceWorker | undefined;

  const reload = () => {
    if (!isAccepted && (isBusy() || !mayReload('update'))) return onWaiting(apply);
    isAccepted = true;
    reloadUntilGone();
  };
  const putInPlace = (waiting: ServiceWorker) => {
    waiting.postMessage({ type: 'SKIP_WAITING' });
    // Seen in Chromium 156: a request that reaches the old worker while it makes room holds the new one back for minutes.
    // Loading a page sets it free.
    setTimeout(() => void waitingWorker().then((still) => still && reload()), 1500);
  };
  const apply = () => {
    isAccepted = true;
    void waitingWorker().then((waiting) => (waiting ? putInPlace(waiting) : reloadUntilGone()));
  };
  const offer = (waiting: ServiceWorker) => {
    if (document.hidden && !isBusy()) putInPlace(waiting);
    else if (waiting !== offered) {
      offered = waiting;
      onWaiting(apply);
    }
  };
  // Workbox hears only of the first new version in the life of a page, and not of one whose installation was cut short.
  const look = async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!document.hidden) await registration?.update().catch(() => undefined); // no network: next time
    if (registration?.waiting && !signal.aborted) offer(registration.waiting);
  };
  const onWaitingEvent = ({ sw }: { sw?: ServiceWorker }) => sw && offer(sw);
  const onControlling = () => {
    if (isControlled) reload();
    isControlled = true; // the first worker of this tablet took over: it serves the build that runs here
  };

  box.addEventListener('waiting', onWaitingEvent);
  box.addEventListener('controlling', onControlling);
  const timer = setInterval(() => void look(), minutesBetweenLooks * 60_000);
  document.addEventListener('visibilitychange', () => void look(), { signal });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    box.removeEventListener('waiting', onWaitingEvent);
    box.removeEventListener('controlling', onControlling);
  });
  void look();
}

let nextTry: ReturnType<typeof setTimeout> | undefined;

/** Seen in Chromium 156: a page asked of a worker that is just being replaced never comes. Asked again, it does. */
function reloadUntilGone(patienceMs = 5000): void {
  location.reload();
  clearTimeout(nextTry);
  nextTry = setTimeout(() => reloadUntilGone(2 * patienceMs), patienceMs);
}

function registerWorker(): Workbox {
  const box = new Workbox('/service-worker.js', {
    type: dev ? 'module' : 'classic',
    updateViaCache: 'none'
  });
  // Refused in some private windows, and while the server is away: the app runs without, as long as there is a network.
  box.register().catch(() => undefined);
  return box;
}

async function waitingWorker(): Promise<ServiceWorker | null> {
  return (await navigator.serviceWorker.getRegistration())?.waiting ?? null;
}

/** A tab of an old version asked for a file that the server no longer has: the page is loaded again, in the new version. */
function watchForLostFiles({ isBusy, onWaiting }: Watch, signal: AbortSignal): void {
  const recover = async () => {
    const goal = navigating.to?.url.href;
    const reload = () => (goal ? location.assign(goal) : location.reload());
    if (!(await canReload())) return;
    // Whoever leaves a page has left its form: no need to ask.
    if (!goal && isBusy()) onWaiting(reload);
    else if (mayReload('lost-file')) reload();
  };
  window.addEventListener('vite:preloadError', () => void recover(), { signal });
}

/** Without worker and network a reload would put the browser's error page where the app was. */
async function canReload(): Promise<boolean> {
  if (navigator.serviceWorker?.controller) return true;
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  return answer?.ok ?? false;
}

/** True at most once in ten minutes for each reason: a page that loads itself again must never do so in a circle. */
function mayReload(reason: 'update' | 'lost-file'): boolean {
  const key = `xunge-reloaded-${reason}`;
  try {
    const last = Number(sessionStorage.getItem(key));
    if (Math.abs(Date.now() - last) < minutesBetweenReloads * 60_000) return false;
    sessionStorage.setItem(key, String(Date.now()));
    return true;
  } catch {
    return false; // no memory, so nothing would end the circle
  }
}
