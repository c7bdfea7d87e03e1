// Letters of a run: one for each payer, in the order in which a postman walks, each sent once.
import type { Transaction } from './database.ts';

export type Channel = 'data-box' | 'e-mail' | 'print' | 'none';
export type LetterState = 'waiting' | 'ordered' | 'sent' | 'failed' | 'printed' | 'nowhere';
export const SHEET = 500;

/**
 * The data box before everything (§ 17 odst. 1 zákona č. 300/2008 Sb.), then e-mail, then paper. Paper is sorted by address, numbers as numbers
 * („7“ before „12“), and divided into print files of 500. Does nothing when the letters are there already.
 */
export async function planLetters(trx: Transaction, tenantId: number, runId: string, at: string): Promise<void> {
  await trx.raw(
    `with owed as (
       select i.payer_id, count(*)::int as items, sum(i.amount)::bigint as amount from fee_run_item i
        where i.tenant_id = :tenantId and i.run_id = :runId and i.state = 'prescribed' group by i.payer_id),
     sorted as (
       select o.*, p.name, case when p.data_box is not null then 'data-box' when p.email is not null then 'e-mail' when p.address <> '' then 'print' else 'none' end as channel,
              case when p.data_box is not null then p.data_box when p.email is not null then p.email else p.address end as address_to,
              regexp_replace(regexp_replace(trim(substring(p.address from '[^,]*$') || ' ' || p.address), '([0-9]+)', '00000\\1', 'g'), '0*([0-9]{6})', '\\1', 'g') as walk
         from owed o join payer p on p.tenant_id = :tenantId and p.id = o.payer_id),
     placed as (select s.*, row_number() over (order by channel, walk, name, payer_id) as place, row_number() over (partition by channel order by walk, name, payer_id) as nth from sorted s)
     insert into fee_run_letter (tenant_id, run_id, payer_id, place, channel, address_to, sheet, items, amount, state, changed_at)
     select :tenantId, :runId, payer_id, place, channel, address_to, case when channel = 'print' then (nth - 1) / :sheet + 1 end, items, amount,
            case channel when 'none' then 'nowhere' when 'print' then 'ordered' else 'waiting' end, :at
       from placed
     on conflict (tenant_id, run_id, payer_id) do nothing`,
    { tenantId, runId, at, sheet: SHEET },
  );
}

export interface LetterItem {
  readonly subject: string;
  readonly amount: number;
  readonly variableSymbol: string;
  readonly rule: string;
  readonly parts: readonly { readonly firstMonth: number; readonly lastMonth: number; readonly months: number; readonly yearly: number }[];
}
export interface LetterRow {
  readonly payerId: string;
  readonly place: number;
  readonly channel: Channel;
  readonly name: string;
  readonly address: string;
  readonly addressTo: string;
  readonly amount: number;
  readonly state: LetterState;
  readonly list: readonly LetterItem[];
  /** When what it tells was prescribed. */
  readonly prescribedAt: Date | null;
}

const LETTERS = `select l.payer_id as "payerId", l.place, l.channel, p.name, p.address, l.address_to as "addressTo", l.amount, l.state,
    (select jsonb_agg(jsonb_build_object('subject', d.subject, 'amount', i.amount, 'variableSymbol', i.variable_symbol, 'rule', i.rule, 'parts', i.reckoning -> 'parts') order by i.place)
       from fee_run_item i join fee_duty d on d.tenant_id = i.tenant_id and d.id = i.duty_id
      where i.tenant_id = l.tenant_id and i.run_id = l.run_id and i.payer_id = l.payer_id and i.state = 'prescribed') as list,
    (select min(q.created_at) from prescription q where q.tenant_id = l.tenant_id and q.run_id = l.run_id and q.debtor_id = l.payer_id) as "prescribedAt"
  from fee_run_letter l join payer p on p.tenant_id = l.tenant_id and p.id = l.payer_id`;

/** The next letters for a machine: to data boxes and mail boxes. */
export async function waitingLetters(trx: Transaction, tenantId: number, runId: string, limit: number): Promise<readonly LetterRow[]> {
  const { rows } = await trx.raw<{ rows: LetterRow[] }>(
    `${LETTERS} where l.tenant_id = ? and l.run_id = ? and l.state = 'waiting' order by l.place limit ?`,
    [tenantId, runId, limit],
  );
  return rows;
}

/** The letters of one print file, in order. */
export async function lettersOfSheet(trx: Transaction, tenantId: number, runId: string, sheet: number): Promise<readonly LetterRow[]> {
  const { rows } = await trx.raw<{ rows: LetterRow[] }>(
    `${LETTERS} where l.tenant_id = ? and l.run_id = ? and l.sheet = ? order by l.place`,
    [tenantId, runId, sheet],
  );
  return rows;
}

/** Those that nobody ordered before; only these may be ordered outside. */
export async function markOrdered(
  trx: Transaction,
  tenantId: number,
  runId: string,
  payerIds: readonly string[],
  at: string,
): Promise<readonly string[]> {
  const { rows } = await trx.raw<{ rows: { payer_id: string }[] }>(
    `update fee_run_letter set state = 'ordered', changed_at = ? where tenant_id = ? and run_id = ? and payer_id = any(?) and state = 'waiting' returning payer_id`,
    [at, tenantId, runId, [...payerIds]],
  );
  return rows.map((row) => row.payer_id);
}

/** What came of a letter outside. */
export async function markLetter(
  trx: Transaction,
  tenantId: number,
  letter: { readonly runId: string; readonly payerId: string },
  came: { readonly state: 'sent' | 'failed'; readonly detail: string; readonly at: string },
): Promise<void> {
  await trx('fee_run_letter')
    .where({ tenant_id: tenantId, run_id: letter.runId, payer_id: letter.payerId })
    .update({ state: came.state, detail: came.detail, changed_at: came.at });
}

/** The print file was printed and handed to the post. Returns how many letters were in it; 0 when it was noted before. */
export async function markPrinted(trx: Transaction, tenantId: number, runId: string, sheet: number, at: string): Promise<number> {
  return trx('fee_run_letter')
    .where({ tenant_id: tenantId, run_id: runId, sheet, state: 'ordered' })
    .update({ state: 'printed', changed_at: at });
}

export interface LetterSum {
  readonly channel: Channel;
  readonly state: LetterState;
  readonly sheet: number | null;
  readonly letters: number;
}
export async function letterSums(trx: Transaction, tenantId: number, runId: string): Promise<readonly LetterSum[]> {
  const { rows } = await trx.raw<{ rows: LetterSum[] }>(
    `select channel, state, sheet, count(*)::int as letters from fee_run_letter where tenant_id = ? and run_id = ? group by channel, state, sheet order by channel, sheet, state`,
    [tenantId, runId],
  );
  return rows;
}

/** Cases of the duties that a run prescribed, to be told. */
export async function casesOfRun(
  trx: Transaction,
  tenantId: number,
  runId: string,
): Promise<
  readonly { readonly caseId: string; readonly prescriptionId: string; readonly variableSymbol: string; readonly amount: number }[]
> {
  const { rows } = await trx.raw<{ rows: { caseId: string; prescriptionId: string; variableSymbol: string; amount: number }[] }>(
    `select d.case_id as "caseId", i.prescription_id as "prescriptionId", i.variable_symbol as "variableSymbol", i.amount from fee_run_item i
       join fee_duty d on d.tenant_id = i.tenant_id and d.id = i.duty_id
      where i.tenant_id = ? and i.run_id = ? and i.state = 'prescribed' and d.case_id is not null order by i.place`,
    [tenantId, runId],
  );
  return rows;
}
