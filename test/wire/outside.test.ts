// What must not happen when the outside misbehaves: money without a prescription, the data box down, answers lost or doubled, people who are silent.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { IncidentRow, UnmatchedPayment } from '../../server/contract/office.ts';
import type { PaperLetterCard, PaperLetterList, PaperPrint } from '../../server/contract/paper-letters.ts';
import type { CardPayment, CitizenCase } from '../../server/contract/portal.ts';
import { dayOf } from '../../server/domain/calendar.ts';
import { withClient } from '../../tools/postgres/roles.ts';
import { cloneDatabase } from '../setup/database.ts';
import { startTown, type RunningTown } from '../setup/town.ts';
import { expectRefusal } from './refusal.ts';
import { citizen, commandId, officer, type Client } from './town-client.ts';
import {
  actionOf,
  caseOf,
  completeTask,
  endOf,
  FEE,
  feeOf,
  fileDog,
  officeCaseOf,
  prescribedDog,
  setFaults,
  taskAt,
  transfer,
  until,
} from './town-steps.ts';

const database = await cloneDatabase();
let town: RunningTown;
let jana: Client;
let zdenek: Client;
let marketa: Client;
let frantiska: Client;
let tomas: Client;
let hana: Client;

beforeAll(async () => {
  town = await startTown(database);
  jana = await citizen(town.url, 'jana-novotna');
  zdenek = await citizen(town.url, 'zdenek-rehor');
  marketa = await citizen(town.url, 'marketa-sediva');
  frantiska = await citizen(town.url, 'frantiska-duskova');
  tomas = await citizen(town.url, 'tomas-cizek');
  hana = await officer(town.url, 'u-hana-vlckova');
}, 120_000);
afterEach(async () => {
  for (const simulator of ['isds', 'bank', 'gopay', 'mail']) await setFaults(town, simulator, []);
});
afterAll(async () => {
  await town.close();
  expect(town.output()).not.toMatch(/request failed|job loop failed|could not be processed/);
});

const INCOMPLETE = { vysledek: 'neuplne', zavady: 'Chybí číslo čipu psa.' };
const COMPLETE = { vysledek: 'uplne', osvobozeni: 'zadne' };
const unmatched = async (): Promise<readonly UnmatchedPayment[]> =>
  (await hana.get<{ readonly payments: readonly UnmatchedPayment[] }>('/urad/api/payments/unmatched')).payments;
const unmatchedWith = (vs: string): Promise<UnmatchedPayment> =>
  until(`unmatched money with ${vs}`, async () => (await unmatched()).find(({ variableSymbol }) => variableSymbol === vs));
const received = async (who: Client, caseId: string): Promise<readonly (readonly [number, string])[]> =>
  (await caseOf(who, caseId)).payments.flatMap((payment) => payment.receivedPayments.map(({ amount, way }) => [amount, way] as const));
interface SentMessage {
  readonly to: string;
  readonly senderRef: string;
  readonly subject: string;
  readonly state: number;
}
const dataMessages = async (mark: string): Promise<readonly SentMessage[]> =>
  (await town.world<readonly SentMessage[]>('GET', '/isds/ledger')).filter(({ senderRef }) => senderRef === mark);
const mailsAbout = async (words: RegExp, mark: string): Promise<number> =>
  (await town.world<readonly { readonly subject: string; readonly text: string }[]>('GET', '/mail/ledger')).filter(
    (mail) => words.test(mail.text) && `${mail.subject} ${mail.text}`.includes(mark),
  ).length;
const REMINDER = /Zaplaťte prosím do 15 dnů od této zprávy/;

