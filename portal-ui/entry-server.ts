// The server's picture of a page, readable and usable without JavaScript. Private pages get the frame and a waiting note only.
import { renderToString } from 'vue/server-renderer';
import type { Lang } from '../server/contract/portal.ts';
import { makePortal } from './create-app.ts';
import type { PublicPageData, RenderedPage } from './public-data.ts';

export { fillDocument } from './document.ts';
export type { PublicPageData, RenderedPage } from './public-data.ts';

/** `path` is the path with its query, as asked for. Needs no network: everything comes in `data`. */
export async function render({
  path,
  lang,
  data,
}: {
  readonly path: string;
  readonly lang: Lang;
  readonly data: PublicPageData;
}): Promise<RenderedPage> {
  const { app, router, frame } = await makePortal({ lang, data, path });
  await router.push(path);
  await router.isReady();
  const html = await renderToString(app);
  const { meta, name } = router.currentRoute.value;
  const missing = meta.notFound === true || (name === 'service' && data.service === null);
  return { html, head: { title: frame.title, description: frame.description, lang }, status: missing ? 404 : 200 };
}
