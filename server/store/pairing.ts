// What the rules of pairing look for (domain/pairing.ts): cases by our references, by the sender's, by the sender's box.
import type { Found } from '../domain/pairing.ts';
import type { References } from '../domain/references.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

/** Cases whose spisová značka is named, or one of whose documents has a number that is named. */
export async function casesByReference(trx: Transaction, tenantId: number, said: References): Promise<readonly string[]> {
  if (said.marks.length + said.numbers.length === 0) return [];
  const rows = await ask<{ readonly id: string }>(trx, {
    text: `select id from cases where tenant_id = $1 and mark = any($2)
           union select case_id from document where tenant_id = $1 and number = any($3)`,
    values: [tenantId, said.marks, said.numbers],
  });
  return rows.map(({ id }) => id);
}

/** The case that has one of these marks. */
export async function caseByMark(trx: Transaction, tenantId: number, marks: readonly string[]): Promise<string | undefined> {
  const row = await trx('cases')
    .where({ tenant_id: tenantId })
    .whereIn('mark', [...marks])
    .first('id');
  return row?.id;
}

/** The mark of a case of that situation; undefined when it is a case of another. */
export async function markOfCase(trx: Transaction, tenantId: number, id: string, situation: string): Promise<string | undefined> {
  const row = await trx('cases').where({ tenant_id: tenantId, id, situation }).first('mark');
  return row?.mark;
}

/** Cases in which an earlier message of this sender with the same reference lies. */
export async function casesByTheirReference(
  trx: Transaction,
  tenantId: number,
  sender: { readonly box: string; readonly references: readonly string[] },
): Promise<readonly string[]> {
  if (sender.references.length === 0) return [];
  const rows = await ask<{ readonly id: string }>(trx, {
    text: `select distinct case_id as id from inbox
            where tenant_id = $1 and kind = 'data-box-message' and payload ->> 'senderBox' = $2 and case_id is not null
              and (payload ->> 'senderRef' = any($3) or payload ->> 'senderIdent' = any($3))`,
    values: [tenantId, sender.box, sender.references],
  });
  return rows.map(({ id }) => id);
}

/** Open cases of the person who has this box, newest first; `awaitsSender` = a task with a deadline is up to him. */
export async function casesOfBox(
  trx: Transaction,
  tenantId: number,
  box: string,
): Promise<readonly (Found & { readonly rule: 'sender' })[]> {
  const rows = await ask<{ readonly caseId: string; readonly awaitsSender: boolean }>(trx, {
    text: `select c.id as "caseId", exists (select 1 from task t where t.tenant_id = c.tenant_id and t.case_id = c.id and t.role = 'applicant'
                                               and t.closed_at is null and t.deadline is not null) as "awaitsSender"
             from person p join cases c on c.tenant_id = p.tenant_id and c.applicant_id = p.id
            where p.tenant_id = $1 and p.data_box = $2 and c.ended_at is null order by c.filed_at desc limit 20`,
    values: [tenantId, box],
  });
  return rows.map((row) => ({ rule: 'sender', ...row }));
}

/** The person who has this box; undefined when nobody does, or two do. */
export async function personOfBox(trx: Transaction, tenantId: number, box: string): Promise<string | undefined> {
  const rows = await ask<{ readonly id: string }>(trx, {
    text: 'select id from person where tenant_id = $1 and data_box = $2 limit 2',
    values: [tenantId, box],
  });
  return rows.length === 1 ? rows[0]?.id : undefined;
}