describe('money', () => {
  test('with an unknown symbol is kept, shown to a clerk and put by hand where it belongs; then the process goes on', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    await transfer(town, { amount: FEE, vs: '777' });
    const lost = await unmatchedWith('777');
    expect([lost.amount, lost.reason]).toEqual([FEE, 'unknown-symbol']);
    const match = (variableSymbol: string) =>
      hana.ask('POST', `/urad/api/payments/${lost.id}/match`, { commandId: commandId(), variableSymbol, note: 'Překlep' });

    expectRefusal(await match('1341999999'), 404, 'prescription-not-found', 'officer');
    expect(await unmatchedWith('777')).toEqual(lost);
    expect((await match(fee.variableSymbol)).status).toBe(204);

    await taskAt(hana, caseId, 'znamka');
    expect(await received(jana, caseId)).toEqual([[FEE, 'transfer']]);
    expect((await unmatched()).map(({ id }) => id)).not.toContain(lost.id);
    expectRefusal(await match(fee.variableSymbol), 409, 'payment-already-cleared', 'officer');
  });

  test('in parts: the case waits for the rest; two equal parts on one statement are two parts', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    await transfer(town, { amount: 10_000, vs: fee.variableSymbol });
    await until('the part', async () => ((await caseOf(jana, caseId)).payments[0]?.paid === 10_000 ? true : undefined));
    expect((await actionOf(jana, caseId, 'pay')).amount).toBe(20_000);
    expect((await officeCaseOf(hana, caseId)).waits.map(({ elementId }) => elementId)).toContain('platba');

    await Promise.all([1, 2].map(() => transfer(town, { amount: 10_000, vs: fee.variableSymbol })));

    await taskAt(hana, caseId, 'znamka');
    expect(await received(jana, caseId)).toEqual([
      [10_000, 'transfer'],
      [10_000, 'transfer'],
      [10_000, 'transfer'],
    ]);
  });

  test('told twice by the bank is credited once', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    await setFaults(town, 'bank', [{ operation: 'statements', kind: 'answer-twice' }]);
    await transfer(town, { amount: FEE, vs: fee.variableSymbol });
    await taskAt(hana, caseId, 'znamka');
    await pause(3_500); // two more looks at the same statements

    expect(await received(jana, caseId)).toEqual([[FEE, 'transfer']]);
    expect((await unmatched()).map(({ variableSymbol }) => variableSymbol)).not.toContain(fee.variableSymbol);
  });

  test('over the fee, or a second time: what is over waits for a clerk, who gives it back', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    await transfer(town, { amount: FEE + 5_000, vs: fee.variableSymbol });
    await taskAt(hana, caseId, 'znamka');
    const over = await unmatchedWith(fee.variableSymbol);
    expect([over.amount, over.reason]).toEqual([5_000, 'overpaid']);
    const giveBack = () => hana.ask('POST', `/urad/api/payments/${over.id}/return`, { commandId: commandId(), note: 'Přeplatek' });
    expect((await giveBack()).status).toBe(204);
    expectRefusal(await giveBack(), 409, 'payment-already-cleared', 'officer');

    await transfer(town, { amount: FEE, vs: fee.variableSymbol });
    const again = await unmatchedWith(fee.variableSymbol);
    expect([again.amount, again.reason]).toEqual([FEE, 'already-paid']);
    expectRefusal(
      await jana.ask('POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, { commandId: commandId() }),
      409,
      'already-paid',
    );
  });
});

describe('the data box', () => {
  test('down: the case waits, the citizen reads why; once it is up, exactly one message has been sent', { timeout: 90_000 }, async () => {
    await setFaults(town, 'isds', [{ operation: '*', kind: 'unavailable' }]);
    const { caseId, mark } = await fileDog(tomas);
    const trouble = await until('why it waits', async () => (await caseOf(tomas, caseId)).trouble ?? undefined);
    expect(trouble).toMatch(/^Datové schránky od .+ neodpovídají\..+nic se neztratilo/);
    expect((await tomas.get<CitizenCase>(`/api/cases/${caseId}?lang=en`)).trouble).toMatch(/^Data boxes have not been answering since/);
    expect((await caseOf(tomas, caseId)).state).toMatchObject({ title: 'Odesláno', ended: false });
    expect(await dataMessages(mark)).toHaveLength(0);

    await setFaults(town, 'isds', []);
    await taskAt(hana, caseId, 'kontrola');
    expect(await dataMessages(mark)).toHaveLength(1);
    expect((await caseOf(tomas, caseId)).trouble).toBe(null);
  });

  test('that takes no messages while it can be read is told all the time, not now and then', { timeout: 90_000 }, async () => {
    await setFaults(town, 'isds', [{ operation: 'CreateMessage', kind: 'unavailable' }]);
    const { caseId } = await fileDog(tomas);
    await until('why it waits', async () => (await caseOf(tomas, caseId)).trouble ?? undefined);
    for (let looks = 0; looks < 15; looks += 1) {
      expect((await caseOf(tomas, caseId)).trouble).not.toBe(null);
      await pause(150);
    }
  });

  test('that takes messages but gives none: the citizen reads why nobody answers', { timeout: 90_000 }, async () => {
    await setFaults(town, 'isds', [{ operation: 'GetListOfReceivedMessages', kind: 'unavailable' }]);
    const { caseId } = await fileDog(tomas);
    await until('the message is sent', async () =>
      (await officeCaseOf(hana, caseId)).waits.find(({ elementId }) => elementId === 'podani-dodano'),
    );
    const trouble = await until('why it waits', async () => (await caseOf(tomas, caseId)).trouble ?? undefined);
    expect(trouble).toMatch(/^Datové schránky/);
    await setFaults(town, 'isds', []);
    await taskAt(hana, caseId, 'kontrola');
    expect((await caseOf(tomas, caseId)).trouble).toBe(null);
  });

  test('whose answer is lost, and which lists everything twice: one message, one arrival', { timeout: 90_000 }, async () => {
    await setFaults(town, 'isds', [
      { operation: 'CreateMessage', kind: 'lose-answer', times: 1 },
      { operation: 'GetListOfReceivedMessages', kind: 'answer-twice' },
      { operation: 'GetListOfSentMessages', kind: 'answer-twice' },
    ]);
    const { caseId, mark } = await fileDog(tomas);
    await taskAt(hana, caseId, 'kontrola');
    await pause(2_500);

    expect(await dataMessages(mark)).toHaveLength(1);
    const { documents, journal, journalIntact } = await officeCaseOf(hana, caseId);
    // The message, and the proof of its delivery: what was sent as it was sealed, and the report.
    expect(documents.flatMap(({ kind, title }) => (kind === 'message' ? [title.replace(/ \d+.*/, '')] : [])).sort()).toEqual([
      'Datová zpráva',
      'Doručenka datové zprávy',
      'Odeslaná datová zpráva',
    ]);
    expect(journal.filter(({ kind }) => kind === 'receive-message')).toHaveLength(1);
    expect(journalIntact).toBe(true);
  });
});

