// Headers on every answer: what a browser may do with our pages. OWASP ASVS 5.0, 3.4. A handler may tighten them for its own answer.
import type { Middleware } from 'koa';

export interface SecurityHeaderOptions {
  readonly publicUrl: string;
  /** Origins outside that our forms may lead to: providers of identities. Asked for every time: settings change. */
  readonly formTargets: () => readonly string[];
}

export function securityHeaders(options: SecurityHeaderOptions): Middleware {
  const isSecure = new URL(options.publicUrl).protocol === 'https:';
  const policy = (): string =>
    [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:", // bpmn-js draws its cursors and markers as data: images (bpmn-io/bpmn-js issue 1273)
      "font-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      `form-action ${["'self'", ...options.formTargets()].join(' ')}`,
      "frame-ancestors 'none'",
    ].join('; ');
  const headers: Readonly<Record<string, string>> = {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    // Whoever serves unchanging files says so itself.
    'Cache-Control': 'no-store',
    ...(isSecure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
  return async (ctx, next) => {
    ctx.set({ ...headers, 'Content-Security-Policy': policy() });
    await next();
  };
}
