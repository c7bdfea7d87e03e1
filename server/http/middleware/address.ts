// Addresses that nobody could have been given: broken percent-encoding, or a NUL, which no text of ours holds and PostgreSQL refuses.
import type { Middleware } from 'koa';
import { Problem } from '../../domain/problem.ts';

/** Throws not-found `not-found`. Names of uploaded files, the one thing beside GET that is said in a query, are cleaned by their own door. */
export function soundAddress(): Middleware {
  return async (ctx, next) => {
    if (!isSound(ctx.path) || (ctx.method === 'GET' && /%00|\0/.test(ctx.querystring))) throw new Problem('not-found', 'not-found');
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