describe('a card', () => {
  const begin = async (
    who: Client,
    caseId: string,
    fee: { readonly id: string },
  ): Promise<{ readonly id: string; readonly order: number }> => {
    const { id } = await who.send<CardPayment>('POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, { commandId: commandId() });
    const url = await until(
      'the gateway’s page',
      async () => (await who.get<CardPayment>(`/api/card-payments/${id}`)).gatewayUrl ?? undefined,
    );
    expect(url).toContain('/gw/v3/');
    const orders = await town.world<readonly { readonly id: string; readonly orderNumber: string }[]>('GET', '/gopay/ledger');
    return { id, order: Number(orders.at(-1)?.id) };
  };
  const act = (order: number, outcome: 'pay' | 'cancel') => town.world('POST', '/gopay/act', { id: order, outcome });
  const stateOf = async (who: Client, id: string, ask = ''): Promise<string> =>
    (await who.get<CardPayment>(`/api/card-payments/${id}${ask}`)).state;

  test('cancelled is told so and may be tried again; paid and told twice, it is credited once', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    const first = await begin(jana, caseId, fee);
    await act(first.order, 'cancel');
    await until('cancelled', async () => ((await stateOf(jana, first.id)) === 'cancelled' ? true : undefined));
    expect((await caseOf(jana, caseId)).payments[0]).toMatchObject({ state: 'open', paid: 0 });

    const second = await begin(jana, caseId, fee);
    await setFaults(town, 'gopay', [{ operation: 'notification', kind: 'answer-twice' }]);
    await act(second.order, 'pay');
    await taskAt(hana, caseId, 'znamka');

    expect(await stateOf(jana, second.id)).toBe('paid');
    expect(await received(jana, caseId)).toEqual([[FEE, 'card']]);
    expect((await unmatched()).map(({ variableSymbol }) => variableSymbol)).not.toContain(fee.variableSymbol);
  });

  test(
    'paid while the notification got lost: found when the payer comes back, and by time when he does not',
    { timeout: 90_000 },
    async () => {
      await setFaults(town, 'gopay', [{ operation: 'notification', kind: 'fail-before' }]);
      const [back, away] = await Promise.all([prescribedDog(jana, hana), prescribedDog(marketa, hana)]);
      const returning = await begin(jana, back.caseId, back.fee);
      await act(returning.order, 'pay');
      await until('paid at the return', async () => ((await stateOf(jana, returning.id, '?zeptat=1')) === 'paid' ? true : undefined));
      await taskAt(hana, back.caseId, 'znamka');

      const leaving = await begin(marketa, away.caseId, away.fee);
      await act(leaving.order, 'pay');
      await town.world('POST', '/clock', { minutes: 1 });
      await taskAt(hana, away.caseId, 'znamka');
      expect(await received(marketa, away.caseId)).toEqual([[FEE, 'card']]);
    },
  );

  test('paid after a transfer has come first: the card’s money waits for a clerk', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    const card = await begin(jana, caseId, fee);
    await transfer(town, { amount: FEE, vs: fee.variableSymbol });
    await taskAt(hana, caseId, 'znamka');
    await act(card.order, 'pay');

    const double = await unmatchedWith(fee.variableSymbol);
    expect([double.amount, double.reason]).toEqual([FEE, 'already-paid']);
    expect(await received(jana, caseId)).toEqual([[FEE, 'transfer']]);
  });
});

