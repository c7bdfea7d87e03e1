// A town reads what NIA publishes about its keys: through a change of them, through an outage, a restart, and an attacker who gives old metadata back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNiaCitizenLogin } from '../../server/integrations/nia/index.ts';
import type { NiaCitizenLogin } from '../../server/integrations/nia/index.ts';
import { createNiaSimulator } from '../../server/integrations/nia/simulator.ts';
import { signingKey } from '../../server/integrations/nia/simulator-keys.ts';
import { emptyState, apply } from '../../server/integrations/nia/simulator-state.ts';
import { createMemoryStore } from '../../server/integrations/simulator-store.ts';
import { readPublishedMetadata } from '../../server/jobs/read-published-metadata.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { metadataShelf } from '../../server/wire/metadata-shelf.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { NOW, REQUEST, anAssertion, posted, signedResponse, theParties } from '../integrations/nia/a-response.ts';
import type { Parties } from '../integrations/nia/a-response.ts';
import { configOf } from '../integrations/nia/some-metadata.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const PATH = '/FPSTS/FederationMetadata/2007-06/FederationMetadata.xml';
const database = await cloneDatabase();
const DAY = 86_400_000;
let town: TestTown;
let parties: Parties;
let nia: SimulatedServer;
const journal = createMemoryStore();
let now = NOW;
beforeAll(async () => {
  [town, parties] = await Promise.all([openTestTown(database), theParties()]);
  nia = await serve((options) => createNiaSimulator({ ...options, key: parties.nia, serviceProviders: [], now: () => now }), {
    store: journal,
  });
});
afterAll(async () => {
  await nia.close();
  await town.close();
});

/** As after a restart: nothing is remembered but what the database holds. */
const aLogin = (url = `${nia.baseUrl}${PATH}`): NiaCitizenLogin =>
  createNiaCitizenLogin(
    configOf(parties, { metadataUrl: url, ssoUrl: `${nia.baseUrl}/` }),
    () => now,
    metadataShelf(town.db, town.tenantId),
  );
const workshop = (login = aLogin()): Workshop => ({ ...aWorkshop(town, []), connectors: [login] });
/** The next reading is due at once: a test does not wait for it. */
async function read(login = aLogin()): Promise<number> {
  await town.sql(`update nia_metadata_reading set next_at = clock_timestamp() - interval '1 second'`);
  return readPublishedMetadata(workshop(login));
}
const state = () => {
  const from = emptyState();
  for (const entry of journal.read()) apply(from, entry as never);
  return from;
};
async function enter(key = signingKey(state().keys, parties.nia), login = aLogin()): Promise<string> {
  const response = posted(await signedResponse({ ...parties, nia: key }, anAssertion({ issuedAt: now }), { issuedAt: now }));
  const form = new URLSearchParams({ SAMLResponse: response });
  const { identity } = await login.finish({ form }, { id: REQUEST, loa: 'substantial', isFirstUse: async () => true });
  return identity.givenName;
}
const documents = () =>
  town.sql<{ superseded: boolean }>(
    'select superseded_at is not null as superseded from nia_metadata where tenant_id = $1 order by first_read_at',
    [town.tenantId],
  );

