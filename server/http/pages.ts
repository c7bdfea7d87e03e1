// The built pages of both user interfaces: public ones rendered on the server, assets with their long life, the office's one page.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'koa';
import type { LoginWays } from '../contract/login.ts';
import type { PortalSession, ServiceList, ServicePage } from '../contract/portal.ts';
import type { Lang } from './language.ts';

export interface PublicData {
  readonly session: PortalSession;
  readonly list: ServiceList | null;
  readonly service: ServicePage | null;
  /** For `/prihlaseni` only. */
  readonly ways?: LoginWays['ways'];
}
export interface Pages {
  /** The whole HTML of a portal page. */
  portal(path: string, lang: Lang, data: PublicData): Promise<{ readonly html: string; readonly status: number }>;
  office(): string;
  /** True when the path names a built file, which is then the answer. */
  asset(ctx: Context): boolean;
}

interface Rendered {
  readonly html: string;
  readonly head: unknown;
  readonly status: number;
}
interface ServerBundle {
  render(input: { readonly path: string; readonly lang: Lang; readonly data: PublicData }): Promise<Rendered>;
  fillDocument(template: string, page: Rendered, data: PublicData): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain',
  '.map': 'application/json',
};

/** @param dist folder with `portal/client`, `portal/server`, `admin`, as `tools/build-ui.ts` leaves it */
export async function loadPages(dist: string): Promise<Pages> {
  const bundle = (await import(join(dist, 'portal', 'server', 'entry-server.js'))) as ServerBundle;
  const template = readFileSync(join(dist, 'portal', 'client', 'index.html'), 'utf8');
  const office = readFileSync(join(dist, 'admin', 'index.html'), 'utf8');
  const roots: readonly (readonly [string, string])[] = [
    ['/urad/', join(dist, 'admin')],
    ['/', join(dist, 'portal', 'client')],
  ];
  return {
    portal: async (path, lang, data) => {
      const page = await bundle.render({ path, lang, data });
      return { html: bundle.fillDocument(template, page, data), status: page.status };
    },
    office: () => office,
    asset: (ctx) => sendAsset(ctx, roots),
  };
}

function sendAsset(ctx: Context, roots: readonly (readonly [string, string])[]): boolean {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
  const type = TYPES[extname(ctx.path)];
  const root = roots.find(([prefix]) => ctx.path.startsWith(prefix));
  if (type === undefined || root === undefined) return false;
  const file = normalize(join(root[1], decodeURIComponent(ctx.path.slice(root[0].length))));
  if (!file.startsWith(root[1] + sep) || !existsSync(file) || !statSync(file).isFile()) return false;
  // Names of assets carry the hash of their content.
  ctx.set('Cache-Control', ctx.path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
  ctx.type = type;
  ctx.body = createReadStream(file);
  return true;
}
