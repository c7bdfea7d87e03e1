// Login of officers in the shapes of Entra ID and AD FS: keys, groups by GUID, too many groups, the second factor, and the check of the configuration.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOfficerLogin } from '../../../server/integrations/officer-login/index.ts';
import type { OfficerIdentity, OfficerLoginConfig } from '../../../server/integrations/officer-login/index.ts';
import { DEMO_TENANT, guidOfName } from '../../../server/integrations/officer-login/simulator-claims.ts';
import { comeBack, startProvider, type TestProvider } from './a-provider.ts';

const HEAD = 'u-ludmila-kratka'; // vedouci, evidence, informace
const CLERK = 'u-hana-vlckova'; // evidence

async function logIn(config: OfficerLoginConfig, subject: string): Promise<OfficerIdentity> {
  const login = createOfficerLogin(config);
  const { url, secrets } = await login.start();
  return login.finish(await comeBack(url, subject), secrets);
}

describe('Entra ID', () => {
  let provider: TestProvider;
  const groupMap = { [guidOfName('evidence').toUpperCase()]: 'evidence', [guidOfName('vedouci')]: ['vedouci', 'informace'] };
  beforeAll(async () => {
    provider = await startProvider({ shape: 'entra', groupLimit: 2, amr: ['pwd', 'mfa'] }, groupMap);
  });
  afterAll(() => provider.close());

  test('knows an officer by tenant and object, not by name or mail, and tells groups by GUID', async () => {
    expect(await logIn(provider.config, CLERK)).toMatchObject({
      subject: `${DEMO_TENANT}:${guidOfName(CLERK)}`,
      name: 'Hana Vlčková',
      email: 'hana.vlckova@lipova.example',
      groups: ['evidence'],
    });
  });

  test('leaves out too many groups: the configured Graph is asked for them', async () => {
    const identity = await logIn({ ...provider.config, graphUrl: `${provider.issuer}/graph` }, HEAD);

    expect(identity.groups).toEqual(['vedouci', 'informace', 'evidence']);
  });

  test('leaves out too many groups: without Graph the officer is not let in as somebody without groups', async () => {
    await expect(logIn(provider.config, HEAD)).rejects.toMatchObject({ code: 'groups-missing', kind: 'cancelled' });
    await expect(logIn({ ...provider.config, graphUrl: `${provider.issuer}/jinde` }, HEAD)).rejects.toMatchObject({
      code: 'groups-missing',
    });
    await expect(logIn({ ...provider.config, graphUrl: 'http://graph.example' }, HEAD)).rejects.toMatchObject({ code: 'groups-missing' });
  });

  test.each(['common', 'organizations', 'consumers'])('of everybody in the world (%s) is refused as a configuration', (tenant) => {
    expect(() => createOfficerLogin({ ...provider.config, issuer: `https://login.microsoftonline.com/${tenant}/v2.0` })).toThrow(
      'ID vašeho tenantu',
    );
  });

  test('says that a second factor was given', async () => {
    expect(await logIn({ ...provider.config, secondFactor: { amr: ['mfa', 'hwk'] } }, CLERK)).toMatchObject({ groups: ['evidence'] });
  });
});

describe('AD FS', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({ shape: 'adfs' }, { evidence: 'evidence', vedouci: 'vedouci' });
  });
  afterAll(() => provider.close());

  test('sends a single group as a text and several as a list', async () => {
    expect(await logIn(provider.config, CLERK)).toMatchObject({
      name: 'LIPOVA\\vlckova',
      email: 'hana.vlckova@lipova.example',
      groups: ['evidence'],
    });
    expect((await logIn(provider.config, HEAD)).groups).toEqual(['vedouci', 'evidence']);
  });

  test.each([[{ amr: ['mfa'] }], [{ acr: ['urn:druhy-faktor'], ask: 'urn:druhy-faktor' }]])(
    'without the second factor that is demanded (%j) lets nobody in',
    async (secondFactor) => {
      await expect(logIn({ ...provider.config, secondFactor }, CLERK)).rejects.toMatchObject({
        code: 'second-factor-missing',
        kind: 'cancelled',
      });
    },
  );

  test('is asked for the second factor', async () => {
    const { url } = await createOfficerLogin({ ...provider.config, secondFactor: { acr: ['x'], ask: 'x' } }).start();

    expect(new URL(url).searchParams.get('acr_values')).toBe('x');
  });

  test('is checked: it answers and knows the application', async () => {
    expect(await createOfficerLogin(provider.config).check()).toEqual({ ok: true, text: expect.stringContaining('aplikaci zná') });
  });

  test.each<[string, Partial<OfficerLoginConfig>, string]>([
    ['with a wrong secret', { clientSecret: 'another-secret-of-nobody' }, 'odmítl aplikaci'],
    ['with an unknown application', { clientId: 'nekdo-jiny' }, 'odmítl aplikaci'],
    ['on an address where nobody is', { issuer: 'http://localhost:9' }, 'neodpovídá nebo na této adrese není'],
  ])('is checked: %s', async (_what, changes, words) => {
    expect(await createOfficerLogin({ ...provider.config, ...changes }).check()).toEqual({
      ok: false,
      text: expect.stringContaining(words),
    });
  });
});