describe('a withdrawal', () => {
  const withdraw = (who: Client, caseId: string) =>
    who.ask('POST', `/api/cases/${caseId}/withdraw`, { commandId: commandId(), reason: 'Pes uhynul.' });

  test('before anything is prescribed ends the case; the clerk’s task is gone', async () => {
    const { caseId, mark } = await fileDog(zdenek);
    const task = await taskAt(hana, caseId, 'kontrola');
    expect((await withdraw(zdenek, caseId)).status).toBe(200);

    expect(await endOf(zdenek, caseId)).toBe('vzato-zpet');
    expectRefusal(await withdraw(zdenek, caseId), 409, 'withdrawal-not-possible');
    const late = await hana.ask('POST', `${task}/complete`, { commandId: commandId(), values: COMPLETE });
    expect([late.status, late.body.code]).toEqual([409, expect.stringMatching(/^(case-ended|task-already-completed)$/)]);
    expect(await mailsAbout(/vzali zpět/, mark)).toBeGreaterThan(0);
  });

  test('of a prescribed fee cancels it: nothing can be paid, and money that comes or came is given back', async () => {
    const { caseId, fee } = await prescribedDog(jana, hana);
    await transfer(town, { amount: 10_000, vs: fee.variableSymbol });
    await until('the part', async () => ((await caseOf(jana, caseId)).payments[0]?.paid === 10_000 ? true : undefined));
    expect((await withdraw(jana, caseId)).status).toBe(200);
    expect(await endOf(jana, caseId)).toBe('vzato-zpet');

    expect((await caseOf(jana, caseId)).payments[0]).toMatchObject({ state: 'cancelled', spayd: '' });
    expect((await jana.ask('GET', fee.qrHref)).status).toBe(404);
    expectRefusal(
      await jana.ask('POST', `/api/cases/${caseId}/prescriptions/${fee.id}/card`, { commandId: commandId() }),
      409,
      'prescription-cancelled',
    );
    await transfer(town, { amount: FEE, vs: fee.variableSymbol });
    const waiting = await until('both', async () => {
      const found = (await unmatched()).filter(({ variableSymbol }) => variableSymbol === fee.variableSymbol);
      return found.length === 2 ? found : undefined;
    });
    expect(waiting.map(({ amount, reason }) => [amount, reason])).toEqual([
      [10_000, 'prescription-cancelled'],
      [FEE, 'prescription-cancelled'],
    ]);
  });
});

test('who has no e-mail in his identity is written to at the address he gave in the form', async () => {
  const { caseId, mark } = await fileDog(frantiska);
  await completeTask(hana, caseId, 'kontrola', COMPLETE);
  await feeOf(frantiska, caseId);
  const given = (await officeCaseOf(hana, caseId)).applicantCard.email;
  expect(given).toMatch(/@/);
  const letters = await town.world<readonly { readonly subject: string }[]>('POST', '/mail/mailbox', { address: given });
  expect(letters.filter(({ subject }) => subject.includes(mark)).length).toBeGreaterThan(0);
});

