import { defineConfig } from 'vite'

export default defineConfig({
  base: './',
  esbuild: { jsx: 'automatic' },
  // One person on one machine loads it: one file is as good as many.
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 }
})
