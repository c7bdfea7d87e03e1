// Who the town is, said in the browser of a running town: who may, what is refused, what holds at once and over a restart, and the account that old prescriptions keep.
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PaymentGroupPage } from '../../server/contract/account.ts';
import type { PortalSession, PublicPayment } from '../../server/contract/portal.ts';
import type { TownAnswer, TownPage } from '../../server/contract/town.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { everyTownUrl } from '../cases/town.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { citizen, officer, stranger, type Client } from './town-client.ts';
import { caseOf, prescribedDog } from './town-steps.ts';

const OLD = '19-2000145399/0800';
const NEW = '19-123457/0710';
const database = await cloneDatabase();
let town: RunningTown;
let iveta: Client;
let hana: Client;
let jana: Client;

const comeIn = async (): Promise<void> => {
  iveta = await officer(town.url, 'u-iveta-zbornikova');
  hana = await officer(town.url, 'u-hana-vlckova');
  jana = await citizen(town.url, 'jana-novotna');
};
beforeAll(async () => {
  town = await startTown(database, { LOG_LEVEL: 'info' });
  await comeIn();
}, 120_000);
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed/);
});

const rows = (text: string): Promise<readonly unknown[]> =>
  withClient(everyTownUrl(database), async (client) => (await client.query(text)).rows);
const page = (): Promise<TownPage> => iveta.get('/urad/api/town');
/** What somebody without a login is told who knows the symbol and the amount; the code is drawn for the same account. */
async function withoutLogin({
  variableSymbol,
  amount,
}: {
  readonly variableSymbol: string;
  readonly amount: number;
}): Promise<readonly string[]> {
  const anybody = stranger(town.url);
  const { csrf } = await anybody.get<{ readonly csrf: string }>('/api/session');
  const { body } = await anybody.askOtherwise<PublicPayment>('POST', '/api/public-payments', {
    headers: { origin: town.url, 'x-csrf-token': csrf, 'content-type': 'application/json' },
    body: JSON.stringify({ variableSymbol, amount }),
  });
  expect(body.spayd).toContain(`ACC:${body.iban}*`);
  const code = await anybody.ask('GET', body.qrHref);
  return [body.account, `${code.status} ${code.headers.get('content-type') ?? ''}`];
}
/** The account of one code for several prescriptions. */
async function together(...fees: readonly { readonly id: string }[]): Promise<string> {
  const prescriptionIds = fees.map(({ id }) => id);
  const { account, iban, spayd } = await jana.send<PaymentGroupPage>('POST', '/api/account/groups', { prescriptionIds });
  expect(spayd).toContain(`ACC:${iban}*`);
  return account;
}
/** What is refused has a code, what is wrong has problems. */
async function save(change: object, more: object = {}): Promise<Partial<TownAnswer> & { readonly code?: string }> {
  const { facts, revision } = await page();
  return (await iveta.ask<TownAnswer>('PUT', '/urad/api/town', { facts: { ...facts, ...change }, revision, ...more })).body;
}

test('only an administrator sees and changes the facts of the town', async () => {
  const answers = [
    await hana.ask('GET', '/urad/api/town'),
    await hana.ask('PUT', '/urad/api/town', { facts: {}, revision: 0 }),
    await hana.ask('POST', '/urad/api/town/return', { to: 0, revision: 0 }),
  ];
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [403, 'not-permitted']));
  expect(await page()).toMatchObject({ revision: 0, locked: [], history: [], facts: { name: 'Lipová nad Orlicí', account: OLD } });
});

test('what cannot be right is told at its field, and nothing is saved', async () => {
  const told = await save({
    name: '',
    ico: '12345678',
    email: 'podatelna',
    phone: 'na vrátnici',
    web: 'javascript:alert(1)',
    dataBox: 'abc',
    account: '19-2000145398/0800',
    records: 'essl',
  });
  expect(told.problems?.map(({ path }) => path).toSorted()).toEqual([
    'town.account',
    'town.dataBox',
    'town.email',
    'town.ico',
    'town.name',
    'town.phone',
    'town.records',
    'town.web',
  ]);
  expect(told.problems?.find(({ path }) => path === 'town.account')?.message).toBe(
    'takové číslo účtu neexistuje, zkontrolujte ho včetně kódu banky',
  );
  expect((await save({ nesmysl: 'x' })).problems).toEqual([{ path: 'town.nesmysl', message: 'takový klíč nastavení nemá' }]);
  expect(await rows('select * from town_facts')).toEqual([]);
});

test('a new telephone and office hours hold at once, are in the history with who and what, and the second of two administrators is refused', async () => {
  const { facts } = await page();
  expect(await save({ phone: ' +420 465 111 222 ', officeHours: null })).toEqual({ problems: [] });

  const { town: card } = await jana.get<PortalSession>('/api/session');
  expect(card.phone).toBe('+420 465 111 222');
  const late = await iveta.ask('PUT', '/urad/api/town', { facts, revision: 0 });
  expect([late.status, late.body.code]).toEqual([409, 'town-changed']);
  const now = await page();
  expect(now.facts['officeHours']).toBeUndefined();
  expect(now.history).toMatchObject([
    {
      revision: 1,
      changedBy: 'Iveta Zborníková',
      takenFrom: null,
      changes: [
        'Úřední hodiny: pondělí a středa 8–17 hodin, ostatní pracovní dny 8–13 hodin, nově nic',
        'Telefon: +420 465 000 000, nově +420 465 111 222',
      ],
    },
  ]);
  expect(await rows('select revision, facts from town_facts')).toEqual([
    { revision: 1, facts: { phone: '+420 465 111 222', officeHours: null } },
  ]);
});

