// What the doors need from an identity provider. The connectors fit these shapes; wire.ts puts them together.
import type { CitizenIdentity, Loa } from '../../people/citizens.ts';

export type Departure =
  | { readonly binding: 'redirect'; readonly url: string }
  | { readonly binding: 'post'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

export interface CitizenLogin {
  metadata(): string;
  start(input: { readonly id: string; readonly relayState: string; readonly loa: Loa; readonly forceAuthn?: boolean }): Departure;
  finish(
    samlResponse: string,
    expected: { readonly inResponseTo: string; readonly loa: Loa; isFirstUse(id: string, until: Date): Promise<boolean> },
  ): Promise<CitizenIdentity & { readonly nameId: string; readonly sessionIndex: string }>;
  /** Address of the identity provider's logout. */
  logout(input: { readonly nameId: string; readonly sessionIndex: string }): string;
  finishLogout(samlResponse: string): { readonly success: boolean };
  /** Origin of the provider, for the content security policy. */
  readonly origin: string;
}

export interface OfficerLoginSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OfficerLogin {
  start(): Promise<{ readonly url: string; readonly secrets: OfficerLoginSecrets }>;
  finish(
    callback: URL,
    secrets: OfficerLoginSecrets,
  ): Promise<{
    readonly subject: string;
    readonly name: string;
    readonly email: string;
    readonly groups: readonly string[];
    readonly idToken: string;
  }>;
  /** Undefined when the provider has no logout. */
  logoutUrl(idToken: string): Promise<string | undefined>;
}

/** Connectors refuse a login by an error with a stable code; `cancelled` is the person's or the provider's no. */
export interface LoginRefusal {
  readonly code: string;
  readonly kind: 'cancelled' | 'untrusted';
}

/** Shape, not class: this floor does not import connectors. */
export function asLoginRefusal(error: unknown): LoginRefusal | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('kind' in error)) return undefined;
  const { code, kind } = error;
  return typeof code === 'string' && (kind === 'cancelled' || kind === 'untrusted') ? { code, kind } : undefined;
}
