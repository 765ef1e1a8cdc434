import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'chrome130',
    outDir: '../../../out/bench-preview',
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
});
