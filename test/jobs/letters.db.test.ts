// By which way a letter goes: the data box that is looked up at sending, e-mail only where the diagram allows it, else paper; and what a refusal does.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { OutsideFailure } from '../../server/integrations/connector.ts';
import { createPostConnector } from '../../server/integrations/post/index.ts';
import { findDataBoxes } from '../../server/jobs/find-data-boxes.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { routed } from '../../server/jobs/route-letter.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { effect, situation, startForm, userTask } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { end, input, path } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, leasesRunOut, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
const BOX = 'jnovak7';
let town: TestTown;
let isds: OtherSide;
let mail: OtherSide;
let workshop: Workshop;
/** What ISDS says when it is asked for the box. */
let lookUp: () => Promise<string | undefined>;

const letters = (id: string, ...inputs: readonly string[]) => ({
  ...situation(id, [
    startForm,
    effect('dopis', 'document.issue', [input('template', 'dopis-x'), input('title', 'Výzva')], 'spis:result="dopis"'),
    effect('dorucit', 'letter.deliver', [input('documentId', '=dopis.documentId'), ...inputs], 'spis:result="odeslano"'),
    userTask('kontrola'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'dopis', 'dorucit', 'kontrola', 'hotovo'),
  ]),
  'texts/dopis-x.cs.md': '---\nsubject: Výzva\n---\nVyzýváme vás.\n',
});
/** The form asks where the applicant wants to be written to. */
function withEmailField(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const form = JSON.parse(files['forms/podani.form.json'] ?? '{}') as { components: object[] };
  form.components.push({ type: 'textfield', key: 'email', label: 'E-mail', properties: { prefill: 'identity.email' } });
  return { ...files, 'forms/podani.form.json': JSON.stringify(form) };
}
beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('prisny', withEmailField(letters('prisny', input('personalDelivery', 'yes'))));
  await town.install('bez-fikce', letters('bez-fikce', input('fiction', 'no')));
  await town.install('kontakt', withEmailField(letters('kontakt', input('email', 'yes'))));
});
beforeEach(async () => {
  isds = openOtherSide('isds');
  mail = openOtherSide('mail', false);
  lookUp = () => Promise.resolve(undefined);
  workshop = {
    ...aWorkshop(town, [isds, mail]),
    connectors: [isds.connector, mail.connector, createPostConnector()],
    findDataBox: () => lookUp(),
  };
  await town.sql(`update person set data_box = null, email = 'jana@example.cz' where id = $1`, [town.citizen.id]);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const sent = async (caseId: string) =>
  (
    await town.sql<{ effect: string; state: string; input: Record<string, unknown>; answer: unknown; last_error: string | null }>(
      `select effect, state, input, answer, last_error from outbox where case_id = $1 and element_id = 'dorucit'`,
      [caseId],
    )
  )[0];

test('the box is looked up when the letter goes, and remembered', async () => {
  lookUp = () => Promise.resolve(BOX);
  const caseId = await town.file('prisny');
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({
    effect: 'isds.send',
    state: 'done',
    input: { to: BOX, personalDelivery: true, subject: 'Výzva' },
    answer: { channel: 'data-box' },
  });
  expect(await town.sql('select data_box from person where id = $1', [town.citizen.id])).toEqual([{ data_box: BOX }]);
  expect(await town.waits(caseId)).toContain('task kontrola');
});

test('a letter that may not be delivered by fiction says so to the data boxes', async () => {
  lookUp = () => Promise.resolve(BOX);
  const caseId = await town.file('bez-fikce');
  await performEffects(workshop);
  expect((await sent(caseId))?.input).toMatchObject({ to: BOX, allowFiction: false });
  const usual = await town.file('prisny');
  await performEffects(workshop);
  expect((await sent(usual))?.input).not.toHaveProperty('allowFiction');
});

test('a box that somebody has come through stays his, though the regular search by name does not find it; another one does not', async () => {
  const ask = async (): Promise<string | null> => {
    await town.sql('update person set data_box = $2, data_box_checked_at = null where id = $1', [town.citizen.id, BOX]);
    await findDataBoxes(workshop);
    const [row] = await town.sql<{ data_box: string | null }>('select data_box from person where id = $1', [town.citizen.id]);
    return row?.data_box ?? null;
  };
  expect(await ask()).toBe(null);
  await town.sql(
    `insert into person_identity (tenant_id, provider, subject, person_id, loa, last_login_at) values (1, 'isds', $2, $1, 'low', now())`,
    [town.citizen.id, BOX],
  );
  expect(await ask()).toBe(BOX);
  await town.sql(`delete from person_identity where provider = 'isds'`);
});

test('a worker that dies after it sent the letter leaves no second one: who takes over asks first', async () => {
  lookUp = () => Promise.resolve(BOX);
  const caseId = await town.file('prisny');
  const claimed = await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 50, 60_000));
  const letter = claimed.find((one) => one.caseId === caseId && one.effect === 'letter.deliver') ?? expect.fail('no letter was ordered');
  await routed(workshop, town.tenantId, letter);
  isds.deeds.push(letter.key); // sent, and not recorded any more

  await leasesRunOut(town);
  await performEffects(workshop);

  expect(isds.deeds.filter((key) => key === letter.key)).toHaveLength(1);
  expect(isds.questions).toContain(letter.key);
  expect(await town.waits(caseId)).toContain('task kontrola');
});

