// A limit on how often one visitor may do something, in the memory of this instance. Sliding: the last `windowMs` count, not clock minutes.
import type { Context, Middleware } from 'koa';

export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
  /** Who is counted; undefined = not counted. */
  keyOf(ctx: Context): string | undefined;
  /** Answers instead of the default RFC 9457 body. */
  readonly refuse?: (ctx: Context) => void;
  /** Milliseconds, monotonic. Default `performance.now`. */
  readonly now?: () => number;
}

const KEPT_KEYS = 50_000;

export function rateLimit(options: RateLimit): Middleware {
  const hits = new Map<string, number[]>();
  const now = options.now ?? (() => performance.now());
  return async (ctx, next) => {
    const key = options.keyOf(ctx);
    if (key === undefined) return next();
    const recent = (hits.get(key) ?? []).filter((at) => at > now() - options.windowMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= options.limit) {
      ctx.set('Retry-After', String(Math.max(1, Math.ceil((oldest + options.windowMs - now()) / 1000))));
      return refuse(ctx, options);
    }
    recent.push(now());
    hits.delete(key); // re-inserted last: the map's order is then by last use
    hits.set(key, recent);
    const [stalest] = hits.keys();
    if (hits.size > KEPT_KEYS && stalest !== undefined) hits.delete(stalest);
    return next();
  };
}

function refuse(ctx: Context, options: RateLimit): void {
  ctx.status = 429;
  if (options.refuse) return options.refuse(ctx);
  ctx.type = 'application/problem+json';
  ctx.body = JSON.stringify({ type: 'about:blank', title: 'Too Many Requests', status: 429, code: 'too-many-requests' });
}
