// Due days across cases: the calendar of a department, inaction, what a person's own calendar reads, and the next day of each case in a list.
import type { CompiledSituation } from '../catalog/index.ts';
import type { CasesDue, DueCalendar, DueEntry, InactionAlert } from '../contract/deadlines.ts';
import { daysBetween, dayOf, isWorkingDay } from '../domain/calendar.ts';
import { isHead, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { Temporal } from 'temporal-polyfill';
import type { Transaction } from '../store/database.ts';
import { feedOwner } from '../store/calendar-feeds.ts';
import { dueDays, nextDue, overduePeriods, type DueRow, type DueWish } from '../store/due-days.ts';
import { calendarText, type CalendarEntry } from './ical.ts';
import { inLang, inTurn, situationOf, type Lang, type Reader } from './reader.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;
const MOST_DAYS = 100;

/** `group` empty: what lies on the officer's own desk. Others than heads see their groups only. */
export async function dueCalendar(
  reader: Reader,
  tenantId: number,
  officer: Officer,
  asked: { readonly from: string; readonly to: string; readonly group: string },
): Promise<DueCalendar> {
  const { from, to, group } = asked;
  if (from > to || daysBetween(from, to) > MOST_DAYS) throw new Problem('invalid', 'request-invalid', { fields: ['from', 'to'] });
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const groups = await groupsOf(trx, tenantId, officer);
    if (group !== '' && !groups.includes(group)) throw new Problem('forbidden', 'not-permitted');
    const rows = await dueDays(trx, tenantId, {
      from,
      to,
      groups: group === '' ? null : [group],
      officerId: group === '' ? officer.id : null,
      applicantId: null,
    });
    return {
      from,
      to,
      today,
      groups,
      entries: (
        await inTurn(rows, async (row) => {
          const situation = await situationOf(reader, trx, tenantId, row.versionId);
          return isOf(group, row, situation) ? [entry(row, situation, today)] : [];
        })
      ).flat(),
      daysOff: daysIn(from, to).filter((day) => !isWorkingDay(day)),
    };
  });
}

/** What lies on no desk (the applicant's period) belongs to the group that leads the matter: the first role of the situation. */
const isOf = (group: string, row: DueRow, { sheet }: CompiledSituation): boolean =>
  group === '' || row.groupName === group || (row.groupName === null && Object.values(sheet.roles)[0]?.group === group);

/** A head sees every group that has work; others their own. */
async function groupsOf(trx: Transaction, tenantId: number, officer: Officer): Promise<readonly string[]> {
  if (!isHead(officer)) return [...officer.groups].sort();
  const rows = await trx('task').where({ tenant_id: tenantId }).whereNull('closed_at').whereNotNull('group_name').distinct('group_name');
  return [...new Set([...officer.groups, ...rows.map((row) => row.group_name as string)])].sort();
}

function daysIn(from: string, to: string): readonly string[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => Temporal.PlainDate.from(from).add({ days: index }).toString());
}

function named(
  row: Pick<DueRow, 'deadline' | 'taskTitle'> & { readonly taskDeadline?: string | null },
  { sheet }: CompiledSituation,
  lang: Lang,
): { title: string; law: string } {
  const deadline = sheet.deadlines.find(({ name }) => name === (row.deadline ?? row.taskDeadline));
  const title = deadline ? inLang(deadline.title, lang) : '';
  return { title: row.taskTitle ?? title, law: deadline?.law ?? '' };
}

function entry(row: DueRow, situation: CompiledSituation, today: string): DueEntry {
  return {
    ...named(row, situation, 'cs'),
    date: row.dueOn,
    caseId: row.caseId,
    mark: row.mark,
    service: situation.sheet.title.cs,
    who: row.who,
    executionId: row.executionId,
    assignee: row.assigneeName,
    daysLeft: daysBetween(today, row.dueOn),
  };
}

