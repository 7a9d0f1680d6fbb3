import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { muscleNames } from './muscle-names.ts'
import { serviceWorker } from './service-worker.ts'
import { threeParts } from './three-parts.ts'

export default defineConfig({
  plugins: [svelte(), muscleNames(), threeParts(), serviceWorker()],
  worker: { format: 'es', plugins: () => [threeParts()] },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  build: {
    outDir: '../src/bandwright/web/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // every picture is a file of our own origin, as the content policy asks
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: { include: ['src/**/*.test.ts'] },
})
