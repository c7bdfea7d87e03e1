// Addresses that nobody could have been given: broken percent-encoding, or a NUL, which no text of ours holds and PostgreSQL refuses.
import type { Middleware } from 'koa';
import { Problem } from '../../domain/problem.ts';

/** Throws not-found `not-found`. */
export function soundAddress(): Middleware {
  return async (ctx, next) => {
    if (!isSound(ctx.path) || /%00|\0/.test(ctx.querystring)) throw new Problem('not-found', 'not-found');
    await next();
  };
}

function isSound(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
