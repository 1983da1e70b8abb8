/** A size as people read it: 640 kB, 1.2 MB. The same in both languages. */
export function bytesInWords(bytes: number): string {
  const steps = ['B', 'kB', 'MB', 'GB'] as const;
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1000;
    step++;
  }
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${steps[step]}`;
}