describe('a town that reads the metadata of NIA', () => {
  test('reads them once in an hour, however often it is poked', async () => {
    expect(await readPublishedMetadata(workshop())).toBe(1);
    for (let pokes = 0; pokes < 3; pokes += 1) expect(await readPublishedMetadata(workshop())).toBe(0);
    expect(await documents()).toEqual([{ superseded: false }]);
    const [row] = await town.sql<{ minutes: number }>(
      `select round(extract(epoch from next_at - clock_timestamp()) / 60)::int as minutes from nia_metadata_reading where tenant_id = $1`,
      [town.tenantId],
    );
    expect(row?.minutes).toBe(60);
  });

  test('lets people in through the whole change of the signing certificate, and tells the administrator of the new one', async () => {
    const old = parties.nia;
    expect(await enter()).toBe('JANA');
    await nia.act('changeKey', {});
    expect(await read()).toBe(1);
    expect(await enter()).toBe('JANA');
    await nia.act('changeKey', {});
    const next = signingKey(state().keys, old);
    expect(next.certificatePem).not.toBe(old.certificatePem);
    expect([await enter(next), await enter(old)]).toEqual(['JANA', 'JANA']);
    expect(await aLogin().check()).toMatchObject({
      ok: true,
      text: expect.stringMatching(/Nový podpisový certifikát NIA platí od \d+\. \d+\. \d{4}/),
    });
    await nia.act('changeKey', {});
    await read();
    expect(await enter(next)).toBe('JANA');
  });

  test('lets people in after a restart when the address is dead, until the end of what was read, and says since when it is so', async () => {
    const next = signingKey(state().keys, parties.nia);
    await nia.faults.set([{ operation: 'metadata', kind: 'unavailable' }]);
    expect(await read()).toBe(0);
    expect(await enter(next)).toBe('JANA');
    const said = await aLogin().check();
    expect(said).toMatchObject({
      ok: false,
      text: expect.stringMatching(/^Metadata NIA nejdou načíst od .* \d{4}.*: na adrese metadata nejsou\. Přihlášení se zatím/),
    });
    now = new Date(NOW.getTime() + 15 * DAY);
    await expect(enter(next)).rejects.toThrow('signature-invalid');
    expect(await enter(parties.nia)).toBe('JANA');
    expect((await aLogin().check()).text).toContain('jen podle certifikátů v nastavení');
    now = NOW;
    await nia.faults.set([]);
    expect(await read()).toBe(1);
    expect((await aLogin().check()).ok).toBe(true);
  });

  test.each(['malformed', 'lose-answer', 'fail-before'] as const)(
    'keeps what it has when the other side answers badly: %s',
    async (kind) => {
      const before = await documents();
      await nia.faults.set([{ operation: 'metadata', kind }]);
      expect(await read()).toBe(0);
      await nia.faults.set([]);
      expect(await documents()).toEqual(before);
      expect(await enter()).toBe('JANA');
    },
  );

  test('does not take metadata that were replaced before, nor ones that end sooner', async () => {
    const known = await (await fetch(`${nia.baseUrl}${PATH}`)).text();
    let given = known;
    const url = `${nia.baseUrl}/zrcadlo`;
    // An attacker on the way who holds documents that NIA once signed.
    const mirror = aLogin(url);
    const attacked: NiaCitizenLogin = {
      ...mirror,
      metadata: { source: url, read: async () => (await readThrough(given)).read() },
    };
    expect(await read(attacked)).toBe(1);
    now = new Date(NOW.getTime() + DAY);
    given = await (await fetch(`${nia.baseUrl}${PATH}`)).text();
    expect(await read(attacked)).toBe(1);
    given = known;
    expect(await read(attacked)).toBe(0);
    const [reading] = await town.sql('select code, failing_since is not null as failing from nia_metadata_reading where source = $1', [
      url,
    ]);
    expect(reading).toEqual({ code: 'metadata-older', failing: true });
    now = NOW;
    given = await (await fetch(`${nia.baseUrl}${PATH}`)).text(); // never seen, but it ends a day sooner than what is known
    expect(await read(attacked)).toBe(0);
  });

  test('keeps each town’s and each address’s metadata apart', async () => {
    const elsewhere = aLogin(`${nia.baseUrl}/jinde`);
    await expect(enter(signingKey(state().keys, parties.nia), elsewhere)).rejects.toThrow('signature-invalid');
    expect((await metadataShelf(town.db, town.tenantId + 1).kept(`${nia.baseUrl}${PATH}`)).document).toBeUndefined();
  });
});

/** What the connector reads when somebody on the way answers with this document. */
async function readThrough(xml: string) {
  const server = await serve(() => ({
    name: 'mirror',
    title: '',
    middleware: async (ctx) => void (ctx.body = xml),
    ledger: () => null,
    close: async () => undefined,
  }));
  const { metadata } = aLogin(`${server.baseUrl}/x`);
  return {
    read: async () => {
      try {
        return (await metadata?.read()) ?? expect.fail('no metadata');
      } finally {
        await server.close();
      }
    },
  };
}
