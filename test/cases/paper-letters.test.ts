// Letters on paper in the corridor: printed, posted, delivered in each way of the law, come back; one process each, told once, of the very letter.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noteDelivery, notePaperOutcome, postLetter, takeBackPaperNote, type OutcomeData } from '../../server/cases/commands/index.ts';
import { addressLetter, notePrinted, postLetters } from '../../server/cases/paper/desk.ts';
import type { PaperOutcome } from '../../server/domain/paper-letter.ts';
import { createPostConnector } from '../../server/integrations/post/index.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { claimEffects } from '../../server/store/outbox.ts';
import { paperLetters, type PaperLetterRow } from '../../server/store/paper-letters.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { catching, end, extensions, flow, gateway, input, message, path } from '../engine/diagrams.ts';
import { aWorkshop, leasesRunOut, skipPauses } from '../jobs/a-workshop.ts';
import { cloneDatabase } from '../setup/database.ts';
import { effect, situation, startForm, userTask, withdrawal } from './situations.ts';
import { everyTownUrl, MORNING, openTestTown, type TestTown } from './town.ts';

const DAY = 86_400_000;
const database = await cloneDatabase();
let town: TestTown;
let workshop: Workshop;

const deadlines = `deadlines:
  - { name: lhuta, title: { cs: Lhůta }, count: 10, unit: days, regime: none, law: Zkušební předpis }
  - { name: odvolani, title: { cs: Odvolání }, rule: sr/appeal, law: § 83 odst. 1 správního řádu }
`;
const text = '---\nsubject: Rozhodnutí\n---\nRozhodli jsme.\n';
const issue = (id: string) => effect(id, 'document.issue', [input('template', 'dopis-x'), input('title', id)], `spis:result="${id}"`);
const deliver = (id: string, document: string) =>
  effect(id, 'letter.deliver', [input('documentId', `=${document}.documentId`), input('personalDelivery', 'yes')], `spis:result="${id}"`);
const delivered = (id: string, document: string) =>
  catching(
    id,
    extensions(`<spis:deadlineEvent deadline="odvolani" type="delivery" date="=zprava${id}"/>`) + message('dopis-dorucen'),
    `spis:result="zprava${id}" spis:key="=${document}.documentId"`,
  );
function withLetters(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const sheet = files['situation.yaml'] ?? '';
  return {
    ...files,
    'situation.yaml': sheet.replace(/deadlines:\n(?: {2}.*\n)+/, deadlines),
    'texts/dopis-x.cs.md': text,
  };
}
/** One letter, its delivery, then a task; it may be withdrawn. */
const single = () =>
  withLetters(
    situation('jeden', [
      startForm,
      issue('rozhodnuti'),
      deliver('dorucit', 'rozhodnuti'),
      delivered('doruceno', 'rozhodnuti'),
      userTask('kontrola'),
      end('hotovo', '', 'spis:outcome="approved"'),
      withdrawal,
      path('podani', 'rozhodnuti', 'dorucit', 'doruceno', 'kontrola', 'hotovo'),
    ]),
  );
/** Two letters are on their way at once. */
const pair = () =>
  withLetters(
    situation('dva', [
      startForm,
      issue('prvni'),
      deliver('posliPrvni', 'prvni'),
      issue('druhy'),
      deliver('posliDruhy', 'druhy'),
      gateway('parallel', 'oba'),
      delivered('dorucenPrvni', 'prvni'),
      delivered('dorucenDruhy', 'druhy'),
      gateway('parallel', 'obojiDoruceno'),
      end('hotovo', '', 'spis:outcome="approved"'),
      path('podani', 'prvni', 'posliPrvni', 'druhy', 'posliDruhy', 'oba', 'dorucenPrvni', 'obojiDoruceno', 'hotovo'),
      flow('oba', 'dorucenDruhy'),
      flow('dorucenDruhy', 'obojiDoruceno'),
    ]),
  );

beforeAll(async () => {
  town = await openTestTown(database);
  await town.install('jeden', single());
  await town.install('dva', pair());
  workshop = { ...aWorkshop(town, []), connectors: [createPostConnector()] };
  await town.sql(`update person set address = $2 where id = $1`, [
    town.citizen.id,
    JSON.stringify({ street: 'Dlouhá', houseNumber: '12', city: 'Lhota', postCode: '56164' }),
  ]);
});
beforeEach(() => town.clock.set(MORNING));
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

