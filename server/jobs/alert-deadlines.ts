// The clock's other door: officers are warned five days before an end, and the head is told of inaction. Each once for one due day.
import { alertDeadline, type AlertData } from '../cases/commands/index.ts';
import { Overtaken } from '../cases/changes.ts';
import { deadlineWords } from '../cases/deadlines/words.ts';
import { execute } from '../cases/execute.ts';
import { dayOf } from '../domain/calendar.ts';
import { HEADS } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { untold, type WarnRow } from '../store/due-days.ts';
import { listOfficers, type OfficerRow } from '../store/people.ts';
import { forEachTown, type Workshop } from './workshop.ts';

export const WARNING_DAYS = 5;
const BATCH = 50;

export function alertDeadlines(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const today = dayOf(workshop.corridor.clock.now().toISOString());
    const { rows, officers } = await workshop.corridor.db.withTenant(tenantId, async (trx) => ({
      rows: await untold(trx, tenantId, { today, days: WARNING_DAYS, limit: BATCH }),
      officers: await listOfficers(trx, tenantId),
    }));
    for (const row of rows) await alertOne(workshop, tenantId, row, officers);
    return rows.length;
  });
}

async function alertOne(workshop: Workshop, tenantId: number, row: WarnRow, officers: readonly OfficerRow[]): Promise<void> {
  const { title, law } = await deadlineWords(workshop.corridor, tenantId, row);
  const subject = row.deadline === null ? `task:${row.executionId}` : `deadline:${row.deadline}`;
  const data: AlertData = {
    subject,
    kind: row.kind,
    title,
    dueOn: row.dueOn,
    law,
    officers: toWhom(row, officers).map(({ id, email }) => ({ id, email })),
  };
  try {
    await execute(workshop.corridor, tenantId, row.caseId, alertDeadline, {
      commandId: `alert:${row.caseId}:${subject}:${row.kind}:${row.dueOn}`,
      actor: { kind: 'clock' },
      data,
    });
  } catch (error) {
    if (!(error instanceof Overtaken || error instanceof Problem)) throw error;
    workshop.log.warn({ caseId: row.caseId, kind: row.kind }, 'deadline alert was given before');
  }
}

/** A warning goes to whoever has the work, else to the lead of its group; inaction to the heads (§ 80 zákona č. 500/2004 Sb.). */
function toWhom(row: WarnRow, officers: readonly OfficerRow[]): readonly OfficerRow[] {
  const heads = officers.filter(({ groups }) => groups.includes(HEADS));
  if (row.kind === 'overdue') return heads;
  const assignee = officers.filter(({ id }) => id === row.assigneeId);
  if (assignee.length > 0) return assignee;
  const leads = heads.filter(({ groups }) => row.groupName !== null && groups.includes(row.groupName));
  return leads.length > 0 ? leads : heads;
}