test('a person without box and e-mail is written to on paper: the letter waits to be printed, and goes on when it is posted', async () => {
  const { caseId } = await fileDog(frantiska);
  // Every form of ours asks for an e-mail; a case taken over from paper has none.
  await withClient(database.ownerUrl, (client) =>
    client
      .query("select set_config('app.tenant', '1', false)")
      .then(() => client.query('update cases set contact_email = null where id = $1', [caseId])),
  );
  await completeTask(hana, caseId, 'kontrola', INCOMPLETE);
  const ofCase = async () =>
    (await hana.get<{ readonly letters: readonly PaperLetterCard[] }>(`/urad/api/cases/${caseId}/paper-letters`)).letters[0];
  const letter = await until('a letter in the dispatch room', ofCase);
  expect(letter).toMatchObject({ state: 'waiting', caseId, addressee: expect.stringContaining(' ') });
  const incidents = (await hana.get<{ readonly incidents: readonly IncidentRow[] }>('/urad/api/incidents')).incidents;
  expect(incidents.filter((incident) => incident.caseId === caseId)).toEqual([]);
  expect((await hana.get<PaperLetterList>('/urad/api/paper-letters')).letters.map(({ id }) => id)).toContain(letter.id);

  const printing = { commandId: commandId(), ids: [letter.id] };
  const print = await hana.send<PaperPrint>('POST', '/urad/api/paper-letters/print', printing);
  expect(print.apart).toEqual([]);
  expect((await hana.ask('GET', print.lettersHref)).text).toMatch(/^%PDF/);
  expect((await hana.ask('GET', print.sheetHref)).text).toMatch(/^%PDF/);
  expect((await hana.send<PaperPrint>('POST', '/urad/api/paper-letters/print', printing)).batchId).toBe(print.batchId);

  const on = dayOf((await hana.get<{ readonly now: string }>('/urad/api/session')).now);
  const letters = [{ id: letter.id, way: 'own-hands', postingNumber: 'RR123456785CZ' }];
  const posting = { commandId: commandId(), on, letters };
  const said = { posted: [letter.id], refused: [] };
  expect(await hana.send('POST', '/urad/api/paper-letters/post', posting)).toEqual(said);
  expect(await hana.send('POST', '/urad/api/paper-letters/post', posting)).toEqual(said);
  await actionOf(frantiska, caseId, 'task');
  expect(await hana.send('POST', '/urad/api/paper-letters/post', { ...posting, commandId: commandId() })).toEqual({
    posted: [],
    refused: [{ id: letter.id, code: 'paper-letter-posted' }],
  });

  const outcome = (what: object) =>
    hana.ask('POST', `/urad/api/paper-letters/${letter.id}/outcome`, { commandId: commandId(), outcome: what });
  expectRefusal(await outcome({ what: 'fiction', storedOn: on }), 409, 'fiction-not-yet', 'officer');
  expect((await outcome({ what: 'handed', on })).status).toBe(204);
  expect(await ofCase()).toMatchObject({ state: 'delivered', deliveredOn: on, how: 'delivered', postingNumber: 'RR123456785CZ' });
  expectRefusal(await outcome({ what: 'handed', on }), 409, 'paper-letter-delivered', 'officer');
  const timeline = (await caseOf(frantiska, caseId)).timeline.map(({ title }) => title);
  expect(timeline).toContain('Písemnost doručena');
});

describe('silence', () => {
  test('about a fee brings one reminder, and about a call to remedy the end with a letter', { timeout: 120_000 }, async () => {
    const [owing, { caseId, mark }] = await Promise.all([prescribedDog(zdenek, hana), fileDog(marketa)]);
    await completeTask(hana, caseId, 'kontrola', INCOMPLETE);
    await actionOf(marketa, caseId, 'task');
    const owed = (await caseOf(zdenek, owing.caseId)).mark;
    expect(await mailsAbout(REMINDER, owed)).toBe(0);

    await town.world('POST', '/clock', { days: 30 });
    // Nobody is sent away by a machine: a clerk looks whether an answer has not come some other way.
    await completeTask(hana, caseId, 'overit-doplneni', { jeDoplneni: 'ne', poznamka: 'Ve spisu ani v nezařazených zprávách nic není.' });

    expect(await endOf(marketa, caseId)).toBe('odlozeno');
    const { documents } = await caseOf(marketa, caseId);
    const letters = await town.world<readonly SentMessage[]>('GET', '/isds/ledger');
    expect(documents.filter(({ kind }) => kind === 'letter').map(({ title }) => title)).toEqual([
      'Výzva k odstranění vad ohlášení',
      'Vyrozumění o odložení ohlášení',
    ]);
    expect(letters.filter(({ to, subject }) => to === 'msediv9' && /odložení/.test(subject))).toHaveLength(1);
    expect(await mailsAbout(/./, mark)).toBeGreaterThan(0);
    // Thirty days to pay are over only now.
    expect(await mailsAbout(REMINDER, owed)).toBe(0);
    await town.world('POST', '/clock', { days: 20 });
    await until('a reminder', async () => ((await mailsAbout(REMINDER, owed)) > 0 ? true : undefined));
    await town.world('POST', '/clock', { days: 5 });
    await pause(2_000);
    expect(await mailsAbout(REMINDER, owed)).toBe(1);
    expect((await feeOf(zdenek, owing.caseId)).state).toBe('open');
  });
});