/** What it waits for, by element; the withdrawal is always open. */
async function stands(caseId: string): Promise<readonly string[]> {
  const awaited = await town.sql<{ element: string }>(
    `select element_id as element from subscription where case_id = $1 and message = 'dopis-dorucen' order by 1`,
    [caseId],
  );
  const others = (await town.waits(caseId)).filter((wait) => !wait.startsWith('message '));
  return [...others, ...awaited.map(({ element }) => `message ${element}`)];
}
const lettersOf = (caseId: string): Promise<readonly PaperLetterRow[]> =>
  town.db.withTenant(town.tenantId, (trx) => paperLetters(trx, town.tenantId, { caseId }));
async function waiting(situationId = 'jeden'): Promise<{ readonly caseId: string; readonly letter: PaperLetterRow }> {
  const caseId = await town.file(situationId);
  await skipPauses(town);
  await performEffects(workshop);
  return { caseId, letter: await newest(caseId) };
}
async function newest(caseId: string): Promise<PaperLetterRow> {
  return (await lettersOf(caseId)).at(-1) ?? expect.fail('no letter on paper');
}
const print = (ids: readonly string[], commandId: string = crypto.randomUUID()): Promise<void> =>
  notePrinted(town.corridor, town.tenantId, { commandId, actor: town.eva, ids });
async function post(letter: PaperLetterRow, on = '2026-03-02', more: { postingNumber?: string; way?: 'own-hands' | 'registered' } = {}) {
  await print([letter.id]);
  const { postingNumber = '', way = 'own-hands' } = more;
  return town.run(letter.caseId, postLetter, town.eva, { letterId: letter.id, on, way, postingNumber });
}
const note = (letter: PaperLetterRow, outcome: PaperOutcome, commandId?: string) =>
  town.run(letter.caseId, notePaperOutcome, town.eva, { letterId: letter.id, outcome } satisfies OutcomeData, commandId);
const deliveryRecord = async (caseId: string): Promise<unknown> =>
  (
    await town.sql<{ detail: unknown }>(`select detail from deadline_event where case_id = $1 and type = 'delivery' order by seq desc`, [
      caseId,
    ])
  )[0]?.detail;
const register = async (documentId: string): Promise<unknown> =>
  (
    await town.sql(
      'select dispatched_by as by, delivered_at::text as delivered, delivered_how as how from records_document where document_id = $1',
      [documentId],
    )
  )[0];

test('a letter waits to be printed, is posted once, and only then its process goes on', async () => {
  const { caseId, letter } = await waiting();
  expect(await stands(caseId)).toContain('effect dorucit by-hand');
  const early = { letterId: letter.id, on: '2026-03-02', way: 'own-hands', postingNumber: '' } as const;
  await expect(town.run(caseId, postLetter, town.eva, early)).rejects.toMatchObject({ code: 'paper-letter-not-printed' });

  await print([letter.id]);
  const commandId = crypto.randomUUID();
  const data = { ...early, postingNumber: 'rr 123 456 785 cz' };
  await town.run(caseId, postLetter, town.eva, data, commandId);
  expect((await town.run(caseId, postLetter, town.eva, data, commandId)).repeated).toBe(true);
  await expect(town.run(caseId, postLetter, town.petr, data)).rejects.toMatchObject({ code: 'paper-letter-posted' });

  expect(await stands(caseId)).toEqual(['message doruceno']);
  const [effectRow] = await town.sql(`select state, answer from outbox where key = $1`, [letter.effectKey]);
  expect(effectRow).toEqual({ state: 'done', answer: { channel: 'post' } });
  expect(await register(letter.documentId)).toMatchObject({ by: 'post', delivered: null });
  expect((await newest(caseId)).events.map(({ kind, detail }) => [kind, detail['postingNumber']])).toEqual([
    ['printed', undefined],
    ['posted', 'RR123456785CZ'],
  ]);
});

