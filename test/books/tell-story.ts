// One story through both books: after every command what can be seen must be the same, whatever died meanwhile; at its end no invariant is broken.
import type { Client } from 'pg';
import { brokenInTown } from '../../tools/ledger-check/check.ts';
import type { Database } from '../../server/store/database.ts';
import { fit, type Command, type Drawn } from './commands.ts';
import { differences, expected, observe, type Ids } from './observed.ts';
import { foundTown, perform, type Outcome, type RealBooks } from './real-books.ts';
import * as reference from './reference-ledger.ts';

export interface Stand {
  readonly db: Database;
  /** Superuser: makes towns, looks at everything. */
  readonly admin: Client;
  /** The serving role, behind the wall between towns. */
  readonly walled: Client;
}
interface Told {
  readonly stand: Stand;
  readonly real: RealBooks;
  books: reference.Books;
  ids: Ids;
  day: number;
  seconds: number;
}
const FIRST_DAY = Date.UTC(2026, 2, 2);
const LIMIT = 1_000_000;

/** @throws with what differs, after which command. Gives how many commands were carried out. */
export async function tellStory(stand: Stand, tenantId: number, draws: readonly Drawn[]): Promise<number> {
  const real = await foundTown(stand.admin, stand.db, tenantId, LIMIT, instant(0, 0));
  const told: Told = {
    stand,
    real,
    books: reference.openBooks(LIMIT, dayOf(0)),
    ids: { prescriptions: [], payments: [], returns: [] },
    day: 0,
    seconds: 0,
  };
  let done = 0;
  const log: string[] = [];
  for (const [turn, draw] of draws.entries()) {
    const command = fit(told.books, draw, turn);
    done += 1;
    const next = draws[turn + 1];
    const rival = draw.fate === 'with-next' && next ? fit(told.books, next, turn + 1) : undefined;
    log.push(`${draw.fate} ${JSON.stringify(command)}${rival ? ` and ${JSON.stringify(rival)}` : ''}`);
    try {
      await step(told, command, draw, rival);
    } catch (error) {
      throw new Error(`after ${log.length} commands:\n${log.join('\n')}\n${(error as Error).message}`, { cause: error });
    }
  }
  const broken = await brokenInTown(stand.walled, tenantId);
  if (broken.length > 0) throw new Error(`invariants broken: ${broken.join(', ')}\n${log.join('\n')}`);
  return done;
}

async function step(told: Told, command: Command, { fate }: Drawn, rival?: Command): Promise<void> {
  if (command.do === 'pass-days') {
    told.day += command.days;
    told.books.today = dayOf(told.day);
    return;
  }
  if (fate === 'dies') await carryOut(told, command, true);
  else if (fate === 'at-once') await atOnce(told, [command, command]);
  else if (rival && rival.do !== 'pass-days') await atOnce(told, [command, rival]);
  else {
    settle(told, [command], [await carryOut(told, command, false)]);
    if (fate === 'answer-lost') settle(told, [command], [await carryOut(told, command, false)]);
  }
  await compare(told);
}

interface Done extends Outcome {
  /** Its second of the story: what came last is told by the instants that were recorded, not by who committed first. */
  readonly second: number;
}
const carryOut = async (told: Told, command: Command, dies: boolean): Promise<Done> => {
  told.seconds += 1;
  const second = told.seconds;
  const outcome = await perform(told.real, command, told.ids, { now: instant(told.day, second), today: dayOf(told.day), dies });
  return { ...outcome, second };
};

/** Does in the reference what was done, and says where the verdicts differ. */
function settle(told: Told, commands: readonly Command[], outcomes: readonly Done[]): void {
  for (const [index, command] of commands.entries()) {
    const outcome = outcomes[index] as Done;
    told.books.second = outcome.second;
    const verdict = apply(told.books, command);
    if (verdict !== outcome.verdict) throw new Error(`${command.do}: should be ${verdict}, is ${outcome.verdict}`);
    told.ids = withNew(told.ids, outcome);
  }
}
const withNew = (ids: Ids, made: Outcome): Ids => ({
  prescriptions: [...ids.prescriptions, ...made.prescriptions],
  payments: [...ids.payments, ...made.payments],
  returns: [...ids.returns, ...made.returns],
});

/** Two at once come out as if one had been after the other, in one order or the other. */
async function atOnce(told: Told, commands: readonly [Command, Command]): Promise<void> {
  const outcomes = await Promise.all(commands.map((command) => carryOut(told, command, false)));
  const seen = await observe(told.stand.admin, told.real.tenantId);
  const complaints: string[] = [];
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const attempt: Told = { ...told, books: structuredClone(told.books) };
    try {
      settle(
        attempt,
        order.map((place) => commands[place] as Command),
        order.map((place) => outcomes[place] as Done),
      );
      const differing = differences(seen, expected(attempt.books, attempt.ids));
      if (differing.length > 0) throw new Error(differing.join('\n'));
      told.books = attempt.books;
      told.ids = attempt.ids;
      return;
    } catch (error) {
      complaints.push((error as Error).message);
    }
  }
  throw new Error(`in no order: ${complaints.join('\n or ')}`);
}

async function compare(told: Told): Promise<void> {
  const differing = differences(await observe(told.stand.admin, told.real.tenantId), expected(told.books, told.ids));
  if (differing.length > 0) throw new Error(differing.join('\n'));
}

/** The reference's verdict; where one officer is not enough, with the second one's. */
function apply(books: reference.Books, command: Command): reference.Verdict {
  switch (command.do) {
    case 'prescribe':
      for (const claim of command.claims) reference.prescribe(books, claim);
      return 'done';
    case 'receive':
      return reference.receive(books, command.arrival);
    case 'storno':
      return reference.storno(books, command.arrival);
    case 'move':
      return reference.move(books, command.movement);
    case 'correct':
      return decided(command.second, (approved) => reference.adjust(books, command.prescription, command.total, approved));
    case 'write-off':
      return decided(command.second, (approved) => reference.writeOff(books, command.prescription, command.amount, approved));
    case 'order-return':
      return decided(command.second, (approved) => reference.orderReturn(books, command.payment, command.amount, approved));
    case 'allocate':
      return reference.allocate(books, command.payment, command.prescription, command.amount);
    case 'release':
      return reference.release(books, command.payment, command.prescription);
    case 'reverse':
      return reference.reverse(books, command.payment);
    case 'end-return':
      return reference.endReturn(books, command.refund, command.end);
    case 'close-month':
      return reference.closeMonth(books, command.month);
    case 'pass-days':
      return 'done';
  }
}

function decided(second: string, deed: (approved: boolean) => reference.Verdict): reference.Verdict {
  const alone = deed(false);
  if (alone !== 'needs-approval') return alone;
  // Whoever approves his own request is refused.
  if (second === 'the-same') return 'refused';
  return second === 'another' ? deed(true) : alone;
}

const instant = (day: number, seconds: number): string =>
  new Date(FIRST_DAY + day * 86_400_000 + 28_800_000 + seconds * 1_000).toISOString();
const dayOf = (day: number): string => instant(day, 0).slice(0, 10);
