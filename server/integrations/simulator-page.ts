// Pages of the simulated outside: plain HTML made on the server, everything escaped, usable by keyboard and screen reader.
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';

/** HTML that is already safe. Only `html` makes it. */
export interface Html {
  readonly html: string;
}

export type HtmlPart = string | number | undefined | null | Html | readonly HtmlPart[];

export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { html: strings.reduce((text, piece, index) => text + render(parts[index - 1]) + piece) };
}

function render(part: HtmlPart): string {
  if (part === undefined || part === null) return '';
  if (typeof part === 'object' && 'html' in part) return part.html;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#f6f4ef}
header{background:#3d2f5b;color:#fff;padding:.75rem 1.25rem}header a{color:#fff}header p{margin:0}
main{max-width:64rem;margin:0 auto;padding:1rem 1.25rem 3rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}
a{color:#1f4e9c}:focus-visible{outline:3px solid #d9720c;outline-offset:2px}
table{border-collapse:collapse;width:100%;background:#fff}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border:1px solid #c9c4b8;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#ece8dd}
.scroll{overflow-x:auto}form.card,.card{background:#fff;border:1px solid #c9c4b8;padding:1rem;margin:1rem 0}
label{display:block;font-weight:600;margin-top:.6rem}
input,select,textarea{font:inherit;padding:.4rem;border:1px solid #6b665c;width:100%;max-width:32rem;background:#fff;color:#1b1b1b}
button{font:inherit;font-weight:600;padding:.45rem 1rem;margin:.75rem .5rem 0 0;border:1px solid #1f4e9c;background:#1f4e9c;color:#fff;cursor:pointer}
button.plain{background:#fff;color:#1f4e9c}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;border:1px solid #c9c4b8;padding:1rem}
ul:has(>.card){list-style:none;padding:0}li.card p{margin:.4rem 0 0}li.card button{margin-top:0}form.card>p:first-child{margin-top:0}form.card>label:first-child{margin-top:0}
input,select,textarea{display:block}h2+.scroll caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.notice{border-left:4px solid #d9720c;background:#fff;padding:.5rem 1rem}`;

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Link back in the head: address and words. */
  readonly back?: { readonly href: string; readonly text: string };
}

/** Answers with a whole page. Nothing here runs scripts, and the policy says so. */
export function showPage(ctx: Context, page: Page): void {
  ctx.type = 'text/html; charset=utf-8';
  ctx.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
  );
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Cache-Control', 'no-store');
  const back = page.back ? html` <a href="${page.back.href}">${page.back.text}</a>` : html``;
  ctx.body = html`<!doctype html>
    <html lang="cs">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${page.title} – Zkušební svět</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        <header>
          <p><strong>Zkušební svět</strong> – nic zde není skutečné.${back}</p>
        </header>
        <main>
          <h1>${page.title}</h1>
          ${page.body}
        </main>
      </body>
    </html>`.html;
}

/** Date and time for people, in Prague. */
export function showTime(instant: Date | string): string {
  return new Date(instant).toLocaleString('cs-CZ', { timeZone: 'Europe/Prague', dateStyle: 'medium', timeStyle: 'medium' });
}

/** Haléře as `1 500,00 Kč`. */
export function showMoney(halere: number): string {
  return (halere / 100).toLocaleString('cs-CZ', { style: 'currency', currency: 'CZK' });
}

/** Routers of one simulator, asked one after another. */
export function inOrder(...routers: readonly Router[]): Middleware {
  const [first, ...others] = routers;
  if (!first) return (_ctx, next) => next();
  const routes = first.routes() as unknown as Middleware;
  return (ctx, next) => routes(ctx, () => inOrder(...others)(ctx, next) as Promise<unknown>);
}

/** A table that scrolls sideways on a phone and says its name. */
export function table(name: string, head: readonly string[], rows: readonly (readonly HtmlPart[])[]): Html {
  const titles = head.map((title) => html`<th scope="col">${title}</th>`);
  const lines = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  const whole = html`<table>
    <caption>
      ${name}
    </caption>
    <thead>
      <tr>
        ${titles}
      </tr>
    </thead>
    <tbody>
      ${lines}
    </tbody>
  </table>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}">${whole}</div>`;
}

/** Names and values; rows without a value are left out. */
export function facts(rows: readonly (readonly [string, HtmlPart])[]): Html {
  const lines = rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(
      ([name, value]) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr>`,
    );
  return html`<table>
    <tbody>
      ${lines}
    </tbody>
  </table>`;
}

export function list(items: readonly HtmlPart[]): Html {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}
