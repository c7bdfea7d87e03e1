// Overdue prescriptions by what may be done about them next, with the days the law gives; those of a running case or a kept plan are shown and left alone.
import type { DunningBatch, DunningLine, DunningList, DunningStage } from '../contract/money.ts';
import { dayOf } from '../domain/calendar.ts';
import { dunningFigures, nextStage, stageRules } from '../domain/money/dunning.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { fromRow } from '../store/row.ts';
import { prescriptionsInKeptPlans } from './instalment-plans.ts';
import type { Reader } from './reader.ts';

interface RawOverdue {
  readonly id: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly address: string;
  readonly email: string | null;
  readonly dataBox: string | null;
  readonly title: string;
  readonly kind: string;
  readonly variableSymbol: string;
  readonly open: number;
  readonly dueDate: string;
  readonly daysOverdue: number;
  readonly caseId: string | null;
  readonly mark: string | null;
  readonly done: DunningLine['done'];
}

/** Administrative fees are never collected: what is not paid is simply not done (§ 5 odst. 4 zákona č. 634/2004 Sb.). */
const OVERDUE = `
  select p.id, y.id as payer_id, y.name as payer_name, y.address, y.email, y.data_box, p.title, p.kind, p.variable_symbol, b.open, p.due_date,
         (:today::date - p.due_date)::int as days_overdue, c.id as case_id, c.mark,
         coalesce((select json_agg(json_build_object('stage', s.stage, 'madeOn', s.made_on, 'deliveredOn', s.delivered_on) order by s.made_on)
                     from dunning_step s where s.tenant_id = p.tenant_id and s.prescription_id = p.id), '[]') as done
    from prescription p
    join payer y on y.tenant_id = p.tenant_id and y.id = p.debtor_id
    left join cases c on c.tenant_id = p.tenant_id and c.id = p.case_id and c.ended_at is null
    cross join lateral (select coalesce(sum(e.amount), 0)::bigint as open from ledger_entry e
                         where e.tenant_id = p.tenant_id and e.subject = p.id and e.account = 'receivable') b
   where p.tenant_id = :town and p.due_date < :today and p.cancelled_at is null and p.kind <> 'spravni' and b.open > 0`;

export interface OverdueLine extends DunningLine {
  readonly next: DunningStage | null;
  readonly email: string | null;
  readonly dataBox: string | null;
}

/** Of the whole town, or of these ids only; the oldest due first. */
export async function overdueLines(
  trx: Transaction,
  tenantId: number,
  today: string,
  ids?: readonly string[],
): Promise<readonly OverdueLine[]> {
  const only = ids === undefined ? '' : 'and p.id = any(:ids)';
  const { rows } = await trx.raw<{ rows: object[] }>(`${OVERDUE} ${only} order by p.due_date, y.name, p.id limit 40000`, {
    town: tenantId,
    today,
    ...(ids === undefined ? {} : { ids }),
  } as never);
  const kept = await prescriptionsInKeptPlans(trx, tenantId, today);
  return rows.map((row) => lineOf(fromRow<RawOverdue>(row), kept));
}

function lineOf(raw: RawOverdue, kept: ReadonlySet<string>): OverdueLine {
  const { email, dataBox, caseId, mark, ...rest } = raw;
  const next = nextStage(rest);
  const held =
    caseId !== null ? ({ why: 'case', caseId, mark: mark ?? '' } as const) : kept.has(raw.id) ? ({ why: 'plan' } as const) : null;
  return {
    ...rest,
    from: next?.from ?? '',
    latest: next?.latest ?? '',
    channel: dataBox !== null ? 'data-box' : email !== null && next?.stage === 'reminder' ? 'email' : 'print',
    held,
    next: next?.stage ?? null,
    email,
    dataBox,
  };
}

/** True when the stage may be done about it today. */
export const isReady = (line: OverdueLine, stage: DunningStage, today: string): boolean =>
  line.held === null && line.next === stage && line.from <= today && today <= line.latest;

