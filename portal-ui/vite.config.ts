// Builds the citizen's portal: `vite build` for the browser, `vite build --ssr entry-server.ts` for the server's first picture.
// The content security policy allows no inline code: nothing here may put any into the page.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Drawings that only the office's pages show; a browser test finds any icon that would be missing here. */
const OFFICE_ICONS = /\/(gear|book|list|arrow-down|dash-lg|telephone|box-arrow-up-right|envelope-fill)\.svg$/;

/** The icons are drawn to five decimals of a pixel; two are enough for any screen and save a tenth of the first load. */
const roundedIcons: Plugin = {
  name: 'rounded-icons',
  enforce: 'pre',
  async load(id) {
    const file = /^(.*\/icons\/lib\/.*\.svg)\?raw$/.exec(id)?.[1];
    if (file === undefined) return null;
    if (OFFICE_ICONS.test(file)) return 'export default ""';
    const svg = await readFile(file, 'utf8');
    return `export default ${JSON.stringify(svg.replaceAll(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)).replaceAll('\n', ''))}`;
  },
};

export default defineConfig(({ isSsrBuild }) => ({
  root: folder,
  base: '/',
  plugins: [vue(), roundedIcons],
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  // Vue without its template compiler: templates are compiled here.
  resolve: { alias: [{ find: /^vue$/, replacement: 'vue/dist/vue.runtime.esm-bundler.js' }] },
  // The server's build carries its libraries inside: the browser's and the server's Vue are then surely the same.
  ssr: { noExternal: true },
  build: {
    outDir: fileURLToPath(new URL(isSsrBuild === true ? '../dist/portal/server' : '../dist/portal/client', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets/portal',
    assetsInlineLimit: 0,
    copyPublicDir: isSsrBuild !== true,
    modulePreload: false,
    target: 'es2023',
    reportCompressedSize: true,
  },
}));
