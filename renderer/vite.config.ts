import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  plugins: [react()],
  // The shells put each answer's nonce in its place.
  html: { cspNonce: 'STYLE-NONCE' },
  worker: { format: 'es' },
  build: {
    // Electron 33
    target: 'chrome130',
    outDir: '../out/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5_000,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
