// Builds the map alone, as a page of its own, for tests/e2e/map.test.ts.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  build: { target: ['chrome109', 'safari16.4'], modulePreload: false, emptyOutDir: true }
});
