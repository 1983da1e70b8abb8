export const pinLength = 6;

/** All digits alike, or each one more or one less than the one before: what is guessed first. */
export function isSimplePin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return [-1, 0, 1].some((step) => steps.every((one) => one === step));
}
