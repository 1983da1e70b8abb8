import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { chunksByReader } from './scripts/chunks-by-reader.ts';

/** Chromium 109 is the last on Windows 7; Safari 16.4 the oldest with module workers and OffscreenCanvas. */
const oldestEngines = ['chrome109', 'safari16.4', 'firefox115'];

const project = (name: string, include: string[], timeoutSeconds = 20) => ({
  extends: true as const,
  test: {
    name,
    include,
    environment: 'node',
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: 180_000,
    // What is waited for may take as long as a busy machine needs.
    expect: { poll: { timeout: 15_000 } },
    // A simulation takes all processors itself, and real data are large.
    fileParallelism: name !== 'simulation' && name !== 'real',
    // A browser mostly waits: two at a time take little more than one.
    ...(name === 'e2e' && { maxWorkers: 2, setupFiles: ['tests/support/tell-failure.ts'] }),
    // What a test provokes need not be read; started servers say what they say.
    ...((name === 'unit' || name === 'sync') && { env: { XUNGE_LOG: 'silent' } })
  }
});

export default defineConfig({
  plugins: [sveltekit(), chunksByReader()],
  build: { target: oldestEngines },
  // Not the copy for engines without classes and generators: smaller, and quicker to start.
  resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts']),
      project('sync', ['tests/sync/**/*.test.ts', 'tests/upgrade/**/*.test.ts'], 60),
      project('simulation', ['tests/simulation/**/*.test.ts'], 600),
      project('real', ['tests/real/**/*.test.ts'], 180),
      project('e2e', ['tests/e2e/**/*.test.ts'], 180)
    ]
  }
});
