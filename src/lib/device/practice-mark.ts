const key = 'xunge-practising';

/** Outlives a reload of this window, which a practice does not: so that it can be said that it is over. */
export function markPractice(isOn: boolean): void {
  try {
    if (isOn) sessionStorage.setItem(key, '1');
    else sessionStorage.removeItem(key);
  } catch {
    return; // no such memory here
  }
}

export function isPracticeMarked(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
