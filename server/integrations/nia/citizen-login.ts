// NIA as one of the ways in which citizens log in: the shape the doors use, over the SAML of login.ts.
import type { Departure } from './authn-request.ts';
import type { Connector, MetadataShelf } from '../connector.ts';
import { checkNia } from './check.ts';
import { niaConfigSchema } from './config.ts';
import type { NiaConfig } from './config.ts';
import type { NiaIdentity } from './identity.ts';
import { createNiaLogin, newRequestId } from './login.ts';
import type { NiaLogin } from './login.ts';
import { openIdpKeys, publishedMetadata } from './idp-keys.ts';
import type { LogoutMessage, LogoutWish } from './logout-request.ts';
import type { Loa } from './names.ts';

export interface NiaCitizenLogin extends Connector {
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
  readonly saml: Pick<NiaLogin, 'metadata' | 'finishLogout' | 'answerLogout'> & {
    hearLogout(message: LogoutMessage): Promise<LogoutWish>;
  };
}

interface NiaBegun {
  readonly id: string;
  readonly departure: Departure;
  readonly secrets: Readonly<Record<string, string>>;
}

interface NiaCallback {
  readonly form: URLSearchParams;
}

/** `now` is the real system time. Without a shelf only the certificates of the settings hold. */
export function createNiaCitizenLogin(config: NiaConfig, now: () => Date = () => new Date(), shelf?: MetadataShelf): NiaCitizenLogin {
  const settings = niaConfigSchema.parse(config);
  const nia = createNiaLogin(config, now);
  const keys = openIdpKeys(settings, now, shelf);
  const metadata = publishedMetadata(settings, now);
  return {
    name: 'nia',
    effects: {},
    ...(metadata ? { metadata } : {}),
    check: () => checkNia(settings, { metadata, keys, shelf, now }),
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
      const identity = await nia.finish(form.get('SAMLResponse') ?? '', {
        inResponseTo: id,
        loa,
        isFirstUse,
        certificatesPem: await keys.certificatesPem(),
      });
      const { nameId, sessionIndex } = identity;
      return { identity, session: { nameId, sessionIndex } };
    },
    logout: async ({ nameId, sessionIndex }) =>
      typeof nameId === 'string' && typeof sessionIndex === 'string' ? nia.logout({ nameId, sessionIndex }) : undefined,
    saml: {
      metadata: nia.metadata,
      finishLogout: nia.finishLogout,
      hearLogout: async (message) => nia.hearLogout(message, await keys.certificatesPem()),
      answerLogout: nia.answerLogout,
    },
  };
}
