// Checks of logins: they send browsers away and cannot be tried without a person, but their addresses and certificates can be looked at.
import { X509Certificate } from 'node:crypto';
import type { CheckResult } from './connector.ts';

const PATIENCE_MS = 10_000;
const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

/** An answer that is no server's failure is enough: the page behind it is meant for people. */
export async function checkAddress(url: string, service: string, fetchImpl: typeof fetch = fetch): Promise<CheckResult> {
  try {
    const { status } = await fetchImpl(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (status >= 500) return { ok: false, text: `${service} odpovídá chybou ${status}.` };
    return { ok: true, text: `${service} odpovídá.` };
  } catch {
    return { ok: false, text: `${service} neodpovídá na adrese ${new URL(url).origin}.` };
  }
}

/** The metadata of a provider of OpenID Connect, and that it calls itself as the town expects. */
export async function checkDiscovery(
  { issuer, discoveryUrl }: { readonly issuer: string; readonly discoveryUrl?: string | undefined },
  service: string,
  fetchImpl: typeof fetch = fetch,
): Promise<CheckResult> {
  const url = discoveryUrl ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetchImpl(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) return { ok: false, text: `${service} nevydává svá metadata (odpověď ${answer.status}).` };
    const { issuer: named } = (await answer.json()) as { readonly issuer?: unknown };
    if (named !== issuer) return { ok: false, text: `${service} se představuje jinak, než je nastaveno: ${String(named)}.` };
    return { ok: true, text: `${service} odpovídá a představuje se správně.` };
  } catch {
    return { ok: false, text: `${service} neodpovídá na adrese ${new URL(url).origin}.` };
  }
}

/** Undefined = all is well. A certificate that ends within thirty days is told already now, as a trouble that somebody has to work on. */
export function certificateTrouble(pem: string, whose: string, now: Date): CheckResult | undefined {
  const { validTo } = new X509Certificate(pem);
  const daysLeft = Math.floor((new Date(validTo).getTime() - now.getTime()) / DAY_MS);
  const day = new Date(validTo).toLocaleDateString('cs-CZ', { timeZone: 'Europe/Prague' });
  if (daysLeft < 0) return { ok: false, text: `${whose} skončila platnost ${day}.` };
  return daysLeft < SOON_DAYS ? { ok: false, text: `${whose} končí platnost ${day}; vyměňte ho včas.` } : undefined;
}