/** Heads see the town's, others those of cases in which they have work. */
export function inactionAlerts(reader: Reader, tenantId: number, officer: Officer): Promise<readonly InactionAlert[]> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const rows = await overduePeriods(trx, tenantId, today);
    const alerts = await inTurn(rows, async (row) => {
      const situation = await situationOf(reader, trx, tenantId, row.versionId);
      return {
        ...named({ deadline: row.deadline, taskTitle: null }, situation, 'cs'),
        caseId: row.caseId,
        mark: row.mark,
        service: situation.sheet.title.cs,
        due: row.dueOn,
        daysOver: daysBetween(row.dueOn, today),
        toldTo: row.toldTo,
        toldAt: row.toldAt?.toISOString() ?? null,
        assignees: row.assignees,
        roles: Object.values(situation.sheet.roles).map(({ group }) => group),
      };
    });
    return alerts
      .filter(({ roles }) => isHead(officer) || roles.some((group) => officer.groups.includes(group)))
      .map(({ roles: _roles, ...alert }) => alert);
  });
}

export function casesDue(reader: Reader, tenantId: number, ids: readonly string[]): Promise<CasesDue> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const today = dayOf(reader.now().toISOString());
    const rows = await inTurn(await nextDue(trx, tenantId, ids), async (row) => {
      const situation = await situationOf(reader, trx, tenantId, row.versionId);
      return [row.caseId, { title: named(row, situation, 'cs').title, due: row.dueOn, daysLeft: daysBetween(today, row.dueOn) }] as const;
    });
    return Object.fromEntries(rows);
  });
}

const FEED_BACK_DAYS = 30;
const FEED_AHEAD_DAYS = 400;

/** What the owner of a private address has to do and by when; undefined when the address is dead. */
export function feedText(reader: Reader, tenantId: number, token: string, publicUrl: string): Promise<string | undefined> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const now = reader.now();
    const owner = await feedOwner(trx, tenantId, token, now);
    if (!owner) return undefined;
    const today = Temporal.PlainDate.from(dayOf(now.toISOString()));
    const wish: DueWish = {
      from: today.subtract({ days: FEED_BACK_DAYS }).toString(),
      to: today.add({ days: FEED_AHEAD_DAYS }).toString(),
      groups: null,
      officerId: owner.kind === 'officer' ? owner.id : null,
      applicantId: owner.kind === 'citizen' ? owner.id : null,
    };
    const lang = owner.kind === 'citizen' ? await langOf(trx, tenantId, owner.id) : 'cs';
    const entries = await inTurn(await dueDays(trx, tenantId, wish), async (row) =>
      feedEntry(row, await situationOf(reader, trx, tenantId, row.versionId), { lang, publicUrl, isOfficer: owner.kind === 'officer' }),
    );
    return calendarText(lang === 'en' ? 'My due dates' : 'Moje lhůty', entries, now.toISOString());
  });
}

async function langOf(trx: Transaction, tenantId: number, personId: string): Promise<Lang> {
  const row = await trx('person').where({ tenant_id: tenantId, id: personId }).first('lang');
  return row?.lang === 'en' ? 'en' : 'cs';
}

interface Told {
  readonly lang: Lang;
  readonly publicUrl: string;
  readonly isOfficer: boolean;
}
function feedEntry(row: DueRow, situation: CompiledSituation, { lang, publicUrl, isOfficer }: Told): CalendarEntry {
  const { title, law } = named(row, situation, lang);
  return {
    uid: `${row.caseId}-${row.lawName ?? row.executionId}@vyrizeno`,
    sequence: row.changes,
    day: row.dueOn,
    title: `${title} (${row.mark})`,
    text: `${inLang(situation.sheet.title, lang)}\n${law}`,
    url: isOfficer ? `${publicUrl}/urad/pripady/${row.caseId}?karta=lhuty` : `${publicUrl}/moje/${row.caseId}`,
  };
}
