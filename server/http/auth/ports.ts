// What the doors need from identity providers. The connectors fit these shapes; wire.ts puts them together.
import type { CitizenIdentity, Loa } from '../../people/citizens.ts';
import type { DirectoryOfficer } from '../../people/officers.ts';

export type Departure =
  | { readonly binding: 'redirect'; readonly url: string }
  | { readonly binding: 'post'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** What came back with the browser: the full address, and the form where the provider posts one. */
export interface LoginCallback {
  readonly url: URL;
  readonly form: URLSearchParams;
}

export interface LoginStart {
  /** Key of the login under way: InResponseTo, state or appToken. Nobody can guess it. */
  readonly id: string;
  readonly departure: Departure;
  /** Kept on the server until the browser comes back. */
  readonly secrets: Readonly<Record<string, string>>;
}

export interface LoginExpected {
  readonly id: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** Lowest level accepted. */
  readonly loa: Loa;
  /** Remembers an answer of the provider until the given time; false when it was seen before. */
  isFirstUse(id: string, until: Date): Promise<boolean>;
}

export interface LoginOutcome {
  readonly identity: CitizenIdentity;
  /** What the provider's logout will need; kept with the session. */
  readonly session: Readonly<Record<string, string>>;
}

/** One way in which citizens log in. */
export interface CitizenLogin {
  /** Words on the button of the choice, Czech. */
  readonly title: string;
  /** One Czech sentence for whom it is. */
  readonly hint: string;
  /** The highest level of assurance that it can vouch for. */
  readonly highest: Loa;
  /** Origins outside that the browser is sent to, for the content security policy. */
  readonly origins: readonly string[];
  /** `fresh`: the provider is to ask the person again even if it knows them. */
  start(wanted: { readonly loa: Loa; readonly fresh: boolean }): Promise<LoginStart>;
  /** Key of the login that this answer belongs to; undefined = the newest one of this browser. */
  idOf(callback: LoginCallback): string | undefined;
  /** Throws an error of the shape `LoginRefusal`. */
  finish(callback: LoginCallback, expected: LoginExpected): Promise<LoginOutcome>;
  /** Address of the provider's logout; undefined when there is none. */
  logout?(session: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  /** A logout that the provider tells directly. Throws a `LoginRefusal`. */
  hearLogout?(token: string): Promise<ToldLogout>;
  /** Addresses that only SAML has. */
  readonly saml?: SamlFace;
}

/** By the name in addresses (`nia`, `mojeid` …), in the order in which they are offered. */
export type CitizenLogins = Readonly<Partial<Record<string, CitizenLogin>>>;

/** Sessions that a provider of OpenID Connect ended: by its names of the person and of its own session; at least one is there. */
export interface ToldLogout {
  readonly id: string;
  /** Until when the same order could come again. */
  readonly until: Date;
  readonly sub?: string;
  readonly sid?: string;
}

export interface SamlFace {
  /** Signed metadata of the service provider. */
  metadata(): string;
  finishLogout(samlResponse: string): { readonly success: boolean };
  /** A logout that the provider began. Throws an error of the shape `LoginRefusal`. */
  hearLogout(message: { readonly parameters: URLSearchParams; readonly binding: 'redirect' | 'post'; readonly query: string }): Promise<{
    readonly id: string;
    readonly nameId: string;
    readonly sessionIndexes: readonly string[];
    readonly until: Date;
  }>;
  /** Address to send the browser to when that logout is done. */
  answerLogout(inResponseTo: string, relayState?: string): string;
}

/** Adds an identity to the person of a session; the person has just proved it. Codes of refusals are stable words. */
export type JoinIdentity = (
  tenantId: number,
  join: { readonly session: string; readonly provider: string; readonly identity: CitizenIdentity },
) => Promise<{ readonly joined: true; readonly cookie?: string } | { readonly refused: string }>;

/** Login of officers by the name and password of the office's directory. Throws a `LoginRefusal`. */
export interface PasswordLogin {
  logIn(login: string, password: string): Promise<DirectoryOfficer>;
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
    /** Subject in the directory of officers, when the provider told it: the directory says the groups. */
    readonly directorySubject?: string;
    /** With which the provider is asked later whether he still works here. */
    readonly refreshToken?: string;
    /** What the provider calls the person and its own session. */
    readonly provider: { readonly sub: string; readonly sid?: string };
  }>;
  /** Throws a `LoginRefusal`. */
  hearLogout(token: string): Promise<ToldLogout>;
  /** What a frame on the provider's page says. Throws a `LoginRefusal`. */
  hearFrame(query: URLSearchParams): { readonly sid: string };
  readonly frameOrigin: string;
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