test(
  'another account needs a word that money waits for the old one; what is prescribed keeps the old one, over a restart too',
  { timeout: 300_000 },
  async () => {
    const before = await prescribedDog(jana, hana);
    const besides = await prescribedDog(jana, hana);
    const { account } = await page();
    expect(account).toMatchObject({ account: OLD, iban: 'CZ6508000000192000145399', bankAccount: OLD, earlier: [] });
    expect(account.openPrescriptions).toBeGreaterThan(0);
    expect(account.openAmount).toBeGreaterThan(0);

    expect((await save({ account: NEW })).code).toBe('town-account-unconfirmed');
    expect((await page()).account.account).toBe(OLD);
    expect(await save({ account: 'CZ10 0710 0000 1900 0012 3457' }, { accountConfirmed: true })).toMatchObject({
      problems: [{ path: 'town.account' }],
    });
    expect(await save({ account: ` ${NEW} ` }, { accountConfirmed: true })).toEqual({ problems: [] });

    const after = await prescribedDog(jana, hana);
    const accounts = async (): Promise<readonly string[]> =>
      Promise.all(
        [before, after].map(async ({ caseId, fee }) => {
          const card = (await caseOf(jana, caseId)).payments.find(({ id }) => id === fee.id);
          const mine = await jana.get<{ readonly account: string; readonly spayd: string }>(`/api/account/prescriptions/${fee.id}`);
          expect([card?.spayd.split('*')[2], mine.spayd.split('*')[2], mine.account]).toEqual([
            `ACC:${card?.iban ?? ''}`,
            `ACC:${card?.iban ?? ''}`,
            card?.account,
          ]);
          return card?.account ?? '';
        }),
      );
    expect(await accounts()).toEqual([OLD, NEW]);
    expect(await together(before.fee, besides.fee)).toBe(OLD);
    expect(await together(before.fee, after.fee)).toBe(NEW);
    expect(await withoutLogin(before.fee)).toEqual([OLD, '200 image/svg+xml']);
    expect(await withoutLogin(after.fee)).toEqual([NEW, '200 image/svg+xml']);

    await town.kill('SIGTERM');
    await town.startAgain();
    await comeIn();
    expect(await accounts()).toEqual([OLD, NEW]);
    expect((await page()).account).toMatchObject({ account: NEW, earlier: [{ account: OLD }] });
  },
);

test('of two administrators who save at the same moment one is refused and nothing of his is kept', async () => {
  const { facts, revision } = await page();
  const other = await officer(town.url, 'u-iveta-zbornikova');
  const replies = await Promise.all(
    [iveta, other].map((who, index) =>
      who.ask<TownAnswer & { readonly code?: string }>('PUT', '/urad/api/town', {
        facts: { ...facts, officeHours: `podoba ${String(index)}` },
        revision,
      }),
    ),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(replies.find(({ status }) => status === 409)?.body.code).toBe('town-changed');
  const winner = replies.findIndex(({ status }) => status === 200);
  expect(await page()).toMatchObject({ revision: revision + 1, facts: { officeHours: `podoba ${String(winner)}` } });
});

test('an administrator goes back to an earlier state, and to none of the changes', async () => {
  expect((await iveta.ask('POST', '/urad/api/town/return', { to: 99, revision: 3 })).body.code).toBe('town-revision-not-found');
  const asked = { to: 1, revision: 3 };
  expect((await iveta.ask('POST', '/urad/api/town/return', asked)).body.code).toBe('town-account-unconfirmed');
  await iveta.send('POST', '/urad/api/town/return', { ...asked, accountConfirmed: true });
  expect(await page()).toMatchObject({
    revision: 4,
    facts: { account: OLD, phone: '+420 465 111 222' },
    history: [{ takenFrom: 1 }, {}, {}, {}],
  });
  await iveta.send('POST', '/urad/api/town/return', { to: 0, revision: 4, accountConfirmed: true });
  expect((await page()).facts).toMatchObject({ phone: '+420 465 000 000', account: OLD });
});

test(
  'what the operator’s file says wins over the browser, and cannot be changed there; what it says to begin with can',
  { timeout: 180_000 },
  async () => {
    expect(await save({ email: 'prohlizec@lipova.example', web: 'https://prohlizec.example' })).toEqual({ problems: [] });
    const file = join(town.dataDir, 'mesto.yaml');
    writeFileSync(
      file,
      'email: soubor@lipova.example\naccount: 19-123457/0710\ninitial:\n  officeName: Radnice Lipová\n  web: https://zacatek.example\n',
    );
    await town.kill('SIGTERM');
    await town.startAgain({ TOWN_CONFIG: file });
    await comeIn();

    expect(await page()).toMatchObject({
      locked: ['town.email', 'town.account'],
      // A file may change the account too: since when which one held is written down all the same.
      account: { account: NEW, earlier: [{ account: OLD }, { account: NEW }, { account: OLD }] },
      facts: { email: 'soubor@lipova.example', officeName: 'Radnice Lipová', web: 'https://prohlizec.example' },
    });
    expect(await save({ email: 'jinak@lipova.example', account: OLD, officeName: 'Úřad města Lipová' })).toEqual({ problems: [] });
    expect((await page()).facts).toMatchObject({ email: 'soubor@lipova.example', account: NEW, officeName: 'Úřad města Lipová' });
  },
);

test('nothing of the record is changed or removed by the serving role', async () => {
  for (const table of ['town_facts', 'town_account'])
    for (const text of [`delete from ${table}`, `update ${table} set tenant_id = tenant_id`])
      await expect(withClient(database.appUrl, (client) => client.query(text))).rejects.toThrow(/permission denied/);
});
