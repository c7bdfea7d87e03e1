// Mounts a middleware under a path, the way a reverse proxy with a prefix does: inside, the path begins at the mount.
import type { Middleware } from 'koa';

export function mount(prefix: string, inner: Middleware): Middleware {
  return async (ctx, next) => {
    const outside = ctx.path;
    if (outside !== prefix && !outside.startsWith(`${prefix}/`)) return next();
    ctx.path = outside.slice(prefix.length) || '/';
    await inner(ctx, async () => {
      ctx.path = outside;
      await next();
    });
    return undefined;
  };
}
