// I5: what the outside has received, held against what we believe to have sent and got. Both ways: nothing lost, nothing doubled.
import { Client } from 'pg';

export interface Ledgers {
  readonly isds: readonly { readonly messageId: string; readonly senderIdent: string | null }[];
  readonly bank: { readonly transfers: readonly { readonly to: string; readonly amount: number; readonly vs?: string }[] };
  readonly gopay: readonly { readonly id: string; readonly orderNumber: string; readonly state: string; readonly amount: number }[];
  readonly mail: readonly { readonly messageId: string | null }[];
}
/** An entry, and how often the outside may hold it: more than once only where the other side cannot be asked, and then once for each try. */
interface Entry {
  readonly v: string;
  readonly copies: number;
}

/** Differences, one line each; empty when the books agree. */
export async function differences(url: string, outside: Ledgers): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const ours = async (sql: string): Promise<readonly Entry[]> => (await client.query<Entry>(sql)).rows;
  try {
    return [
      ...compare(
        'data message',
        await ours(
          `select key || ' ' || (answer ->> 'messageId') as v, 1 as copies from outbox where effect = 'isds.send' and state = 'done'`,
        ),
        outside.isds.flatMap((sent) => (sent.senderIdent === null ? [] : [`${sent.senderIdent} ${sent.messageId}`])),
      ),
      ...compare(
        'mail',
        await ours(
          `select answer ->> 'messageId' as v, attempts as copies from outbox where effect = 'mail.send' and state = 'done' and answer ? 'messageId'`,
        ),
        outside.mail.map((mail) => mail.messageId ?? 'none'),
      ),
      ...compare(
        'transfer',
        await ours(`select variable_symbol || ' ' || amount as v, 1 as copies from payment where source = 'bank'`),
        outside.bank.transfers.map((transfer) => `${transfer.vs ?? ''} ${transfer.amount}`),
      ),
      ...compare(
        'card payment',
        await ours(`select source_id || ' ' || amount as v, 1 as copies from payment where source = 'gopay'`),
        outside.gopay.filter((order) => order.state === 'PAID').map((order) => `${order.id} ${order.amount}`),
      ),
      ...compare(
        'order at the gateway',
        await ours(`select key as v, attempts as copies from outbox where effect = 'gopay.create' and state = 'done'`),
        outside.gopay.map((order) => order.orderNumber),
      ),
    ];
  } finally {
    await client.end();
  }
}

function compare(what: string, ours: readonly Entry[], theirs: readonly string[]): readonly string[] {
  const copies = new Map<string, number>();
  for (const entry of theirs) copies.set(entry, (copies.get(entry) ?? 0) + 1);
  const known = new Set(ours.map(({ v }) => v));
  return [
    ...ours.filter(({ v }) => !copies.has(v)).map(({ v }) => `${what} ${v}: ours, but not outside`),
    ...[...copies.keys()].filter((entry) => !known.has(entry)).map((entry) => `${what} ${entry}: outside, but not ours`),
    ...ours.filter((entry) => (copies.get(entry.v) ?? 0) > entry.copies).map(({ v }) => `${what} ${v}: doubled outside`),
    ...(known.size < ours.length ? [`${what}: ${ours.length - known.size} doubled with us`] : []),
  ];
}
