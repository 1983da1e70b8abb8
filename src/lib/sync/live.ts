/** Step 13: hints from the server that there is something to pull. Reconnects by itself; a lost hint costs nothing. */
export function listenLive(onHint: () => void): () => void {
  const source = new EventSource('/api/live');
  source.onmessage = onHint;
  return () => source.close();
}
