/** How loud it is, 0 to 1, so that one sees that one is heard. Where Web Audio does not work always 0. */
export function measureLevel(stream: MediaStream): { level(): number; stop(): void } {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return {
      level() {
        analyser.getFloatTimeDomainData(samples);
        return samples.reduce((loudest, sample) => Math.max(loudest, Math.min(1, Math.abs(sample))), 0);
      },
      stop: () => void context.close()
    };
  } catch {
    return { level: () => 0, stop: () => {} };
  }
}