test('one batch is written once however often it is asked for, and the address that stands on the letter is kept with it', async () => {
  const { letter } = await waiting();
  const commandId = crypto.randomUUID();
  await print([letter.id], commandId);
  await print([letter.id], commandId);
  await addressLetter(town.corridor, town.tenantId, {
    actor: town.eva,
    letterId: letter.id,
    lines: ['Pod Lesem 3', '562 01 Ústí nad Orlicí', ''],
  });
  await print([letter.id]);
  const { events } = await newest(letter.caseId);
  expect(events.map(({ kind, detail }) => [kind, detail['lines']])).toEqual([
    ['printed', ['Dlouhá 12', '561 64 Lhota']],
    ['addressed', ['Pod Lesem 3', '562 01 Ústí nad Orlicí']],
    ['printed', ['Pod Lesem 3', '562 01 Ústí nad Orlicí']],
  ]);
});

test('without an address nothing is printed, not even the other letters of the batch', async () => {
  const { letter } = await waiting();
  const { letter: other } = await waiting();
  await town.sql('update person set address = null where id = $1', [town.citizen.id]);
  await addressLetter(town.corridor, town.tenantId, { actor: town.eva, letterId: letter.id, lines: ['Pod Lesem 3'] });
  await expect(print([letter.id, other.id])).rejects.toMatchObject({ code: 'paper-letter-no-address' });
  expect((await newest(letter.caseId)).events.map(({ kind }) => kind)).toEqual(['addressed']);
  await print([letter.id]);
  await town.sql(`update person set address = '{"city":"Lhota","houseNumber":"1"}' where id = $1`, [town.citizen.id]);
});

test('a worker that dies while it hands a letter over leaves one letter, and the next one hands it over', async () => {
  const caseId = await town.file('jeden');
  await skipPauses(town);
  await town.db.withTenant(town.tenantId, (trx) => claimEffects(trx, town.tenantId, 50, 60_000)); // and it dies
  await performEffects(workshop);
  expect(await lettersOf(caseId)).toEqual([]);
  await leasesRunOut(town);
  await performEffects(workshop);
  await leasesRunOut(town);
  await performEffects(workshop);
  expect((await lettersOf(caseId)).map(({ effectState }) => effectState)).toEqual(['by-hand']);
});

test('killed between the posting and the answer, nothing is half done: the letter is posted and its process moved, or neither', async () => {
  const { caseId, letter } = await waiting();
  await print([letter.id]);
  const posting = { letterId: letter.id, on: '2026-03-02', way: 'own-hands', postingNumber: '' } as const;
  // The journal is written last: when that fails, the transaction ends as it does when the process is killed there.
  await town.sql(`create function broken() returns trigger language plpgsql as $$ begin raise exception 'killed here'; end $$`);
  await town.sql(`create trigger broken before insert on journal for each row when (new.kind = 'post-letter') execute function broken()`);
  const commandId = crypto.randomUUID();
  await expect(town.run(caseId, postLetter, town.eva, posting, commandId)).rejects.toThrow('killed here');
  await town.sql('drop trigger broken on journal');
  await town.sql('drop function broken');

  expect((await newest(caseId)).events.map(({ kind }) => kind)).toEqual(['printed']);
  expect(await stands(caseId)).toEqual(['effect dorucit by-hand']);
  expect((await town.run(caseId, postLetter, town.eva, posting, commandId)).repeated).toBe(false);
  expect(await stands(caseId)).toEqual(['message doruceno']);
});

test('two officers who post the same letters at once post each of them once', async () => {
  const { letter } = await waiting();
  const { letter: other } = await waiting();
  await print([letter.id, other.id]);
  const letters = [letter, other].map(({ id }) => ({ id, way: 'own-hands' as const, postingNumber: '' }));
  const reports = await Promise.all(
    [town.eva, town.petr].map((actor) =>
      postLetters(town.corridor, town.tenantId, { commandId: crypto.randomUUID(), actor, on: '2026-03-02', letters }),
    ),
  );
  expect(reports.flatMap(({ posted }) => posted).toSorted()).toEqual([letter.id, other.id].toSorted());
  expect(reports.flatMap(({ refused }) => refused.map(({ code }) => code))).toEqual(['paper-letter-posted', 'paper-letter-posted']);
  for (const { caseId } of [letter, other]) expect(await stands(caseId)).toEqual(['message doruceno']);
});

