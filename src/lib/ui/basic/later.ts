/** So that what nobody waits for is fetched and drawn after what somebody waits for. */
export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
