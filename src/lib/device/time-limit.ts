/**
 * The value of `work`, or `late` if it takes longer. Only time in which the page is awake counts: a tablet that slept
 * for an hour, or had the camera app in front, has not spent it. A rejection of `work` stays one.
 */
export function within<Value, Late = Value>(
  work: Promise<Value>,
  limitMs: number,
  late: Late
): Promise<Value | Late> {
  return new Promise((resolve, reject) => {
    // A sleeping page gets one tick on waking, however long it slept.
    let ticksLeft = Math.max(1, Math.ceil(limitMs / 1000));
    const timer = setInterval(() => {
      ticksLeft -= 1;
      if (ticksLeft > 0) return;
      clearInterval(timer);
      resolve(late);
    }, limitMs / ticksLeft);
    work.finally(() => clearInterval(timer)).then(resolve, reject);
  });
}
