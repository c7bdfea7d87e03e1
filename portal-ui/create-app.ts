// Builds the application the same way for the server's first picture and for the browser that takes it over.
import { createApp, createSSRApp, type App as VueApp } from 'vue';
import type { Router } from 'vue-router';
import type { Lang } from '../server/contract/portal.ts';
import App from './App.vue';
import { makeTranslator, translatorKey } from './i18n.ts';
import { firstData, firstDataKey, type PublicPageData } from './public-data.ts';
import { makeRouter } from './router.ts';
import { pageFrameKey, type PageFrame } from './use/page.ts';
import { holdSession, sessionKey } from './use/session.ts';

export interface Portal {
  readonly app: VueApp;
  readonly router: Router;
  readonly frame: PageFrame;
}

/** In the browser a public page takes over the server's HTML; a private one, which has only a waiting note there, replaces it. */
export async function makePortal(options: { readonly lang: Lang; readonly data: PublicPageData; readonly path: string }): Promise<Portal> {
  const { lang, data, path } = options;
  const translator = makeTranslator(lang);
  const router = makeRouter();
  const { meta } = router.resolve(path);
  await translator.load('public');
  router.beforeResolve(async (to) => {
    if (to.meta.texts !== undefined) await translator.load(to.meta.texts);
  });
  const frame: PageFrame = { moved: false, title: '', description: '', onServer: import.meta.env.SSR };
  router.afterEach((_, from) => {
    if (from.matched.length > 0) frame.moved = true;
  });
  const app = !import.meta.env.SSR && meta.private === true ? createApp(App) : createSSRApp(App);
  app.provide(sessionKey, holdSession(data.session, lang));
  app.provide(firstDataKey, firstData(data));
  app.provide(pageFrameKey, frame);
  app.provide(translatorKey, translator);
  app.use(router);
  return { app, router, frame };
}
