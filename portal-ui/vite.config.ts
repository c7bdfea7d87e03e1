// Builds the citizen's portal: `vite build` for the browser, `vite build --ssr entry-server.ts` for the server's first picture.
// The content security policy allows no inline code: nothing here may put any into the page.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(({ isSsrBuild }) => ({
  root: folder,
  base: '/',
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // i18n.ts compiles our messages itself.
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  // The server's build carries its libraries inside: the browser's and the server's Vue are then surely the same.
  ssr: { noExternal: true },
  build: {
    outDir: fileURLToPath(new URL(isSsrBuild === true ? '../dist/portal/server' : '../dist/portal/client', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets/portal',
    assetsInlineLimit: 0,
    copyPublicDir: isSsrBuild !== true,
    modulePreload: { polyfill: false },
    target: 'es2023',
    reportCompressedSize: true,
  },
}));
