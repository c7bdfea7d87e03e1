// What must hold in every database of ours, whatever died when. Each statement gives the rows that break it; an hourly check runs the same ones.
import { Client } from 'pg';
import { entryOf, stateHash, verifyChain, type ChainedEntry, type StoredEntry } from '../../server/store/journal.ts';
import type { Json } from '../../server/store/json.ts';
import { brokenBooks } from '../../tools/ledger-check/check.ts';
import { brokenWaits } from './waits-and-rows.ts';

interface Invariant {
  readonly id: string;
  readonly text: string;
  readonly sql: string;
}

/** What is waited for, as rows. */
const ROWS = `select tenant_id, case_id, execution_id as x, 'task' as k, null::timestamptz as due from task where closed_at is null
  union all select tenant_id, case_id, execution_id, 'timer', due_at from timer where fired_at is null and cancelled_at is null
  union all select tenant_id, case_id, execution_id, 'message', null from subscription
  union all select tenant_id, case_id, execution_id, 'incident', null from incident where closed_at is null
  union all select tenant_id, case_id, execution_id, 'effect', null from outbox where execution_id is not null and state in ('ready', 'leased', 'dead', 'by-hand')`;
/** Numbers given out, by the series that gave them. */
const NUMBERS = `select tenant_id, 'cj:' || split_part(number, '/', 1) as series, split_part(number, '/', 3)::int as year, split_part(number, '/', 2)::bigint as n from document where number is not null
  union select tenant_id, 'cj:' || split_part(document_number, '/', 1), split_part(document_number, '/', 3)::int, split_part(document_number, '/', 2)::bigint from cases where document_number is not null
  union select tenant_id, 'sz:' || split_part(mark, ' ', 2), split_part(mark, '/', 2)::int, split_part(split_part(mark, ' ', 3), '/', 1)::bigint from cases
  union select tenant_id, 'vs:' || left(variable_symbol, 2), 0, substr(variable_symbol, 3, 7)::bigint from prescription where variable_symbol ~ '^[78]'
  union select tenant_id, 'vs:' || left(variable_symbol, 4), 0, substr(variable_symbol, 5)::bigint from prescription where variable_symbol !~ '^[78]'`;

