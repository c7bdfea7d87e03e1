// The real books of one town on PostgreSQL, driven by the same commands as the reference. Two officers, three payers.
import type { Client } from 'pg';
import {
  adjust,
  allocate,
  askApproval,
  bookBankMovement,
  closeMonth,
  decideApproval,
  ensurePayer,
  noteReturned,
  orderReturn,
  prescribe,
  receive,
  release,
  returnFailed,
  reversePayment,
  writeOff,
} from '../../server/books/index.ts';
import { Problem } from '../../server/domain/problem.ts';
import type { Database, Transaction } from '../../server/store/database.ts';
import type { Command, Second } from './commands.ts';
import { ACCOUNTS, type Ids } from './observed.ts';
import type { Movement, Verdict } from './reference-ledger.ts';

export interface RealBooks {
  readonly tenantId: number;
  readonly db: Database;
  readonly eva: string;
  readonly petr: string;
  readonly payers: readonly string[];
  /** Symbols of prescriptions by their ids. */
  readonly symbols: Map<string, string>;
}
/** What came of a command; ids of what it made. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly prescriptions: readonly string[];
  readonly payments: readonly string[];
  readonly returns: readonly string[];
}
/** Which officer wants it and when. */
interface Moment {
  readonly now: string;
  readonly today: string;
}
class Died extends Error {}
const NOTHING = { prescriptions: [], payments: [], returns: [] } as const;
const ACCOUNT_OF_PAYER = '1265098001/5500';
const reason = 'model';
const sign = (digest: string): { readonly signature: string; readonly keyId: string } => ({ signature: digest, keyId: 'model' });

/** @param admin a superuser's connection: towns and officers are made beside the wall */
export async function foundTown(admin: Client, db: Database, tenantId: number, limit: number, now: string): Promise<RealBooks> {
  const [eva, petr] = [crypto.randomUUID(), crypto.randomUUID()];
  const settings = JSON.stringify({ money: { fourEyesAbove: limit } });
  await admin.query('insert into tenant (id, slug, name, settings) values ($1::int, $2, $2, $3)', [tenantId, `obec-${tenantId}`, settings]);
  await admin.query(
    `insert into officer (tenant_id, id, subject, name, email) select $1, unnest($2::uuid[]), unnest($3::text[]), 'x', 'x@lhota.example'`,
    [tenantId, [eva, petr], ['eva', 'petr']],
  );
  const payers = await db.withTenant(tenantId, async (trx) => {
    const made: string[] = [];
    for (const name of ['Jana Nová', 'Petr Malý', 'Obec s.r.o.'])
      made.push(await ensurePayer(trx, tenantId, { name, registryId: name }, now));
    return made;
  });
  return { tenantId, db, eva, petr, payers, symbols: new Map() };
}

/** `dies`: everything is done and then the process is gone before the commit. */
export async function perform(books: RealBooks, command: Command, ids: Ids, moment: Moment & { readonly dies: boolean }): Promise<Outcome> {
  try {
    return await books.db.withTenant(books.tenantId, async (trx) => {
      const outcome = await act({ trx, books, ids, moment }, command);
      if (moment.dies) throw new Died();
      return outcome;
    });
  } catch (error) {
    if (error instanceof Died) return { verdict: 'done', ...NOTHING };
    if (error instanceof Problem) return { verdict: error.code === 'needs-second-person' ? 'needs-approval' : 'refused', ...NOTHING };
    throw error;
  }
}

interface Stage {
  readonly trx: Transaction;
  readonly books: RealBooks;
  readonly ids: Ids;
  readonly moment: Moment;
}
const done = (made: Partial<Outcome> = {}): Outcome => ({ verdict: 'done', ...NOTHING, ...made });
const repeatable = ({ repeated }: { readonly repeated: boolean }): Outcome => ({ verdict: repeated ? 'repeated' : 'done', ...NOTHING });
const at = (list: readonly string[], index: number): string => list[index] ?? 'missing';

async function act(stage: Stage, command: Command): Promise<Outcome> {
  const { trx, books, ids, moment } = stage;
  const { tenantId } = books;
  const deed = { by: `officer:${books.eva}`, now: moment.now, reason };
  switch (command.do) {
    case 'prescribe':
      return prescribeAll(stage, command);
    case 'receive':
    case 'storno':
      return credit(stage, command);
    case 'correct': {
      const prescriptionId = at(ids.prescriptions, command.prescription);
      return withSecond(stage, command.second, {
        alone: async () => {
          await adjust(trx, tenantId, { ...deed, prescriptionId, amount: command.total });
          return done();
        },
        kind: 'correction',
        subject: prescriptionId,
        amount: (problem) => Number(problem.details['amount']),
        what: { total: command.total },
      });
    }
    case 'write-off': {
      const prescriptionId = at(ids.prescriptions, command.prescription);
      return withSecond(stage, command.second, {
        alone: async () => {
          await writeOff(trx, tenantId, { ...deed, prescriptionId, amount: command.amount });
          return done();
        },
        kind: 'writeoff',
        subject: prescriptionId,
        amount: () => command.amount,
        what: {},
      });
    }
    case 'order-return': {
      const paymentId = at(ids.payments, command.payment);
      // What came over the terminal knows no account to go back to.
      const to = command.source === 'terminal' ? ACCOUNT_OF_PAYER : '';
      const order = { ...deed, paymentId, amount: command.amount, to, name: 'Jana' };
      return withSecond(stage, command.second, {
        alone: async () => done({ returns: [await orderReturn(trx, tenantId, order)] }),
        kind: 'return',
        subject: paymentId,
        amount: () => command.amount,
        what: { to, name: 'Jana' },
      });
    }
    case 'move':
      return repeatable(await bookBankMovement(trx, tenantId, movementIn(command.movement, deed, moment.today)));
    case 'allocate': {
      const shares = [{ prescriptionId: at(ids.prescriptions, command.prescription), amount: command.amount }];
      await allocate(trx, tenantId, { ...deed, paymentId: at(ids.payments, command.payment), shares });
      return done();
    }
    case 'release':
      await release(trx, tenantId, {
        ...deed,
        paymentId: at(ids.payments, command.payment),
        prescriptionId: at(ids.prescriptions, command.prescription),
      });
      return done();
    case 'reverse':
      return repeatable(await reversePayment(trx, tenantId, { ...deed, paymentId: at(ids.payments, command.payment) }));
    case 'end-return':
      return endReturn(stage, command);
    case 'close-month':
      await closeMonth(trx, tenantId, { ...deed, month: command.month, sign });
      return done();
    case 'pass-days':
      return done();
  }
}

