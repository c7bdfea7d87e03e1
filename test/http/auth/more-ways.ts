// mojeID, Bank iD and the data boxes beside NIA, each with its simulator under the town's own address.
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import { createIsdsLogin } from '../../../server/integrations/isds-login/login.ts';
import { createIsdsLoginSimulator } from '../../../server/integrations/isds-login/simulator.ts';
import { demoBoxes } from '../../../server/integrations/isds/simulator.ts';
import { demoCitizens } from '../../../server/integrations/nia/demo-citizens.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import { createOidcLogin } from '../../../server/integrations/oidc-login/login.ts';
import { createOidcLoginSimulator } from '../../../server/integrations/oidc-login/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import type { SigningKey } from '../../../server/integrations/xml-signature.ts';
import type { MoreWays } from './a-town.ts';

const SECRET = 'a-secret-of-the-test-only';

export async function openMoreWays(url: string, townKey: SigningKey): Promise<MoreWays> {
  const [oidcKey, channelKey] = await Promise.all([createKeyPair('OIDC'), createKeyPair('localhost')]);
  const clock = { now: () => new Date() };
  const given = (name: string) => ({
    baseUrl: `${url}/zkusebni-svet/${name}`,
    store: createMemoryStore(),
    clock,
    faults: createFaultPlan(createMemoryStore(), clock),
  });
  const returnTo = (name: string): string => `${url}/prihlaseni/${name}/navrat`;
  const oidc = (profile: 'mojeid' | 'bankid') => ({
    login: createOidcLogin({
      ...{ profile, issuer: `${url}/zkusebni-svet/${profile}`, clientId: 'portal', clientSecret: SECRET },
      ...{ redirectUri: returnTo(profile), allowInsecure: true },
    }),
    simulator: createOidcLoginSimulator({
      ...given(profile),
      ...{ profile, people: demoCitizens, privateKeyPem: oidcKey.privateKeyPem },
      client: {
        id: 'portal',
        secret: SECRET,
        redirectUri: returnTo(profile),
        backchannelLogoutUri: `${url}/prihlaseni/${profile}/odhlaseno`,
      },
    }),
  });
  const [mojeid, bankid] = [oidc('mojeid'), oidc('bankid')];
  const boxes = createIsdsLoginSimulator({
    ...given('isds-login'),
    ...{ boxes: demoBoxes, channelPort: 0, tls: channelKey },
    application: { atsId: 'A1', returnUrl: returnTo('isds'), certificatePem: townKey.certificatePem, afterLogoutUrl: `${url}/odhlaseni` },
  });
  const isds = createIsdsLogin({
    ...{ atsId: 'A1', portalUrl: `${url}/zkusebni-svet/isds-login`, afterLogoutUrl: `${url}/odhlaseni` },
    confirmUrl: `https://localhost:${String(await boxes.listening)}/asws/extIs2Endpoint`,
    ...townKey,
    authorityPem: channelKey.certificatePem,
  });
  return {
    logins: { mojeid: mojeid.login, bankid: bankid.login, isds },
    rooms: {
      '/zkusebni-svet/mojeid': mojeid.simulator.middleware,
      '/zkusebni-svet/bankid': bankid.simulator.middleware,
      '/zkusebni-svet/isds-login': boxes.middleware,
    },
    close: () => boxes.close(),
  };
}
