// I5: what the outside has received, held against what we believe to have sent and got. Both ways: nothing lost, nothing doubled.
import { Client } from 'pg';

export interface Ledgers {
  readonly isds: readonly { readonly messageId: string; readonly senderIdent: string | null }[];
  readonly bank: { readonly transfers: readonly { readonly to: string; readonly amount: number; readonly vs?: string }[] };
  readonly gopay: readonly { readonly id: string; readonly orderNumber: string; readonly state: string; readonly amount: number }[];
  readonly mail: readonly { readonly messageId: string | null }[];
}
/** How often the outside may hold a thing twice, because it cannot be asked and we died after it was done (mail, an order at the gateway). */
export interface Allowed {
  readonly mail: number;
  readonly orders: number;
}

/** Differences, one line each; empty when the books agree. */
export async function differences(url: string, outside: Ledgers, allowed: Allowed = { mail: 0, orders: 0 }): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return [
      ...compare(
        'data message',
        await column(
          client,
          `select key || ' ' || (answer ->> 'messageId') as v from outbox where effect = 'isds.send' and state = 'done'`,
        ),
        outside.isds.flatMap((m) => (m.senderIdent === null ? [] : [`${m.senderIdent} ${m.messageId}`])),
        0,
      ),
      ...compare(
        'mail',
        await column(
          client,
          `select answer ->> 'messageId' as v from outbox where effect = 'mail.send' and state = 'done' and answer ? 'messageId'`,
        ),
        outside.mail.map((m) => m.messageId ?? 'none'),
        allowed.mail,
      ),
      ...compare(
        'transfer',
        await column(client, `select variable_symbol || ' ' || amount as v from payment where source = 'bank'`),
        outside.bank.transfers.map((t) => `${t.vs ?? ''} ${t.amount}`),
        0,
      ),
      ...compare(
        'card payment',
        await column(client, `select source_id || ' ' || amount as v from payment where source = 'gopay'`),
        outside.gopay.filter((p) => p.state === 'PAID').map((p) => `${p.id} ${p.amount}`),
        0,
      ),
      ...compare(
        'order at the gateway',
        await column(client, `select effect_key as v from card_payment`),
        outside.gopay.map((p) => p.orderNumber),
        allowed.orders,
      ),
    ];
  } finally {
    await client.end();
  }
}

async function column(client: Client, sql: string): Promise<readonly string[]> {
  return (await client.query<{ v: string }>(sql)).rows.map(({ v }) => v);
}

function compare(what: string, ours: readonly string[], theirs: readonly string[], doublesAllowed: number): readonly string[] {
  const lost = [...new Set(ours)].filter((entry) => !theirs.includes(entry)).map((entry) => `${what} ${entry}: ours, but not outside`);
  const unknown = [...new Set(theirs)].filter((entry) => !ours.includes(entry)).map((entry) => `${what} ${entry}: outside, but not ours`);
  const doubled = theirs.length - new Set(theirs).size;
  const twice = ours.length - new Set(ours).size;
  return [
    ...lost,
    ...unknown,
    ...(doubled > doublesAllowed ? [`${what}: ${doubled} doubled outside, ${doublesAllowed} explained`] : []),
    ...(twice > 0 ? [`${what}: ${twice} doubled with us`] : []),
  ];
}
