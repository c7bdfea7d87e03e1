// Where a person goes after login. Only a path of this server: an open redirect would lend our name to a phisher.

/** The path when it is local and does not lead back into a login; otherwise `fallback`. Officers stay under `/urad`, citizens outside it. */
export function safeReturnPath(wanted: unknown, area: 'citizen' | 'officer'): string {
  const fallback = area === 'officer' ? '/urad/' : '/';
  if (typeof wanted !== 'string' || wanted.length > 500 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return fallback;
  const base = 'http://local.invalid';
  const url = URL.parse(wanted, base);
  if (url === null || url.origin !== base) return fallback;
  if (/^\/(urad\/)?(prihlaseni|odhlaseni|nia)(\/|$)/.test(url.pathname)) return fallback;
  const isOffice = url.pathname === '/urad' || url.pathname.startsWith('/urad/');
  if (isOffice !== (area === 'officer')) return fallback;
  return url.pathname + url.search + url.hash;
}
