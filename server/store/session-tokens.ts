// Which parts of a session are tokens, and where they are sealed: they open only in the town and at the moment of the session that they came with.
import type { TokenSeal } from '../platform/token-seal.ts';
import type { SessionDetail, SessionKind } from './sessions.ts';

/** Whoever has one of them can speak to the provider as the person. */
const TOKENS: readonly string[] = ['idToken', 'refreshToken'];

/** What does not change while a session lives: its cookie and even its person may (joined identities). */
export interface SealedPlace {
  readonly tenantId: number;
  readonly kind: SessionKind;
  readonly createdAt: Date;
}
const about = ({ tenantId, kind, createdAt }: SealedPlace): string => `session.tokens|${tenantId}|${kind}|${createdAt.toISOString()}`;

/** `asks`: the provider can be asked by it whether the person still works here. */
export function sealTokens(
  seal: TokenSeal,
  place: SealedPlace,
  told: SessionDetail,
): { readonly detail: SessionDetail; readonly tokens: string | null } {
  const entries = Object.entries(told);
  const tokens = entries.filter(([name]) => TOKENS.includes(name));
  if (tokens.length === 0) return { detail: told, tokens: null };
  const rest = Object.fromEntries(entries.filter(([name]) => !TOKENS.includes(name)));
  const asks = tokens.some(([name]) => name === 'refreshToken');
  return { detail: asks ? { ...rest, asks } : rest, tokens: seal.seal(JSON.stringify(Object.fromEntries(tokens)), about(place)) };
}

/** Undefined when they do not open. */
export function openTokens(seal: TokenSeal, place: SealedPlace, tokens: string): SessionDetail | undefined {
  const text = seal.open(tokens, about(place));
  return text === undefined ? undefined : (JSON.parse(text) as SessionDetail);
}
