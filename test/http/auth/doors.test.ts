// Small rules at the door: where to go after login, what cookies look like, which headers every answer carries.
import { describe, expect, test } from 'vitest';
import { createCookies } from '../../../server/http/auth/cookies.ts';
import { safeReturnPath } from '../../../server/http/auth/return-path.ts';
import { securityHeaders } from '../../../server/http/middleware/security-headers.ts';
import type { Context } from 'koa';

const lines: string[] = [];
const context = { append: (_name: string, value: string) => void lines.push(value) } as unknown as Context;

describe('the path after login', () => {
  test.each([
    ['/moje-podani', 'citizen', '/moje-podani'],
    ['/pripad/1?a=b#c', 'citizen', '/pripad/1?a=b#c'],
    ['/urad/fronty', 'officer', '/urad/fronty'],
    ['/urad/../prihlaseni/nia', 'officer', '/urad/'],
    ['/urad/x', 'citizen', '/'],
    ['/x', 'officer', '/urad/'],
    ['//evil.example', 'citizen', '/'],
    ['/\t/evil.example', 'citizen', '/'],
    ['https://evil.example', 'citizen', '/'],
    ['/nia/acs', 'citizen', '/'],
    [['/a', '/b'], 'citizen', '/'],
    [undefined, 'citizen', '/'],
  ] as const)('%j of a %s is %s', (wanted, area, path) => {
    expect(safeReturnPath(wanted, area)).toBe(path);
  });
});

describe('cookies', () => {
  test('over https belong to this host alone, and the one of a login follows the answer of NIA', () => {
    const cookies = createCookies('https://podani.lipova.example');
    lines.length = 0;
    cookies.write(context, 'sid', 'x');
    cookies.write(context, 'login', 'y', 600_000);

    expect(lines).toEqual([
      '__Host-sid=x; Path=/; HttpOnly; SameSite=Lax; Secure',
      '__Host-login=y; Path=/; HttpOnly; SameSite=None; Secure; Max-Age=600',
    ]);
  });

  test('over plain http on this machine go without prefix and Secure', () => {
    const cookies = createCookies('http://localhost:3000');
    lines.length = 0;
    cookies.write(context, 'usid', 'x');
    cookies.clear(context, 'login');

    expect(lines).toEqual(['usid=x; Path=/; HttpOnly; SameSite=Lax', 'login=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']);
  });
});

describe('every answer', () => {
  test('forbids foreign scripts, frames and forms but those to NIA', async () => {
    let sent: Readonly<Record<string, string>> = {};
    const ctx = { set: (headers: Readonly<Record<string, string>>) => void (sent = headers) } as unknown as Context;

    await securityHeaders({ publicUrl: 'https://podani.lipova.example', formTargets: () => ['https://tnia.identita.gov.cz'] })(
      ctx,
      async () => undefined,
    );

    expect(sent['Content-Security-Policy']).toContain("script-src 'self';");
    expect(sent['Content-Security-Policy']).toContain("form-action 'self' https://tnia.identita.gov.cz;");
    expect(sent['Content-Security-Policy']).not.toContain('unsafe');
    expect(sent['Strict-Transport-Security']).toContain('max-age=31536000');
    expect(sent['X-Content-Type-Options']).toBe('nosniff');
  });
});
