// What data messages mean to cases: each finds its case by our reference, by theirs or by the box, or waits for a person; a delivery is told once.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { foundByMessage } from '../../server/cases/messages/found.ts';
import { dismissMessage, noteMessageSeen, sortMessage, undismissMessage, unsortMessage } from '../../server/cases/messages/desk.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { listMessages, messageDetail } from '../../server/queries/messages.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { effect, situation, startForm, userTask, whole } from '../cases/situations.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { catching, end, input, message, path, start } from '../engine/diagrams.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, skipPauses } from './a-workshop.ts';
import { openOtherSide, type OtherSide } from './other-side.ts';

const database = await cloneDatabase();
const BOX = 'jnovak7';
let town: TestTown;
let isds: OtherSide;
let workshop: Workshop;
let reader: Reader;

const letter = effect('dopis', 'document.issue', [input('template', 'dopis-vyzva'), input('title', 'Výzva')], 'spis:result="dopis"');
const done = end('hotovo', '', 'spis:outcome="approved"');
beforeAll(async () => {
  town = await openTestTown(database);
  reader = { db: town.db, shelf: town.corridor.shelf, now: () => town.clock.now(), account: () => ({ account: '', iban: '' }) };
  const texts = { 'texts/dopis-vyzva.cs.md': '---\nsubject: Výzva\n---\nVe věci {{ pripad.mark }} vás vyzýváme.\n' };
  await town.install('klid', situation('klid', [startForm, userTask('kontrola'), done, path('podani', 'kontrola', 'hotovo')]));
  await town.install(
    'ceka',
    situation('ceka', [
      startForm,
      catching('zprava', message('dosla-zprava'), 'spis:result="zprava"'),
      done,
      path('podani', 'zprava', 'hotovo'),
    ]),
  );
  await town.install(
    'na-obcanovi',
    situation('na-obcanovi', [
      startForm,
      userTask('doplneni', 'spis:form="kontrola" spis:role="applicant" spis:deadline="lhuta"'),
      done,
      path('podani', 'doplneni', 'hotovo'),
    ]),
  );
  const founded = situation('schranka', [
    startForm,
    userTask('kontrola'),
    start('schrankou', message('podani-datovou-schrankou'), 'spis:result="dodani"'),
    effect('zaevidovat', 'register.submission'),
    userTask('prepsat'),
    done,
    path('podani', 'kontrola', 'hotovo'),
    path('schrankou', 'zaevidovat', 'prepsat', 'hotovo'),
  ]) as Record<string, string>;
  const yaml = (founded['situation.yaml'] ?? '').replace('login: low', "dataBox: { startsBySubject: ['podnět'] }\nlogin: low");
  await town.install('schranka', { ...founded, 'situation.yaml': yaml });
  await town.install('dopis', {
    ...situation('dopis', [
      startForm,
      letter,
      effect('odeslat', 'isds.send', [input('to', BOX), input('from', 'town'), input('documentId', '=dopis.documentId')]),
      catching('doruceno', message('dopis-dorucen'), 'spis:result="doruceni" spis:key="=dopis.documentId"'),
      done,
      path('podani', 'dopis', 'odeslat', 'doruceno', 'hotovo'),
    ]),
    ...texts,
  });
});
beforeEach(async () => {
  isds = openOtherSide('isds');
  workshop = aWorkshop(town, [isds]);
  await town.sql(`update person set data_box = null`);
});
afterAll(async () => {
  await town.close();
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

let messages = 1_000;
interface Sent {
  readonly senderBox?: string;
  readonly subject?: string;
  readonly senderRef?: string;
  readonly recipientRef?: string;
  readonly recipientIdent?: string;
  readonly senderName?: string;
  readonly senderType?: number;
}
/** A message from outside is read and looked at; gives its row of the inbox. */
async function comes(
  sent: Sent,
): Promise<{ readonly id: string; readonly result: string; readonly reason: string; readonly case_id: string | null }> {
  const messageId = String((messages += 1));
  const file = (name: string, mime: string) => ({ name, mime, content: new TextEncoder().encode(`obsah ${name}`) });
  isds.messages = [
    {
      id: `message:${messageId}`,
      kind: 'data-box-message',
      payload: {
        account: 'town',
        messageId,
        senderBox: BOX,
        senderName: 'Jana Nováková',
        subject: 'Bez značky',
        deliveredAt: '2026-03-02T07:00:00.000Z',
        zfo: { valid: true, signedBy: 'ISDS' },
        ...sent,
      },
      files: [file('dopis.txt', 'text/plain'), file('plan.pdf', 'application/pdf'), file(`${messageId}.zfo`, 'application/octet-stream')],
    },
  ];
  await readAll();
  const [row] = await town.sql<{ id: string; result: string; reason: string; case_id: string | null }>(
    'select id, result, reason, case_id from inbox where message_id = $1',
    [`message:${messageId}`],
  );
  if (!row) throw new Error('the message was not kept');
  return row;
}
async function readAll(): Promise<void> {
  for (const loop of inboxLoops(workshop)) await loop.run();
  await skipPauses(town);
  await processInbox(workshop);
}
const markOf = async (caseId: string): Promise<string> =>
  (await town.sql<{ mark: string }>('select mark from cases where id = $1', [caseId]))[0]?.mark ?? '';
const documents = (caseId: string) =>
  town.sql<{ kind: string; title: string; number: string | null; has_file: boolean }>(
    `select kind, title, number, file_id is not null as has_file from document where case_id = $1 and kind not in ('submission', 'letter') order by created_at, title`,
    [caseId],
  );
const asked = (inboxId: string) => ({ commandId: randomUUID(), actor: town.eva, inboxId });
const hasBox = () => town.sql('update person set data_box = $1 where id = $2', [BOX, town.citizen.id]);

test('our spisová značka in the field made for it brings the message with all attachments into its case', async () => {
  await hasBox();
  const caseId = await town.file('klid');
  const row = await comes({ recipientIdent: (await markOf(caseId)).toLowerCase().replace(' ', '  ') });
  expect(row).toMatchObject({ result: 'delivered', reason: 'mark', case_id: caseId });
  const kept = await documents(caseId);
  expect(kept.map(({ kind, has_file }) => [kind, has_file])).toEqual([
    ['message', true],
    ['received', false],
    ['received', true],
    ['received', true],
  ]);
  expect(kept.filter(({ number }) => number !== null)).toHaveLength(1);
  expect(await town.waits(caseId)).toContain('task kontrola');
});

test('a message of somebody else with our mark lies in the case and only officers see it', async () => {
  const caseId = await town.file('klid');
  await comes({ senderBox: 'policie', recipientIdent: await markOf(caseId) });
  expect((await documents(caseId)).map(({ kind }) => kind)).toEqual(['message', 'message', 'message', 'message']);
});

test('our číslo jednací and a mark in the subject find the case too', async () => {
  const caseId = await town.file('klid');
  await comes({ recipientIdent: await markOf(caseId) });
  const number = (await documents(caseId)).find((one) => one.number !== null)?.number ?? '';
  expect(await comes({ recipientRef: ` ${number.toLowerCase()}` })).toMatchObject({ case_id: caseId, reason: 'number' });
  expect(await comes({ senderBox: 'uradabc', subject: `K věci ${await markOf(caseId)}` })).toMatchObject({
    case_id: caseId,
    reason: 'subject',
  });
});

test('a reply made in the data box carries the key of our message', async () => {
  const caseId = await town.file('dopis');
  await performEffects(workshop);
  const [sent] = await town.sql<{ key: string }>(`select key from outbox where case_id = $1`, [caseId]);
  expect(await comes({ senderBox: 'nekdo77', recipientIdent: sent?.key ?? '' })).toMatchObject({ case_id: caseId, reason: 'reply' });
});

test('the sender’s own reference of an earlier message leads to the same case', async () => {
  const caseId = await town.file('klid');
  await comes({ senderBox: 'krajsky', senderRef: 'KUPA-5/2026', recipientIdent: await markOf(caseId) });
  expect(await comes({ senderBox: 'krajsky', senderRef: 'KUPA-5/2026' })).toMatchObject({ case_id: caseId, reason: 'their-reference' });
  expect(await comes({ senderBox: 'jinykra', senderRef: 'KUPA-5/2026' })).toMatchObject({ case_id: null, reason: 'no-case' });
});

test('the box of the only person that a case waits for is enough; an open case that waits for nobody is only offered', async () => {
  const neighbours = async (situationId: string): Promise<string> =>
    (await town.submit(await town.draft(situationId, town.neighbour), { person: town.neighbour })).caseId;
  await town.sql('update person set data_box = $1 where id = $2', [BOX, town.neighbour.id]);
  const quiet = await neighbours('klid');
  const unsorted = await comes({});
  expect(unsorted).toMatchObject({ result: 'unsorted', reason: 'only-by-sender', case_id: null });
  const [offered] = (await listMessages(reader, 1, 'unsorted')).filter(({ id }) => id === unsorted.id);
  expect(offered?.suggestions).toMatchObject([{ caseId: quiet, rule: 'sender', certainty: 'possible', applicant: 'Petra Nováková' }]);

  const waiting = await neighbours('na-obcanovi');
  expect(await comes({})).toMatchObject({ result: 'delivered', reason: 'sender', case_id: waiting });
});

test('two marks in one subject are for a person to choose between', async () => {
  const [a, b] = [await town.file('klid'), await town.file('klid')];
  const row = await comes({ senderBox: 'nekdo77', subject: `${await markOf(a)} a ${await markOf(b)}` });
  expect(row).toMatchObject({ result: 'unsorted', reason: 'several-cases' });
});

test('a process that waits for a message hears of it', async () => {
  const caseId = await town.file('ceka');
  const row = await comes({ recipientIdent: await markOf(caseId), subject: 'Doplňuji' });
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  await expect(unsortMessage(town.corridor, 1, { ...asked(row.id), note: 'omyl' })).rejects.toMatchObject({ code: 'message-already-told' });
});

test('a message to a case that has ended is kept in it', async () => {
  const caseId = await town.file('ceka');
  await comes({ recipientIdent: await markOf(caseId) });
  expect(await comes({ recipientIdent: await markOf(caseId) })).toMatchObject({ result: 'delivered', case_id: caseId });
  expect((await documents(caseId)).filter(({ number }) => number !== null)).toHaveLength(2);
});

test('the same message polled twice comes into its case once', async () => {
  const caseId = await town.file('klid');
  await comes({ recipientIdent: await markOf(caseId) });
  const before = await documents(caseId);
  await readAll();
  await readAll();
  expect(await documents(caseId)).toEqual(before);
});

test('a clerk puts it into a case, takes it out and puts it into another: its number goes with it', async () => {
  const [wrong, right] = [await town.file('klid'), await town.file('klid')];
  const { id } = await comes({ senderBox: 'nekdo77' });
  await sortMessage(town.corridor, 1, { ...asked(id), mark: await markOf(wrong) });
  const number = (await documents(wrong)).find((one) => one.number !== null)?.number;
  expect((await listMessages(reader, 1, 'placed')).find((one) => one.id === id)?.placed).toMatchObject({
    caseId: wrong,
    rule: 'officer',
    by: 'Eva Nová',
    isSeen: true,
    mayTakeOut: true,
  });
  await expect(sortMessage(town.corridor, 1, { ...asked(id), mark: await markOf(right) })).rejects.toMatchObject({
    code: 'message-already-sorted',
  });

  await unsortMessage(town.corridor, 1, { ...asked(id), note: 'patří jinam' });
  expect(await documents(wrong)).toEqual([]);
  await sortMessage(town.corridor, 1, { ...asked(id), mark: ` ${(await markOf(right)).toLowerCase()} ` });
  expect((await documents(right)).map((one) => one.number).filter(Boolean)).toEqual([number]);
  expect(await documents(right)).toHaveLength(4);
  expect((await town.sql(`select 1 from file where case_id = $1 and field = $2`, [right, `message:${id}`])).length).toBe(3);
});

test('set aside with a reason it waits no more, and can be brought back', async () => {
  const { id } = await comes({ senderBox: 'reklama' });
  await expect(dismissMessage(town.corridor, 1, { ...asked(id), note: '  ' })).rejects.toMatchObject({ code: 'reason-missing' });
  await dismissMessage(town.corridor, 1, { ...asked(id), note: 'Reklama' });
  const row = (await listMessages(reader, 1, 'dismissed')).find((one) => one.id === id);
  expect(row).toMatchObject({ reason: 'Reklama', dismissedBy: 'Eva Nová' });
  await undismissMessage(town.corridor, 1, asked(id));
  expect((await listMessages(reader, 1, 'unsorted')).map((one) => one.id)).toContain(id);
  await expect(undismissMessage(town.corridor, 1, asked(id))).rejects.toMatchObject({ code: 'message-not-dismissed' });
});

test('an officer takes note of a placed message once', async () => {
  const caseId = await town.file('klid');
  const { id } = await comes({ recipientIdent: await markOf(caseId) });
  const isSeen = async () => (await messageDetail(reader, 1, id)).placed?.isSeen;
  expect(await isSeen()).toBe(false);
  await noteMessageSeen(town.corridor, 1, asked(id));
  await noteMessageSeen(town.corridor, 1, asked(id));
  expect(await isSeen()).toBe(true);
});

test('one message whole: its envelope, the beginning of its text, the verdict on its seal', async () => {
  const { id } = await comes({ senderBox: 'nekdo77', senderRef: 'X-1' });
  const detail = await messageDetail(reader, 1, id);
  expect(detail.facts).toContainEqual({ key: 'senderRef', value: 'X-1' });
  expect(detail.attachments.map(({ name, text }) => [name, text])).toContainEqual(['dopis.txt', 'obsah dopis.txt']);
  expect(detail.verdict).toEqual({ isGenuine: true, text: '', signedBy: 'ISDS', signedAt: null });
});

test('what we cannot read is kept whole and shown to a person', async () => {
  const before = (await listMessages(reader, 1, 'unsorted')).length;
  isds.messages = [
    { id: 'message:rozbita', kind: 'data-box-message', payload: { messageId: 7 } },
    { id: 'unreadable:9', kind: 'data-box-unreadable', payload: { account: 'town', messageId: '9', reason: 'isds-hash-mismatch' } },
    { id: 'novinka:1', kind: 'data-box-novinka', payload: {} },
  ];
  await readAll();
  const rows = await listMessages(reader, 1, 'unsorted');
  expect(rows).toHaveLength(before + 3);
  expect(rows.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['unreadable', 'unknown-kind:data-box-novinka']));
  const id = rows.find(({ kind }) => kind === 'data-box-unreadable')?.id ?? '';
  const caseId = await town.file('klid');
  await sortMessage(town.corridor, 1, { ...asked(id), mark: await markOf(caseId) });
  expect(await documents(caseId)).toMatchObject([{ kind: 'message', title: 'Datová zpráva unreadable:9' }]);
});

const stateOf = (messageId: string, state: number, at: string) => ({
  id: `state:${messageId}:${state}`,
  kind: 'data-box-state',
  payload: { account: 'town', messageId, state, at, ...(state >= 5 ? { acceptedAt: at, zfo: { valid: true } } : {}) },
  files:
    state >= 5
      ? ['dorucenka', 'odeslana'].map((what, place) => ({
          name: `${what}-${messageId}.zfo`,
          mime: 'application/octet-stream',
          content: new Uint8Array([1, state, place]),
        }))
      : [],
});

test('fiction is told to the process with its time, once, and the delivery report lies in the case', async () => {
  const caseId = await town.file('dopis');
  await performEffects(workshop);
  const [sent] = await town.sql<{ id: string }>(`select answer ->> 'messageId' as id from outbox where case_id = $1`, [caseId]);
  const id = sent?.id ?? '';
  // Out of order and doubled, as ISDS does it.
  isds.messages = [stateOf(id, 5, '2026-03-12T22:59:59.000Z'), stateOf(id, 4, '2026-03-02T10:00:00.000Z')];
  await readAll();
  await readAll();
  isds.messages = [stateOf(id, 7, '2026-03-20T10:00:00.000Z')];
  await readAll();
  expect(await town.waits(caseId)).toEqual(['ended approved']);
  expect(
    await town.sql('select state, how, put_in_box_at is not null as in_box, delivered_at from data_message where message_id = $1', [id]),
  ).toEqual([{ state: 7, how: 'fiction', in_box: true, delivered_at: new Date('2026-03-12T22:59:59.000Z') }]);
  expect((await documents(caseId)).map(({ title, kind }) => [title.split(' ')[0], kind])).toEqual([
    ['Doručenka', 'message'],
    ['Odeslaná', 'message'],
  ]);
  expect(await town.sql(`select 1 from journal where case_id = $1 and detail ->> 'how' = 'fiction'`, [caseId])).toHaveLength(1);
});

test('the proof of a submission that the portal passed on lies in its case: the sealed message and the report, for officers', async () => {
  await town.install('z-portalu', whole());
  const caseId = await town.file('z-portalu');
  await town.complete(caseId, 'kontrola', { zaver: 'ano' });
  await performEffects(workshop);
  const [sent] = await town.sql<{ id: string }>(
    `select answer ->> 'messageId' as id from outbox where case_id = $1 and effect = 'isds.send'`,
    [caseId],
  );
  const before = await town.waits(caseId);
  isds.messages = [stateOf(sent?.id ?? '', 6, '2026-03-02T10:00:00.000Z')];
  await readAll();
  await readAll();
  expect((await documents(caseId)).map(({ title, kind, has_file }) => [title.split(' ')[0], kind, has_file])).toEqual([
    ['Doručenka', 'message', true],
    ['Odeslaná', 'message', true],
  ]);
  expect(await town.waits(caseId)).toEqual(before);
  expect(
    await town.sql(`select detail ->> 'message' as said from journal where case_id = $1 and kind = 'letter-delivered'`, [caseId]),
  ).toEqual([{ said: 'podani-dolozeno' }]);
});

test('a state that is faster than our own record of the sending waits for it', async () => {
  isds.messages = [stateOf('m-pozdeji', 6, '2026-03-03T10:00:00.000Z')];
  await readAll();
  expect(await town.sql(`select reason, processed_at from inbox where message_id = 'state:m-pozdeji:6'`)).toEqual([
    { reason: 'not-sent-by-us', processed_at: null },
  ]);
});

test.each([3, 8])('state %i: what cannot be delivered comes before a clerk', async (state) => {
  const caseId = await town.file('dopis');
  await performEffects(workshop);
  const [sent] = await town.sql<{ id: string }>(`select answer ->> 'messageId' as id from outbox where case_id = $1`, [caseId]);
  isds.messages = [stateOf(sent?.id ?? '', state, '2026-03-03T10:00:00.000Z')];
  await readAll();
  expect(await town.waits(caseId)).toContain('message dopis-dorucen');
  expect((await listMessages(reader, 1, 'unsorted')).map(({ reason }) => reason)).toContain(`undeliverable-${state}`);
});

test('a clerk begins a case by a message: it is its submission, under one number, and its sender is the applicant', async () => {
  const { id } = await comes({ senderBox: 'novacek', subject: 'Něco nového', senderName: 'Josef Nováček', senderType: 40 });
  expect((await messageDetail(reader, 1, id)).situations).toEqual([{ id: 'schranka', title: 'Zkušební podání' }]);
  const asks = { inboxId: id, situation: 'schranka', actor: town.eva };
  const { caseId } = await foundByMessage(town.corridor, 1, asks);
  expect(await foundByMessage(town.corridor, 1, asks)).toMatchObject({ caseId });
  expect(await town.waits(caseId)).toEqual(['task prepsat']);
  const [row] = await town.sql<{ document_number: string; given_name: string; family_name: string; data_box: string }>(
    `select c.document_number, p.given_name, p.family_name, p.data_box from cases c join person p on p.id = c.applicant_id where c.id = $1`,
    [caseId],
  );
  expect(row).toMatchObject({ given_name: 'Josef', family_name: 'Nováček', data_box: 'novacek' });
  expect((await documents(caseId)).flatMap(({ number }) => number ?? [])).toEqual([row?.document_number]);
  await expect(unsortMessage(town.corridor, 1, { ...asked(id), note: 'omyl' })).rejects.toMatchObject({ code: 'message-already-told' });
  await expect(foundByMessage(town.corridor, 1, { ...asks, situation: 'klid' })).rejects.toMatchObject({ code: 'message-already-sorted' });
});

test('a subject that one life situation knows begins its case by itself; a mark of a case goes before it', async () => {
  const row = await comes({ senderBox: 'novacek', subject: 'PODNET k ulici' });
  expect(row).toMatchObject({ result: 'delivered', reason: 'founded' });
  expect(await town.waits(row.case_id ?? '')).toEqual(['task prepsat']);
  const caseId = await town.file('klid');
  expect(await comes({ senderBox: 'nekdo77', subject: `Podnět k ${await markOf(caseId)}` })).toMatchObject({
    case_id: caseId,
    reason: 'subject',
  });
});

test('a situation without such a start, and a message that is none, found nothing', async () => {
  const { id } = await comes({ senderBox: 'nekdo77' });
  const founds = (situationId: string, inboxId = id) =>
    foundByMessage(town.corridor, 1, { inboxId, situation: situationId, actor: town.eva });
  await expect(founds('klid')).rejects.toMatchObject({ code: 'message-founds-nothing' });
  await expect(founds('schranka', randomUUID())).rejects.toMatchObject({ code: 'message-not-found' });
});