test('without a box a letter goes to paper, although the addressee has an e-mail: people have it in their hands, and no worker takes it', async () => {
  const caseId = await town.file('prisny', { jmeno: 'Jana', castka: 1, email: 'jana@example.cz' });
  await performEffects(workshop);
  const waiting = { effect: 'post.print', state: 'by-hand', last_error: null, input: { personalDelivery: true } };
  expect(await sent(caseId)).toMatchObject(waiting);
  expect(mail.deeds).toEqual([]);
  await skipPauses(town);
  await leasesRunOut(town);
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject(waiting);
  expect(await town.waits(caseId)).toEqual(['effect dorucit by-hand']);
  const [letter] = await town.sql<object>('select personal, why from paper_letter where case_id = $1', [caseId]);
  expect(letter).toEqual({ personal: true, why: '' });
});

test('ISDS that does not answer holds the letter back: it is not printed for that', async () => {
  lookUp = () => Promise.reject(new OutsideFailure('isds-down', 'ISDS neodpovídá.'));
  const caseId = await town.file('prisny');
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({ effect: 'letter.deliver', state: 'ready', last_error: 'ISDS neodpovídá.' });
  expect(await town.sql(`select connector from connector_trouble`)).toEqual([{ connector: 'isds' }]);
  lookUp = () => Promise.resolve(BOX);
  await skipPauses(town);
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({ effect: 'isds.send', state: 'done' });
});

test('a box that was made inaccessible sends the letter to paper; the process hears nothing of it', async () => {
  lookUp = () => Promise.resolve(BOX);
  isds.moods = [];
  const refusing = openOtherSide('isds');
  const connector = {
    ...refusing.connector,
    effects: {
      'isds.send': {
        ...refusing.connector.effects['isds.send'],
        perform: () => Promise.resolve({ refused: { code: 'box-not-available', reason: 'Schránka příjemce je znepřístupněna (1204).' } }),
      },
    },
  } as OtherSide['connector'];
  workshop = { ...workshop, connectors: [connector, mail.connector, createPostConnector()] };
  const caseId = await town.file('prisny');
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({
    effect: 'post.print',
    state: 'ready',
    last_error: 'Schránka příjemce je znepřístupněna (1204).',
  });
  expect(await town.waits(caseId)).toEqual(['effect dorucit ready']);
  expect(await town.sql('select data_box from person where id = $1', [town.citizen.id])).toEqual([{ data_box: null }]);
});

test('a lost answer is asked about under the same key and the letter goes once', async () => {
  lookUp = () => Promise.resolve(BOX);
  isds.moods = ['lose-answer'];
  const caseId = await town.file('prisny');
  await performEffects(workshop);
  await skipPauses(town);
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({ state: 'done' });
  expect(isds.deeds).toHaveLength(1);
  expect(isds.questions).toHaveLength(1);
});

test('where the diagram allows it, who has no box gets the letter by e-mail; a refused address ends on paper', async () => {
  mail.moods = ['refuse'];
  const caseId = await town.file('kontakt', { jmeno: 'Jana', castka: 1, email: 'jana@example.cz' });
  expect(await sent(caseId)).toMatchObject({ effect: 'letter.deliver', input: { email: { to: 'jana@example.cz' } } });
  await performEffects(workshop);
  expect(await sent(caseId)).toMatchObject({ effect: 'post.print', state: 'ready', last_error: 'Ne.' });
  const other = await town.file('kontakt', { jmeno: 'Jana', castka: 1, email: 'jana@example.cz' });
  await performEffects(workshop);
  expect(await sent(other)).toMatchObject({ effect: 'mail.send', state: 'done', answer: { channel: 'email' } });
});
