// The inside of a transaction: statements by knex for whoever builds them, prepared statements for the hot path, and the last writes, for which
// nobody waits before COMMIT is sent. One per transaction.
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type pg from 'pg';

export interface Lane {
  readonly trx: Knex.Transaction;
  /** Takes a statement that was sent and that COMMIT need not wait for; should it fail, PostgreSQL rolls back and the transaction throws its error. */
  last(sent: Promise<unknown>): void;
  /** Sends what is held back. */
  flush(): void;
  /** Throws the first failure of the last statements. */
  settled(): Promise<unknown>;
  firstFailure(): Promise<unknown>;
  end(): void;
}

/** A data-modifying or reading statement with its own numbering of parameters from $1. */
export interface Part {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Set for a part with `returning` that must concern one row: otherwise the transaction fails, see `isOvertaken`. Says what was expected. */
  readonly must?: string;
}
type Connection = Pick<pg.ClientBase, 'query'>;
type Socket = { cork(): void; uncork(): void };

/** All that is sent before the process looks at its sockets again goes in one packet: a write costs 20 to 50 µs, more than most statements' building. */
export function packed(connection: Connection): void {
  const { stream } = (connection as { readonly connection?: { readonly stream?: Socket } }).connection ?? {};
  if (!stream || waiting.has(stream)) return;
  waiting.add(stream);
  stream.cork();
  process.nextTick(() => {
    waiting.delete(stream);
    stream.uncork();
  });
}
const waiting = new WeakSet<Socket>();
interface Inside {
  readonly send: (part: Part) => Promise<pg.QueryResult<pg.QueryResultRow>>;
  readonly flush: () => void;
  readonly held: Part[];
}

const insides = new WeakMap<object, Inside>();

/** @param build makes the knex of this transaction when it is first asked for something; it calls `reached` before each statement */
export function openLane<C extends Connection>(connection: C, build: (connection: C, reached: () => void) => Knex.Transaction): Lane {
  let over = false;
  let built: Knex.Transaction | undefined;
  const sent: Promise<unknown>[] = [];
  const real = (): Knex.Transaction => (built ??= build(connection, reached));
  const trx = new Proxy((() => undefined) as unknown as Knex.Transaction, {
    apply: (_target, self, given) => Reflect.apply(real(), self, given) as unknown,
    get: (_target, key) => Reflect.get(real(), key) as unknown,
    has: (_target, key) => Reflect.has(real(), key),
  });
  const last = (promise: Promise<unknown>): void => {
    promise.catch(() => undefined); // its failure is thrown by `settled` or asked for by `firstFailure`
    sent.push(promise);
  };
  const held: Part[] = [];
  const send: Inside['send'] = ({ text, values }) => {
    packed(connection);
    return connection.query({ name: nameOf(text), text, values: [...values] });
  };
  const flush = (): void => {
    if (held.length > 0) last(send(together(held.splice(0))));
  };
  const reached = (): void => {
    if (over) throw new Error('a statement came after the end of its transaction');
    flush();
  };
  insides.set(trx, { send, flush: reached, held });
  return {
    trx,
    last,
    flush,
    settled: () => Promise.all(sent),
    firstFailure: async () => (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')?.reason as unknown,
    end: () => {
      over = true;
    },
  };
}

/** Sends a statement that is prepared once on each connection. It goes off at once: ahead of statements that knex still builds. */
export async function ask<Row extends pg.QueryResultRow>(trx: Knex.Transaction, part: Part): Promise<readonly Row[]> {
  const { send, flush } = insideOf(trx);
  flush();
  return (await send(part)).rows as Row[];
}

/** Holds the parts back until anything else is sent or the transaction ends, and sends all that is held then as one statement. The parts of one
 * statement do not see each other's rows, but the state before; nobody waits for them, and a failure is thrown by the transaction. */
export function writeLast(trx: Knex.Transaction, parts: readonly Part[]): void {
  insideOf(trx).held.push(...parts);
}

/** Sends what is held so far as a statement of its own; nobody waits for it. */
export function flushHeld(trx: Knex.Transaction): void {
  insideOf(trx).flush();
}

/** The same at once, for whoever must know that it was done. */
export async function writeNow(trx: Knex.Transaction, parts: readonly Part[]): Promise<void> {
  if (parts.length > 0) await ask(trx, together(parts));
}

const texts = new Map<string, string>();
function together(parts: readonly Part[]): Part {
  if (parts.length === 1 && parts[0] && parts[0].must === undefined) return parts[0];
  const key = parts.map(({ text }) => nameOf(text)).join(' ');
  let text = texts.get(key);
  if (text === undefined) {
    let before = 0;
    const renumbered = parts.map((part, index) => {
      const own = part.text.replaceAll(/\$(\d+)/g, (_all, number: string) => `$${Number(number) + before}`);
      before += part.values.length;
      return `p${index} as (${own})`;
    });
    const musts = parts.flatMap(({ must }, index) =>
      must === undefined ? [] : [`must_be_one('${must}', (select count(*) from p${index}))`],
    );
    text = `with ${renumbered.join(',\n')}\nselect ${musts.join(', ') || '1'}`;
    texts.set(key, text);
  }
  return { text, values: parts.flatMap((part) => part.values) };
}

/** PostgreSQL cuts names at 63 characters. The texts are our own few, so the map stays small. */
const names = new Map<string, string>();
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}

function insideOf(trx: Knex.Transaction): Inside {
  const inside = insides.get(trx);
  if (!inside) throw new Error('not a transaction of this store');
  return inside;
}