async function prescribeAll({ trx, books, moment }: Stage, { claims }: Extract<Command, { do: 'prescribe' }>): Promise<Outcome> {
  const made = await prescribe(
    trx,
    books.tenantId,
    claims.map(({ payer, kind, dueDate, prescribed }) => ({
      payerId: at(books.payers, payer),
      kind,
      title: kind,
      amount: prescribed,
      dueDate,
      regime: kind === 'pokuta' ? 'sr' : 'dr',
      legalBasis: 'model',
      decision: null,
    })),
    { by: 'rule:model', now: moment.now },
  );
  for (const { id, variableSymbol } of made) books.symbols.set(id, variableSymbol);
  return done({ prescriptions: made.map(({ id }) => id) });
}

async function credit(
  { trx, books, ids, moment }: Stage,
  { do: what, arrival }: Extract<Command, { do: 'receive' | 'storno' }>,
): Promise<Outcome> {
  const { source, sourceId, amount, symbol, wish, receivedOn } = arrival;
  const incoming = {
    source,
    sourceId,
    account: ACCOUNTS[source] ?? '',
    amount,
    variableSymbol: symbol === undefined ? '' : (books.symbols.get(at(ids.prescriptions, symbol)) ?? ''),
    // Of nobody whom we know: whose money it is follows only from what it says.
    counterAccount: source === 'bank' ? `${100_000 + Number(/\d+/.exec(sourceId)?.[0])}/0100` : '',
    payerName: '',
    message: '',
    receivedOn,
    isReversal: what === 'storno',
    wish: wish.map(({ prescription, ...rest }) => ({ ...rest, prescriptionId: at(ids.prescriptions, prescription) })),
  };
  const { paymentId, repeated } = await receive(trx, books.tenantId, incoming, moment);
  if (repeated) return { verdict: 'repeated', ...NOTHING };
  return done(what === 'storno' ? {} : { payments: [paymentId] });
}

function movementIn(
  { id, account, against, amount, fee }: Movement,
  deed: { readonly now: string; readonly reason: string },
  today: string,
) {
  const kind = against !== 'other:bank' ? ('settlement' as const) : ('movement' as const);
  return { ...deed, by: 'rule:bank', id, bookedOn: today, account: ledger(account), against: ledger(against), amount, fee, kind };
}
const ledger = (name: string): string => ACCOUNTS[name] ?? name;

async function endReturn(
  { trx, books, ids, moment }: Stage,
  { refund, end, source }: Extract<Command, { do: 'end-return' }>,
): Promise<Outcome> {
  const given = { refundId: at(ids.returns, refund), by: 'rule:bank', now: moment.now, reason };
  if (end === 'failed') return repeatable(await returnFailed(trx, books.tenantId, given));
  return repeatable(
    await noteReturned(trx, books.tenantId, {
      ...given,
      bookedOn: moment.today,
      ...(source === 'terminal' ? { account: ACCOUNTS['bank'] ?? '' } : {}),
    }),
  );
}

interface Weighty {
  readonly alone: () => Promise<Outcome>;
  readonly kind: string;
  readonly subject: string;
  readonly amount: (problem: Problem) => number;
  readonly what: Readonly<Record<string, string | number>>;
}
/** First alone; where that is too much for one officer, by asking the other one. */
async function withSecond({ trx, books, moment }: Stage, second: Second, deed: Weighty): Promise<Outcome> {
  try {
    return await deed.alone();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'needs-second-person' || second === 'nobody') throw error;
    const { tenantId, eva, petr } = books;
    const { kind, subject, what } = deed;
    const asked = { kind, subject, what, reason, amount: deed.amount(error), officerId: eva, now: moment.now };
    const approvalId = await askApproval(trx, tenantId, asked);
    const verdict = second === 'refuses' ? 'refused' : 'approved';
    const officerId = second === 'the-same' ? eva : petr;
    const { result } = await decideApproval(trx, tenantId, { approvalId, verdict, reason, officerId, now: moment.now });
    if (second === 'refuses') return { verdict: 'needs-approval', ...NOTHING };
    const made = result as { readonly refundId?: string } | null;
    return done(made?.refundId === undefined ? {} : { returns: [made.refundId] });
  }
}
