// The whole HTML document around a rendered page, and the way back: the data that it carries for the browser.
import type { PublicPageData, RenderedPage } from './public-data.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Inside a script element nothing may look like its end: `<` never appears in the data. */
const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** `template` is the built `index.html`; replacing by functions, so that `$&` in somebody's text stays text. */
export function fillDocument(template: string, { html, head }: RenderedPage, data: PublicPageData): string {
  return template
    .replace('<html lang="cs">', () => `<html lang="${head.lang}">`)
    .replace(
      '<!--head-->',
      () => `<title>${escapeHtml(head.title)}</title>\n    <meta name="description" content="${escapeHtml(head.description)}">`,
    )
    .replace('<!--app-->', () => html)
    .replace('<!--data-->', () => `<script type="application/json" id="data">${escapeJson(data)}</script>`);
}

export function documentData(document: Document): PublicPageData {
  const text = document.querySelector('#data')?.textContent ?? undefined;
  if (text === undefined) throw new Error('The page came without its data.');
  return JSON.parse(text) as PublicPageData;
}
