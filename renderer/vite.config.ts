import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// google-libphonenumber tries `eval` and does without it where the policy forbids it.
const checks = { eval: false };

export default defineConfig({
  base: '/',
  plugins: [react()],
  // The shells put each answer's nonce in its place.
  html: { cspNonce: 'STYLE-NONCE' },
  worker: { format: 'es', rolldownOptions: { checks } },
  build: {
    // Electron 33
    target: 'chrome130',
    outDir: '../out/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5_000,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks },
  },
});
