// What the simulated provider puts into identity tokens: in the shape of plain OpenID Connect, of Entra ID, or of AD FS.
import { createHash } from 'node:crypto';
import type { DemoOfficer } from './demo-officers.ts';

export type ProviderShape = 'openid' | 'entra' | 'adfs';

/** Tenant of the simulated Entra ID. */
export const DEMO_TENANT = '0b1c9a1e-5f1d-4c53-9c3c-6e1f00000001';

/** Entra ID tells groups by GUID; the demo's follow from their names. */
export function guidOfName(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Claims by the scope that brings them. */
export function claimsByScope(shape: ProviderShape): Readonly<Record<string, string[]>> {
  if (shape === 'entra')
    return {
      openid: ['sub', 'oid', 'tid', 'groups', '_claim_names', '_claim_sources', 'amr', 'acr'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
    };
  if (shape === 'adfs')
    return { openid: ['sub', 'upn', 'unique_name', 'group', 'amr', 'acr'], profile: [], email: ['email'], allatclaims: [] };
  return { openid: ['sub', 'amr', 'acr'], profile: ['name', 'preferred_username'], email: ['email'], groups: ['groups'] };
}

export interface ClaimRules {
  readonly shape: ProviderShape;
  /** More groups than this are left out and asked of Graph (200 in the real one). */
  readonly groupLimit: number;
}

export function claimsOf(
  { subject, login, name, email, groups }: DemoOfficer,
  { shape, groupLimit }: ClaimRules,
): { sub: string; [claim: string]: unknown } {
  const principal = `${login}@lipova.example`;
  if (shape === 'adfs') {
    const [only] = groups;
    return {
      sub: subject,
      upn: principal,
      unique_name: `LIPOVA\\${login}`,
      email,
      group: groups.length === 1 ? only : [...groups],
    };
  }
  if (shape === 'openid') return { sub: subject, preferred_username: login, name, email, groups: [...groups] };
  const elsewhere = {
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.windows.net/neptat-se-tady' } },
  };
  return {
    sub: subject,
    oid: guidOfName(subject),
    tid: DEMO_TENANT,
    preferred_username: principal,
    name,
    email,
    ...(groups.length > groupLimit ? elsewhere : { groups: groups.map(guidOfName) }),
  };
}
