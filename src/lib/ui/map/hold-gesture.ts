/** What Android and iOS take for a long press. */
const holdMs = 500;
const stillPixels = 10;

/**
 * Reports a finger or pen held still, and a click with the right button. Timed by us: browsers differ in what, when and
 * whether they send for a long press. Returns how to stop.
 */
export function watchHold(element: HTMLElement, onhold: (event: MouseEvent) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: PointerEvent | undefined;
  let isHeld = false;
  const listeners = new AbortController();
  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void
  ) => element.addEventListener(name, listener, { signal: listeners.signal });

  function giveUp() {
    clearTimeout(timer);
    start = undefined;
  }
  listen('pointerdown', (event) => {
    const isSecondFinger = start !== undefined;
    giveUp();
    isHeld = false;
    if (event.pointerType === 'mouse' || isSecondFinger || isControl(event)) return;
    start = event;
    timer = setTimeout(() => {
      isHeld = true;
      onhold(event);
    }, holdMs);
  });
  listen('pointermove', (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > stillPixels)
      giveUp();
  });
  listen('pointerup', giveUp);
  listen('pointercancel', giveUp);
  listen('contextmenu', (event) => {
    if (isControl(event)) return;
    event.preventDefault();
    // A finger's own context menu comes while it is down: the timer speaks for it.
    if (!start && !isHeld) onhold(event);
  });
  return () => {
    giveUp();
    listeners.abort();
  };
}

function isControl({ target }: Event): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
