// The one place where refusals and defects become answers: RFC 9457 bodies with a stable code; a defect never shows its message.
import { HttpError, type Context, type Middleware } from 'koa';
import { ZodError } from 'zod';
import { Problem, type ProblemKind } from '../../domain/problem.ts';
import type { Log } from '../../platform/log.ts';

const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  unavailable: 503,
};
const CODE_STATUS: Readonly<Record<string, number>> = {
  'login-required': 401,
  'file-too-large': 413,
  'body-too-large': 413,
  'json-only': 415,
};

export function problems(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined && isApi(ctx)) answer(ctx, 404, 'not-found', {});
    } catch (error) {
      if (error instanceof Problem) return answer(ctx, CODE_STATUS[error.code] ?? STATUS[error.kind], error.code, error.details);
      if (error instanceof ZodError)
        return answer(ctx, 422, 'request-invalid', { fields: error.issues.map((issue) => issue.path.join('.')) });
      // `ctx.throw(404)`: what the address names is not here.
      if (error instanceof HttpError && error.status === 404) return answer(ctx, 404, 'not-found', {});
      log.error(
        { err: error, method: ctx.method, route: (ctx as { _matchedRoute?: string })._matchedRoute ?? 'unknown' },
        'request failed',
      );
      answer(ctx, 500, 'internal-error', {});
    }
  };
}

const isApi = (ctx: Context): boolean => ctx.path.startsWith('/api/') || ctx.path.startsWith('/urad/api/');

function answer(ctx: Context, status: number, code: string, details: Readonly<Record<string, unknown>>): void {
  ctx.status = status;
  ctx.type = 'application/problem+json';
  ctx.body = JSON.stringify({ ...details, type: `urn:vyrizeno:problem:${code}`, title: code, status, code });
}
