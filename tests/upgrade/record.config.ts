import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// Not part of the checks: it makes a recording. record.ts says when and how.
export default defineConfig({
  plugins: [sveltekit()],
  test: {
    include: ['tests/upgrade/record.ts'],
    setupFiles: ['tests/upgrade/fixed-world.ts'],
    environment: 'node',
    testTimeout: 120_000,
    env: { XUNGE_LOG: 'silent' }
  }
});