test('what cannot be is refused: a posting to come, a number that the post never gave, an outcome before the posting or without a receipt', async () => {
  const { letter } = await waiting();
  await print([letter.id]);
  const posting = (more: object) =>
    town.run(letter.caseId, postLetter, town.eva, {
      letterId: letter.id,
      on: '2026-03-02',
      way: 'registered',
      postingNumber: '',
      ...more,
    } as never);
  await expect(posting({ on: '2026-03-03' })).rejects.toMatchObject({ code: 'posted-in-future' });
  await expect(posting({ postingNumber: 'RR123456786CZ' })).rejects.toMatchObject({ code: 'posting-number-wrong' });
  await expect(note(letter, { what: 'handed', on: '2026-03-02' })).rejects.toMatchObject({ code: 'paper-letter-not-posted' });
  await posting({});
  await expect(note(letter, { what: 'handed', on: '2026-03-03' })).rejects.toMatchObject({ code: 'outcome-in-future' });
  await expect(note(letter, { what: 'handed', on: '2026-03-01' })).rejects.toMatchObject({ code: 'outcome-before-posting' });
  await expect(note(letter, { what: 'refused', on: '2026-03-02' })).rejects.toMatchObject({ code: 'receipt-needed' });
  await expect(note({ ...letter, id: crypto.randomUUID() }, { what: 'handed', on: '2026-03-02' })).rejects.toMatchObject({
    code: 'paper-letter-not-found',
  });
});

test('fiction comes on the tenth day and not before; on a day off it moves to the next working day, and the appeal runs from it', async () => {
  const { caseId, letter } = await waiting();
  await post(letter);
  town.clock.set(new Date(MORNING.getTime() + 2 * DAY));
  // Wednesday 4 March + 10 = Saturday 14 March, therefore Monday 16 March.
  await note(letter, { what: 'stored', on: '2026-03-04' });
  expect(await stands(caseId)).toEqual(['message doruceno']);
  await expect(note(letter, { what: 'fiction', storedOn: '2026-03-04' })).rejects.toMatchObject({
    code: 'fiction-not-yet',
    details: { on: '2026-03-16' },
  });
  town.clock.set(new Date(MORNING.getTime() + 14 * DAY));
  const commandId = crypto.randomUUID();
  await note(letter, { what: 'fiction', storedOn: '2026-03-04' }, commandId);
  expect((await note(letter, { what: 'fiction', storedOn: '2026-03-04' }, commandId)).repeated).toBe(true);
  expect(await stands(caseId)).toEqual(['task kontrola']);
  expect(await deliveryRecord(caseId)).toEqual({ how: 'fiction', deliveredAt: '2026-03-16', storedOn: '2026-03-04' });
  const [period] = await town.sql(
    `select started_on::text as started, due_on::text as due from case_deadline where case_id = $1 and name = 'odvolani'`,
    [caseId],
  );
  expect(period).toEqual({ started: '2026-03-16', due: '2026-03-31' });
  expect(await register(letter.documentId)).toMatchObject({ how: 'fiction' });
  await expect(note(letter, { what: 'handed', on: '2026-03-16' })).rejects.toMatchObject({ code: 'paper-letter-delivered' });
});

test('fetched from the post office in time it is delivered that day; after the tenth day the law was faster', async () => {
  const inTime = await waiting();
  const late = await waiting();
  for (const { letter } of [inTime, late]) {
    await post(letter);
    await note(letter, { what: 'stored', on: '2026-03-02' });
  }
  town.clock.set(new Date(MORNING.getTime() + 20 * DAY));
  await note(inTime.letter, { what: 'handed', on: '2026-03-10' });
  await note(late.letter, { what: 'handed', on: '2026-03-18' });
  expect(await deliveryRecord(inTime.caseId)).toMatchObject({ how: 'pickup', deliveredAt: '2026-03-10' });
  expect(await deliveryRecord(late.caseId)).toMatchObject({ how: 'fiction', deliveredAt: '2026-03-12' });
});

test('who refuses to take it has it delivered that day', async () => {
  const { caseId, letter } = await waiting();
  await post(letter);
  await note(letter, { what: 'refused', on: '2026-03-02' });
  expect(await deliveryRecord(caseId)).toEqual({ how: 'refused', deliveredAt: '2026-03-02' });
  expect(await stands(caseId)).toEqual(['task kontrola']);
});

