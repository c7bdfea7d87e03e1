// Builds the office app into dist/admin. Served under /urad/, every asset under /urad/assets/, nothing inline.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { vendorRepairs, withoutPanelEditors } from './vendor-repairs.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/urad/',
  cacheDir: here('../.cache/vite-admin'),
  plugins: [vue(), withoutPanelEditors(), vendorRepairs()],
  resolve: {
    dedupe: ['diagram-js', 'min-dash', 'min-dom'],
    // bpmn-js's React-shaped parts are preact.
    alias: { react: '@bpmn-io/properties-panel/preact/compat' },
  },
  build: {
    outDir: here('../dist/admin'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Fonts and images as data: URIs only where CSP allows them; scripts never inline.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2500,
  },
});
