// NIA as one of the ways in which citizens log in: the shape the doors use, over the SAML of login.ts.
import type { Departure } from './authn-request.ts';
import type { NiaConfig } from './config.ts';
import type { NiaIdentity } from './identity.ts';
import { createNiaLogin, newRequestId } from './login.ts';
import type { NiaLogin } from './login.ts';
import type { Loa } from './names.ts';

export interface NiaCitizenLogin {
  readonly title: string;
  readonly hint: string;
  readonly highest: Loa;
  readonly origins: readonly string[];
  start(wanted: { readonly loa: Loa; readonly fresh: boolean }): Promise<NiaBegun>;
  idOf(callback: NiaCallback): string | undefined;
  finish(
    callback: NiaCallback,
    expected: { readonly id: string; readonly loa: Loa; isFirstUse(id: string, until: Date): Promise<boolean> },
  ): Promise<{ readonly identity: NiaIdentity; readonly session: { readonly nameId: string; readonly sessionIndex: string } }>;
  logout(session: Readonly<Record<string, unknown>>): Promise<string | undefined>;
  readonly saml: Pick<NiaLogin, 'metadata' | 'finishLogout' | 'hearLogout' | 'answerLogout'>;
}

interface NiaBegun {
  readonly id: string;
  readonly departure: Departure;
  readonly secrets: Readonly<Record<string, string>>;
}

interface NiaCallback {
  readonly form: URLSearchParams;
}

/** `now` is the real system time. */
export function createNiaCitizenLogin(config: NiaConfig, now?: () => Date): NiaCitizenLogin {
  const nia = createNiaLogin(config, now);
  return {
    title: 'Identita občana (NIA)',
    hint: 'Bankovní identita, eObčanka, mobilní klíč eGovernmentu, NIA ID a další prostředky Národního bodu.',
    highest: 'high',
    origins: [nia.origin],
    start: async ({ loa, fresh }) => {
      const id = newRequestId();
      return { id, departure: nia.start({ id, relayState: id, loa, ...(fresh ? { forceAuthn: true } : {}) }), secrets: {} };
    },
    idOf: ({ form }) => form.get('RelayState') ?? undefined,
    finish: async ({ form }, { id, loa, isFirstUse }) => {
      const identity = await nia.finish(form.get('SAMLResponse') ?? '', { inResponseTo: id, loa, isFirstUse });
      const { nameId, sessionIndex } = identity;
      return { identity, session: { nameId, sessionIndex } };
    },
    logout: async ({ nameId, sessionIndex }) =>
      typeof nameId === 'string' && typeof sessionIndex === 'string' ? nia.logout({ nameId, sessionIndex }) : undefined,
    saml: { metadata: nia.metadata, finishLogout: nia.finishLogout, hearLogout: nia.hearLogout, answerLogout: nia.answerLogout },
  };
}