test('what came back is printed and posted again without telling the process twice, or delivered by a public notice', async () => {
  const { caseId, letter } = await waiting();
  await post(letter);
  await note(letter, { what: 'returned', on: '2026-03-02', cause: 'unknown' });
  expect(await stands(caseId)).toEqual(['message doruceno']);
  await expect(note(letter, { what: 'handed', on: '2026-03-02' })).rejects.toMatchObject({ code: 'paper-letter-returned' });
  const again = await newest(caseId);
  await post(again);
  await note(again, { what: 'returned', on: '2026-03-02', cause: 'moved' });
  town.clock.set(new Date(MORNING.getTime() + 16 * DAY));
  await expect(note(again, { what: 'notice', on: '2026-03-04' })).rejects.toMatchObject({ code: 'fiction-not-yet' });
  await note(again, { what: 'notice', on: '2026-03-03' });
  expect(await deliveryRecord(caseId)).toMatchObject({ how: 'notice', deliveredAt: '2026-03-18' });
  expect(await stands(caseId)).toEqual(['task kontrola']);
});

test('of two letters on their way each tells its own wait; by hand the officer must say which', async () => {
  const { caseId } = await waiting('dva');
  await post(await newest(caseId));
  await skipPauses(town);
  await performEffects(workshop);
  const letters = await lettersOf(caseId);
  const [first, second] = [letters.find(({ events }) => events.length > 0), letters.find(({ events }) => events.length === 0)];
  if (!first || !second) throw new Error('two letters were expected');
  await post(second);
  expect(await stands(caseId)).toEqual(['message dorucenDruhy', 'message dorucenPrvni']);
  await expect(town.run(caseId, noteDelivery, town.eva, { deliveredOn: '2026-03-02' })).rejects.toMatchObject({
    code: 'delivery-of-which-letter',
  });
  await note(second, { what: 'handed', on: '2026-03-02' });
  expect(await stands(caseId)).toEqual(['message dorucenPrvni']);
  await town.run(caseId, noteDelivery, town.eva, { deliveredOn: '2026-03-02', documentId: first.documentId });
  expect(await stands(caseId)).toEqual(['ended approved']);
});

test('a mistake is taken back with a reason, the newest note first; a delivery that was told stays', async () => {
  const { letter } = await waiting();
  await post(letter, '2026-03-02', { way: 'registered' });
  const back = (seq: number, reason = 'Překlep v datu') =>
    town.run(letter.caseId, takeBackPaperNote, town.eva, { letterId: letter.id, seq, reason });
  await expect(back(1)).rejects.toMatchObject({ code: 'paper-note-not-newest' });
  await expect(back(2, '  ')).rejects.toMatchObject({ code: 'reason-missing' });
  await back(2);
  await town.run(letter.caseId, postLetter, town.petr, { letterId: letter.id, on: '2026-03-02', way: 'own-hands', postingNumber: '' });
  expect(await stands(letter.caseId)).toEqual(['message doruceno']);
  await note(letter, { what: 'refused', on: '2026-03-02' });
  await expect(back(5)).rejects.toMatchObject({ code: 'paper-note-stays' });
});

test('a case that went on without its letter takes it out of the queue; nothing can be printed or posted for it', async () => {
  const { caseId, letter } = await waiting();
  await print([letter.id]);
  await town.withdraw(caseId);
  expect((await newest(caseId)).effectState).toBe('dropped');
  await expect(print([letter.id])).rejects.toMatchObject({ code: 'paper-letter-not-awaited' });
  const posting = { letterId: letter.id, on: '2026-03-02', way: 'ordinary', postingNumber: '' } as const;
  await expect(town.run(caseId, postLetter, town.eva, posting)).rejects.toMatchObject({ code: 'paper-letter-not-awaited' });
});

test('the notes about a letter are never changed or removed, and another town does not see them', async () => {
  const { letter } = await waiting();
  await print([letter.id]);
  const change = (sql: string) => town.db.withTenant(town.tenantId, (trx) => trx.raw(sql));
  await expect(change(`update paper_letter_event set day = null`)).rejects.toThrow(/permission denied/);
  await expect(change(`delete from paper_letter`)).rejects.toThrow(/permission denied/);
  const elsewhere = await town.db.withTenant(2, (trx) => trx('paper_letter_event').count());
  expect(elsewhere).toEqual([{ count: 0 }]);
});
