// Who logged in, read from the verified claims of the identity token by the names of the configuration.
import { z } from 'zod';
import { oursOf } from '../group-map.ts';
import type { OfficerLoginSettings } from './config.ts';
import { OfficerLoginRefused } from './refusal.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface OfficerIdentity {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** Our groups, after mapping. */
  readonly groups: readonly string[];
  /** Hint for the provider's logout. */
  readonly idToken: string;
  /** His subject in the directory of officers, when the provider told its key: the directory then says the groups. */
  readonly directorySubject?: string;
  /** With which the provider can be asked later whether he still works here. */
  readonly refreshToken?: string;
  /** What the provider calls the person and its own session: by these it may end ours. */
  readonly provider: { readonly sub: string; readonly sid?: string };
}

const text = z.string().min(1).max(1000);
const textOf = (claims: Claims, name: string): string | undefined => text.safeParse(claims[name]).data;

/** Throws `OfficerLoginRefused`. `theirs`: groups, as the token or the provider's other interface said. */
export function readIdentity(claims: Claims, theirs: readonly string[], idToken: string, settings: OfficerLoginSettings): OfficerIdentity {
  const { claims: names } = settings;
  const subject = names.subject.map((name) => textOf(claims, name));
  const name = firstOf(claims, names.name);
  if (subject.includes(undefined) || name === undefined) throw new OfficerLoginRefused('claims-missing');
  const directorySubject = directorySubjectOf(claims, names.directoryKey);
  const groups = oursOf(settings.groupMap, theirs);
  if (groups.length === 0 && directorySubject === undefined) throw new OfficerLoginRefused('no-role', 'cancelled');
  return {
    subject: subject.join(':'),
    name,
    email: firstOf(claims, names.email) ?? '',
    groups,
    idToken,
    provider: providerSessionOf(claims),
    ...(directorySubject === undefined ? {} : { directorySubject }),
  };
}

function providerSessionOf(claims: Claims): OfficerIdentity['provider'] {
  const [sub, sid] = [textOf(claims, 'sub') ?? '', textOf(claims, 'sid')];
  return sid === undefined ? { sub } : { sub, sid };
}

/** All groups and roles of the token; AD FS sends a single one as a text. */
export function groupsOf(claims: Claims, { claims: names }: OfficerLoginSettings): readonly string[] {
  return names.groups.flatMap((name) => {
    const value = claims[name];
    return z.array(z.string()).safeParse(Array.isArray(value) ? value : typeof value === 'string' ? [value] : []).data ?? [];
  });
}

/** Entra ID leaves the groups out when there are over 200 of them, and says so. */
export function hasTooManyGroups(claims: Claims): boolean {
  const elsewhere = claims['_claim_names'];
  return (
    claims['hasgroups'] === true ||
    claims['hasgroups'] === 'true' ||
    (typeof elsewhere === 'object' && elsewhere !== null && 'groups' in elsewhere)
  );
}

/** Throws `OfficerLoginRefused` `second-factor-missing` when it is demanded and the provider does not say that it was given. */
export function demandSecondFactor(claims: Claims, { secondFactor }: OfficerLoginSettings): void {
  if (!secondFactor) return;
  const methods = z.array(z.string()).safeParse(claims['amr']).data ?? [];
  const acr = textOf(claims, 'acr');
  const given = methods.some((method) => secondFactor.amr.includes(method)) || (acr !== undefined && secondFactor.acr.includes(acr));
  if (!given) throw new OfficerLoginRefused('second-factor-missing', 'cancelled');
}

const firstOf = (claims: Claims, names: readonly string[]): string | undefined =>
  names.map((name) => textOf(claims, name)).find((value) => value !== undefined);

/** objectGUID as a GUID, or as AD FS and Entra ID send it: base64 of its 16 bytes, the first three groups little-endian. */
function directorySubjectOf(claims: Claims, claim: string | undefined): string | undefined {
  const key = claim === undefined ? undefined : textOf(claims, claim);
  if (key === undefined) return undefined;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return `directory:${key.toLowerCase()}`;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(key)) throw new OfficerLoginRefused('claims-missing');
  const bytes = Buffer.from(key, 'base64');
  const part = (from: number, to: number, isReversed: boolean): string => {
    const piece = Buffer.from(bytes.subarray(from, to));
    return (isReversed ? piece.reverse() : piece).toString('hex');
  };
  return `directory:${part(0, 4, true)}-${part(4, 6, true)}-${part(6, 8, true)}-${part(8, 10, false)}-${part(10, 16, false)}`;
}
