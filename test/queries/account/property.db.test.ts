// Whatever happens to the money of two payers: the account shows what the entries add up to, and the statement carries every balance forward.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adjust, cancelPrescription, noteReturned, orderReturn, release, reversePayment, writeOff } from '../../../server/books/index.ts';
import { payTogether } from '../../../server/cases/account/pay-together.ts';
import { groupPage } from '../../../server/queries/account/group.ts';
import { Problem } from '../../../server/domain/problem.ts';
import { newId } from '../../../server/platform/ids.ts';
import { insertPerson } from '../../../server/store/people.ts';
import { RULE } from '../../books/a-payer.ts';
import { openTestTown, type Citizen, type TestTown } from '../../cases/town.ts';
import { cloneDatabase } from '../../setup/database.ts';
import { accountsOf, type Accounts } from './an-account.ts';

const database = await cloneDatabase();
let town: TestTown;
let accounts: Accounts;
beforeAll(async () => {
  town = await openTestTown(database);
  accounts = accountsOf(town);
});
afterAll(() => town.close());

/** What a step concerns is chosen by numbers, so that any sequence can be carried out. */
const place = fc.nat({ max: 99 });
const amount = fc.integer({ min: 1, max: 300_000 });
const day = fc.integer({ min: 0, max: 700 }).map((days) => new Date(Date.UTC(2024, 5, 1) + days * 86_400_000).toISOString().slice(0, 10));
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('prescribe' as const), who: place, amount, day }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay' as const), debt: place, amount, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('together' as const), debt: place, amount, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('adjust' as const), debt: place, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), debt: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('write-off' as const), debt: place, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), debt: place, payment: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), payment: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), payment: place, paidOut: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let nextSymbol = 2_000_000_000;
interface Scene {
  readonly people: readonly Citizen[];
  readonly debts: { readonly id: string; readonly variableSymbol: string }[];
  readonly payments: string[];
}

async function newCitizen(): Promise<Citizen> {
  const id = newId(town.clock.now());
  const facts = { givenName: 'Jana', familyName: 'Nováková', birthDate: null, placeOfBirth: null, address: null, email: null, phone: null };
  await town.db.withTenant(1, (trx) => insertPerson(trx, 1, { id, ...facts, dataBox: null, lang: 'cs' }, town.clock.now()));
  const citizen: Citizen = { kind: 'citizen', id };
  await accounts.own(citizen);
  return citizen;
}

/** A step that the books refuse leaves everything as it was; that is theirs to prove. */
async function attempt(scene: Scene, one: Step): Promise<void> {
  try {
    await take(scene, one);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

async function take({ people, debts, payments }: Scene, one: Step): Promise<void> {
  const debt = 'debt' in one ? debts[one.debt % Math.max(1, debts.length)] : undefined;
  const payment = 'payment' in one ? payments[one.payment % Math.max(1, payments.length)] : undefined;
  const by = RULE;
  switch (one.do) {
    case 'prescribe': {
      const payer = people[one.who % people.length]?.id ?? '';
      const imported = { variableSymbol: String(nextSymbol++), prescribedOn: one.day };
      debts.push(await accounts.prescribe(payer, one.amount, { dueDate: one.day, ...(one.who % 3 === 0 ? { imported } : {}) }));
      return;
    }
    case 'pay':
      payments.push((await accounts.pay(one.amount, debt?.variableSymbol ?? '', { receivedOn: one.day })).paymentId);
      return;
    case 'together': {
      const [first] = people;
      const owed = (await accounts.page(first as Citizen)).owed.map(({ id }) => id);
      const group = await payTogether(town.corridor, 1, first?.id ?? '', owed);
      const { variableSymbol } = await groupPage(accounts.reader, 1, first?.id ?? '', group);
      payments.push((await accounts.pay(one.amount, variableSymbol, { receivedOn: one.day })).paymentId);
      return;
    }
    case 'adjust':
      if (debt)
        await accounts.inside((trx, t, now) => adjust(trx, t, { prescriptionId: debt.id, amount: one.amount, reason: 'oprava', by, now }));
      return;
    case 'cancel':
      if (debt) await accounts.inside((trx, t, now) => cancelPrescription(trx, t, { prescriptionId: debt.id, reason: 'omyl', by, now }));
      return;
    case 'write-off':
      if (debt)
        await accounts.inside((trx, t, now) => writeOff(trx, t, { prescriptionId: debt.id, amount: one.amount, reason: 'odpis', by, now }));
      return;
    case 'release':
      if (debt && payment)
        await accounts.inside((trx, t, now) => release(trx, t, { paymentId: payment, prescriptionId: debt.id, reason: 'omyl', by, now }));
      return;
    case 'reverse':
      if (payment) await accounts.inside((trx, t, now) => reversePayment(trx, t, { paymentId: payment, reason: 'storno', by, now }));
      return;
    default:
      if (payment) await giveBack(payment, one.paidOut);
  }
}

async function giveBack(paymentId: string, paidOut: boolean): Promise<void> {
  const by = RULE;
  const [row] = await town.sql<{ free: string }>('select free from payment_balance where id = $1', [paymentId]);
  await accounts.inside(async (trx, t, now) => {
    const order = { paymentId, amount: Number(row?.free), to: '19-2000145399/0800', name: 'J', reason: 'přeplatek', by, now };
    const refundId = await orderReturn(trx, t, order);
    if (paidOut) await noteReturned(trx, t, { refundId, bookedOn: '2026-03-02', by, now });
  });
}

test('the account and its statement are what the entries add up to', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 26, size: 'max' }), fc.tuple(day, day), async (steps, [a, b]) => {
      const scene: Scene = { people: [await newCitizen(), await newCitizen()], debts: [], payments: [] };
      for (const one of steps) {
        town.later(1_000);
        await attempt(scene, one);
      }
      for (const citizen of scene.people) {
        const truth = await accounts.truth(citizen.id);
        const page = await accounts.page(citizen);
        seen += page.payments.length;
        expect(page.totals.owed).toBe(truth.owed);
        expect(page.totals.overpaid).toBe(truth.free);
        expect(page.debts.reduce((sum, { open }) => sum + open, 0)).toBe(truth.owed);
        for (const debt of page.debts) expect(debt.open).toBe(debt.amount - debt.paid - debt.writtenOff);
        for (const { others, amount: whole, cleared, rest, returning, returned, state } of page.payments)
          if (!others && state !== 'reversed')
            expect(cleared.reduce((sum, one) => sum + one.amount, 0) + rest + returning + returned).toBe(whole);
        // Split anywhere, the statement goes on where it ended.
        const [first, second] = a < b ? [a, b] : [b, a];
        const past = await accounts.statement(citizen, '2000-01-01', first);
        const next = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
        const rest = await accounts.statement(citizen, next, '2100-12-31');
        const closing = ({ opening, lines }: typeof past): number => lines.reduce((sum, line) => sum + line.amount, opening);
        expect(past.opening).toBe(0);
        expect(rest.opening).toBe(closing(past));
        expect(closing(rest)).toBe(truth.owed - truth.free);
        expect((await accounts.statement(citizen, second, '2100-12-31')).lines.every(({ on }) => on >= second)).toBe(true);
      }
    }),
    { numRuns: 15 },
  );
  expect(seen).toBeGreaterThan(15);
}, 180_000);