export function dunningList(reader: Reader, tenantId: number, stage: DunningStage): Promise<DunningList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const lines = await overdueLines(trx, tenantId, today);
    const free = lines.filter(({ held }) => held === null);
    const count = (wanted: DunningStage): number => free.filter(({ next }) => next === wanted).length;
    return {
      stage,
      counts: {
        reminder: count('reminder'),
        assessment: count('assessment'),
        enforcement: count('enforcement'),
        case: lines.filter(({ held }) => held?.why === 'case').length,
        plan: lines.filter(({ held }) => held?.why === 'plan').length,
      },
      lines: lines
        .filter((line) => line.next === stage)
        .slice(0, 500)
        .map(({ next: _next, email: _email, dataBox: _box, ...line }) => line),
      rule: ruleOf(stage),
      batches: await dunningBatches(trx, tenantId, stage),
    };
  });
}

const TEXTS: Readonly<Record<DunningStage, string>> = {
  reminder: 'Den po splatnosti je dluh nedoplatkem; úřad o něm plátce vyrozumí a upozorní na následky.',
  assessment: 'Nezaplacený místní poplatek se vyměří platebním výměrem nebo hromadným předpisným seznamem; úřad ho může zvýšit.',
  enforcement: 'Po právní moci a marné lhůtě k zaplacení je výměr vykonatelný a dluh se předá k vymáhání.',
};
const WARNING =
  'Lhůty a násobek jsou nastavené podle citovaných ustanovení, jejich znění ještě nepotvrdil právník města. Před vydáním je ověřte.';

const ruleOf = (stage: DunningStage): DunningList['rule'] => ({
  law: stageRules[stage].law,
  text: TEXTS[stage],
  warning: stageRules[stage].unconfirmed ? WARNING : null,
  increaseUpTo: stage === 'assessment' ? dunningFigures.timesAtMost : null,
});

export async function dunningBatches(trx: Transaction, tenantId: number, stage: DunningStage): Promise<readonly DunningBatch[]> {
  const { rows } = await trx.raw<{ rows: object[] }>(
    `select b.id, b.stage, b.way, b.created_at as at, o.name as officer, count(s.*)::int as count, coalesce(sum(s.amount), 0)::bigint as total,
            count(s.delivered_on)::int as delivered,
            (select json_object_agg(x.channel, x.n) from (select channel, count(*) as n from dunning_step d where d.tenant_id = b.tenant_id and d.batch_id = b.id group by 1) x) as channels
       from dunning_batch b join officer o on o.tenant_id = b.tenant_id and o.id = b.officer_id
       left join dunning_step s on s.tenant_id = b.tenant_id and s.batch_id = b.id
      where b.tenant_id = ? and b.stage = ? group by b.tenant_id, b.id, b.stage, b.way, b.created_at, o.name order by b.created_at desc limit 10`,
    [tenantId, stage],
  );
  return rows.map((row) => fromRow<DunningBatch>(row));
}

/** What may be done now of what was asked, and why the rest may not. */
export function dunningPlan(
  reader: Reader,
  tenantId: number,
  asked: { readonly stage: DunningStage; readonly ids: readonly string[] },
): Promise<{
  readonly ready: readonly OverdueLine[];
  readonly left: readonly { readonly id: string; readonly title: string; readonly why: string }[];
}> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const lines = await overdueLines(trx, tenantId, today, asked.ids);
    const ready = lines.filter((line) => isReady(line, asked.stage, today));
    const chosen = new Set(ready.map(({ id }) => id));
    const left = lines
      .filter(({ id }) => !chosen.has(id))
      .map((line) => ({ id: line.id, title: line.title, why: whyNot(line, asked.stage, today) }));
    return { ready, left };
  });
}

function whyNot(line: OverdueLine, stage: DunningStage, today: string): string {
  if (line.held !== null) return line.held.why;
  if (line.next !== stage) return 'other-stage';
  return line.from > today ? 'too-early' : 'too-late';
}

/** The paper of a batch. */
export function dunningFile(
  reader: Reader,
  tenantId: number,
  batchId: string,
): Promise<{ readonly name: string; readonly mime: string; readonly content: Uint8Array }> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const file = await trx('file')
      .where({ tenant_id: tenantId, owner_kind: 'outgoing', owner_id: batchId })
      .whereIn('field', ['print', 'list', 'csv'])
      .first('id', 'name', 'mime');
    const content = file && (await trx('file_content').where({ tenant_id: tenantId, file_id: file.id }).first('content'));
    if (!content) throw new Problem('not-found', 'file-not-found');
    return { name: file.name as string, mime: file.mime as string, content: content.content as Uint8Array };
  });
}