export const invariants: readonly Invariant[] = [
  {
    id: 'I1b',
    text: 'an ended case waits for nothing',
    sql: `select c.id, w.k from cases c join (${ROWS}) w on w.tenant_id = c.tenant_id and w.case_id = c.id where c.ended_at is not null and w.k <> 'effect'`,
  },
  {
    id: 'I3',
    text: 'one journal row for each revision',
    sql: `select c.id, c.revision, count(j.seq), max(j.seq) from cases c left join journal j on j.tenant_id = c.tenant_id and j.case_id = c.id group by c.tenant_id, c.id having count(j.seq) <> c.revision or max(j.seq) <> c.revision`,
  },
  {
    id: 'I4',
    text: "an effect that is done has the other side's id",
    sql: `select key from outbox where state = 'done' and coalesce(answer ->> 'messageId', answer ->> 'paymentId', answer ->> 'skipped', case when answer ->> 'channel' = 'post' then 'post' end, answer ->> 'printed', answer ->> 'number', answer ->> 'mark', answer ->> 'state', '') = ''`,
  },
  {
    id: 'I4b',
    text: 'an effect of a case, an element and a turn is ordered once',
    sql: `select tenant_id, case_id, execution_id from outbox where execution_id is not null group by 1, 2, 3 having count(*) > 1`,
  },
  {
    id: 'I6',
    text: 'no prescription gets more than was prescribed',
    sql: `select id from prescription_balance where open < 0 or paid < 0`,
  },
  {
    id: 'I6b',
    text: 'no payment gives more than came',
    sql: `select b.id from payment_balance b where b.free < 0 or b.allocated < 0 or b.returning < 0`,
  },
  {
    id: 'I6c',
    text: 'each transaction of the ledger adds up to nothing',
    sql: `select tenant_id, transaction_id from ledger_entry group by tenant_id, transaction_id having sum(amount) <> 0`,
  },
  {
    id: 'I6d',
    text: 'a prescription and a payment are in the ledger with their amounts',
    sql: `select p.id from prescription p where not exists (select from ledger_entry e where e.tenant_id = p.tenant_id and e.transaction_id = p.id and e.account = 'receivable' and e.amount = p.amount)
      union all select p.id from payment p where not exists (select from ledger_entry e where e.tenant_id = p.tenant_id and e.transaction_id = p.id and e.account = 'payment' and e.amount = -p.amount)`,
  },
  {
    id: 'I7',
    text: 'every haléř that came is in a state that its balances say, and free money says why',
    sql: `select id, state from payment_balance b where state is distinct from
        case when b.reversed > 0 then 'reversed' when b.returning > 0 then 'return-ordered' when free > 0 and allocated > 0 then 'part-allocated' when free > 0 then 'unmatched' when allocated > 0 then 'allocated' else 'returned' end
      or (state in ('unmatched', 'part-allocated') and reason = '') or state is distinct from (select p.state from payment p where p.tenant_id = b.tenant_id and p.id = b.id)`,
  },
  { id: 'I8', text: 'a processed message has a result', sql: `select id from inbox where (processed_at is null) <> (result is null)` },
  {
    id: 'I8b',
    text: 'a credited bank item is a payment',
    sql: `select i.id from inbox i where i.source = 'bank' and i.result in ('credited', 'unmatched') and not exists (select from payment p where p.tenant_id = i.tenant_id and p.source = 'bank' and p.source_id = i.message_id)`,
  },
  {
    id: 'I8c',
    text: 'a payment came as a message',
    sql: `select p.id from payment p where p.source = 'bank' and not exists (select from inbox i where i.tenant_id = p.tenant_id and i.source = 'bank' and i.message_id = p.source_id and i.processed_at is not null)
      and not exists (select from bank_item b where b.tenant_id = p.tenant_id and b.id = p.source_id and b.outcome = 'credited' and b.subject = p.id::text)`,
  },
  {
    id: 'I8d',
    text: 'a credited item of a statement is a payment of its amount',
    sql: `select b.id from bank_item b where b.outcome = 'credited' and not exists (select from payment p where p.tenant_id = b.tenant_id and p.id::text = b.subject and p.amount = b.amount)`,
  },
  {
    id: 'I8e',
    text: "the books stand where the bank's newest statement closes",
    sql: `select s.account, s.closing from (select distinct on (tenant_id, account) tenant_id, account, closing from bank_statement where currency = 'CZK' order by tenant_id, account, to_day desc, number desc nulls last, imported_at desc, place desc) s
      where s.closing <> (select coalesce(sum(e.amount), 0) from ledger_entry e where e.tenant_id = s.tenant_id and e.account = 'bank:' || s.account)`,
  },
  {
    id: 'I10',
    text: 'a case and its newest journal row were written in one transaction',
    sql: `select c.id from cases c join journal j on j.tenant_id = c.tenant_id and j.case_id = c.id and j.seq = c.revision where j.xmin <> c.xmin`,
  },
  {
    id: 'I10b',
    text: 'a case names the hash of its newest journal row',
    sql: `select c.id from cases c where not exists (select from journal j where j.tenant_id = c.tenant_id and j.case_id = c.id and j.seq = c.revision and j.hash = c.head_hash)`,
  },
  {
    id: 'I11',
    text: 'no lease outlives two leases, a dead letter says why',
    sql: `select key from outbox where (state = 'leased' and leased_until < clock_timestamp() - interval '10 s') or (state = 'dead' and last_error is null) or (state = 'leased') <> (lease is not null)`,
  },
  {
    id: 'I12',
    text: 'a timer fires once and not early',
    sql: `select execution_id from timer where fired_at < due_at or (fired_at is not null and cancelled_at is not null)`,
  },
  {
    id: 'I13',
    text: 'what a row points at is in its own town',
    sql: `select id from command k where case_id is not null and not exists (select from cases c where c.tenant_id = k.tenant_id and c.id = k.case_id) union all select id::text from draft d where submitted_case is not null and not exists (select from cases c where c.tenant_id = d.tenant_id and c.id = d.submitted_case)`,
  },
  {
    id: 'I13b',
    text: 'a draft is filed as one case',
    sql: `select submitted_case from draft where submitted_case is not null group by tenant_id, submitted_case having count(*) > 1`,
  },
  {
    id: 'I14',
    text: 'a file is what its row says',
    sql: `select f.id from file f left join file_content c on c.tenant_id = f.tenant_id and c.file_id = f.id where c.content is null or length(c.content) <> f.size or encode(sha256(c.content), 'hex') <> f.sha256`,
  },
  {
    id: 'I15',
    text: 'numbers of a series have no gaps and no twins',
    sql: `select s.series, s.year, s.last, count(n.n), max(n.n) from number_series s left join (${NUMBERS}) n on n.tenant_id = s.tenant_id and n.series = s.series and n.year = s.year group by s.tenant_id, s.series, s.year, s.last having count(n.n) <> s.last or max(n.n) <> s.last`,
  },
];

/** What is broken, one line each; empty when all is well. `url` must see every town (a role that row-level security does not hold back). */
export async function brokenInvariants(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const broken: string[] = [];
    for (const { id, text, sql } of invariants) {
      const { rows } = await client.query<object>(sql);
      if (rows.length > 0) broken.push(`${id} ${text}: ${JSON.stringify(rows.slice(0, 3))}`);
    }
    return [...broken, ...(await brokenWaits(client)), ...(await brokenJournals(client)), ...(await brokenBooks(url))];
  } finally {
    await client.end();
  }
}

/** I9, and the second half of I3: hashes are made again from what is stored. */
async function brokenJournals(client: Client): Promise<readonly string[]> {
  const { rows: cases } = await client.query<{ tenant_id: number; id: string; engine_state: Json }>(
    'select tenant_id, id, engine_state from cases',
  );
  const broken: string[] = [];
  for (const found of cases) {
    const entries = await entriesOf(client, found.tenant_id, found.id);
    const verdict = verifyChain(found.tenant_id, entries);
    if (!verdict.intact) broken.push(`I9 the journal of ${found.id} is broken at ${verdict.seq}: ${verdict.reason}`);
    if (entries.at(-1)?.stateHash !== stateHash(found.engine_state))
      broken.push(`I3 the state of ${found.id} is not the one in its journal`);
  }
  return broken;
}

async function entriesOf(client: Client, tenantId: number, caseId: string): Promise<readonly ChainedEntry[]> {
  const { rows } = await client.query<StoredEntry>('select * from journal where tenant_id = $1 and case_id = $2 order by seq', [
    tenantId,
    caseId,
  ]);
  return rows.map(entryOf);
}
