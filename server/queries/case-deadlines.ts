// The deadlines of one case as people read them: the last day, what is left, and how it came about. Calculated at reading, from what was recorded.
import {
  citizenText,
  explainPlain,
  findNode,
  isLegal,
  legalRuleNamed,
  reckon,
  type CompiledSituation,
  type Reckoning,
} from '../catalog/index.ts';
import type { CitizenDeadlines, DeadlineCard, DeadlineRecord, Forecast, OfficeDeadlines } from '../contract/deadlines.ts';
import { daysBetween, dayOf } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { deliveryWaits } from '../store/case-messages.ts';
import { deadlineEventsOf, withoutCancelled, type DeadlineEventRow } from '../store/deadlines.ts';
import { usualTimes } from '../store/due-days.ts';
import { casesIn, tasksIn, type CaseModel, type TaskModel } from '../store/models.ts';
import { ownCase } from './citizen-cases.ts';
import { calendarText } from './ical.ts';
import { inLang, situationOf, type Lang, type Reader } from './reader.ts';

/** Below this many finished cases the past says too little. */
const ENOUGH_CASES = 10;
const DELIVERED = 'dopis-dorucen';

interface Opened {
  readonly row: CaseModel;
  readonly situation: CompiledSituation;
  readonly records: readonly DeadlineEventRow[];
  readonly tasks: readonly TaskModel[];
}

async function open(reader: Reader, trx: Transaction, tenantId: number, row: CaseModel): Promise<Opened> {
  const situation = await situationOf(reader, trx, tenantId, row.versionId);
  const records = await deadlineEventsOf(trx, tenantId, row.id);
  const tasks = await tasksIn(trx, tenantId).where('task.case_id', row.id).whereNull('task.closed_at').orderBy('task.opened_at');
  return { row, situation, records, tasks };
}

/** What matters to him: his own periods and the office's, without the office's own rules for its desks. */
export function citizenDeadlines(
  reader: Reader,
  tenantId: number,
  personId: string,
  caseId: string,
  lang: Lang,
): Promise<CitizenDeadlines> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const opened = await open(reader, trx, tenantId, await ownCase(trx, tenantId, personId, caseId));
    const deadlines = cards(reader, opened, { lang, base: `/api/cases/${caseId}/deadlines` });
    const [forecast] = await forecasts(trx, tenantId, opened, lang);
    return {
      deadlines: deadlines.filter(({ name, who, state }) => state !== 'waiting' && (who !== 'office' || !name.startsWith('task:'))),
      forecast: forecast ?? null,
    };
  });
}

export function officeDeadlines(reader: Reader, tenantId: number, caseId: string): Promise<OfficeDeadlines> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await casesIn(trx, tenantId).where('cases.id', caseId).first();
    if (!row) throw new Problem('not-found', 'case-not-found');
    const opened = await open(reader, trx, tenantId, row);
    const names = await trx('officer').where({ tenant_id: tenantId }).select('id', 'name');
    const officers = new Map(names.map((officer) => [officer.id as string, officer.name as string]));
    const legal = opened.situation.sheet.deadlines.filter(isLegal);
    return {
      deadlines: cards(reader, opened, { lang: 'cs', base: `/urad/api/cases/${caseId}/deadlines` }),
      records: opened.records.map((record) => recordView(record, opened, officers)),
      forecasts: await forecasts(trx, tenantId, opened, 'cs'),
      awaitedLetters: row.endedAt === null ? await awaitedLetters(trx, tenantId, caseId) : [],
      events: row.endedAt === null ? Object.fromEntries(legal.map(({ name, rule }) => [name, legalRuleNamed(rule)?.events ?? []])) : {},
    };
  });
}

/** Letters of whose delivery the case waits to hear, the oldest first; a wait for any letter has no document. */
async function awaitedLetters(trx: Transaction, tenantId: number, caseId: string): Promise<OfficeDeadlines['awaitedLetters']> {
  const waits = await deliveryWaits(trx, tenantId, caseId, DELIVERED);
  if (waits.length === 0) return [];
  const documents = await trx('document').where({ tenant_id: tenantId, case_id: caseId }).select('id', 'title', 'number');
  return waits.map(({ documentId }) => {
    const document = documents.find(({ id }) => id === documentId);
    return {
      documentId: document === undefined ? null : documentId,
      title: [document?.title, document?.number].filter(Boolean).join(', '),
    };
  });
}

/** Legal ones that anything happened to, then plain ones of open tasks. */
function cards(reader: Reader, opened: Opened, asked: { readonly lang: Lang; readonly base: string }): readonly DeadlineCard[] {
  const { row, situation, records, tasks } = opened;
  const today = dayOf(reader.now().toISOString());
  const counting = withoutCancelled(records).map(({ deadline, type, at, detail }) => ({ deadline, type, at, detail }));
  const legal = situation.sheet.deadlines.filter(isLegal).flatMap((sheet) => {
    if (!counting.some(({ deadline }) => deadline === sheet.name)) return [];
    const found = reckon(sheet, counting, asked.lang);
    return [
      legalCard(found, { title: inLang(sheet.title, asked.lang), law: sheet.law, hasEnded: row.endedAt !== null, today, base: asked.base }),
    ];
  });
  return [...legal, ...tasks.flatMap((task) => plainCard(task, situation, today, asked))];
}

interface Shown {
  readonly title: string;
  readonly law: string;
  readonly hasEnded: boolean;
  readonly today: string;
  readonly base: string;
}
function legalCard(found: Reckoning, { title, law, hasEnded, today, base }: Shown): DeadlineCard {
  const isOpen = found.state === 'running' || found.state === 'stopped' || found.state === 'waiting';
  const state = hasEnded && isOpen ? 'closed' : found.state;
  return {
    name: found.name,
    title,
    law,
    who: found.who,
    state,
    due: found.due,
    daysLeft: state === 'running' && found.due !== null ? daysBetween(today, found.due) : null,
    used: found.used,
    left: found.left,
    steps: found.derivation,
    trouble: found.trouble,
    icsHref: found.due === null ? null : `${base}/${encodeURIComponent(found.name)}.ics`,
  };
}

function plainCard(
  task: TaskModel,
  { sheet }: CompiledSituation,
  today: string,
  { lang, base }: { readonly lang: Lang; readonly base: string },
): readonly DeadlineCard[] {
  const deadline = sheet.deadlines.find(({ name }) => name === task.deadline);
  if (!deadline || isLegal(deadline) || task.dueAt === null) return [];
  const due = dayOf(task.dueAt.toISOString());
  const name = `task:${task.executionId}`;
  return [
    {
      name,
      title: `${inLang(deadline.title, lang)} (${task.title})`,
      law: deadline.law,
      who: task.role === 'applicant' ? 'citizen' : 'office',
      state: 'running',
      due,
      daysLeft: daysBetween(today, due),
      used: null,
      left: null,
      steps: explainPlain(deadline, task.openedAt.toISOString(), lang),
      trouble: null,
      icsHref: `${base}/${encodeURIComponent(name)}.ics`,
    },
  ];
}

function recordView(record: DeadlineEventRow, { situation, records }: Opened, officers: ReadonlyMap<string, string>): DeadlineRecord {
  const by = record.elementId === null ? (officers.get(record.byId ?? '') ?? 'úřední osoba') : 'průběh řízení';
  return {
    seq: record.seq,
    deadline: record.deadline,
    type: record.type,
    at: record.at,
    recordedAt: record.recordedAt,
    by,
    reason: record.reason,
    element: record.elementId === null ? null : findNode(situation.model, record.elementId)?.name || record.elementId,
    isCancelled: records.some(({ cancels }) => cancels === record.seq),
    cancels: record.cancels,
  };
}

/** Of the steps that are open now. */
async function forecasts(trx: Transaction, tenantId: number, { row, situation, tasks }: Opened, lang: Lang): Promise<readonly Forecast[]> {
  if (row.endedAt !== null || tasks.length === 0) return [];
  const found = await usualTimes(
    trx,
    tenantId,
    row.situation,
    tasks.filter(({ role }) => role !== 'applicant').map(({ elementId }) => elementId),
  );
  return found
    .filter(({ cases }) => cases >= ENOUGH_CASES)
    .map((one) => {
      const node = findNode(situation.model, one.elementId);
      return { ...one, title: (lang === 'cs' ? undefined : citizenText(node, lang)?.title) ?? node?.name ?? one.elementId };
    });
}

/** One deadline as a calendar file. Refuses `deadline-unknown`. `personId` null: an officer asks. */
export function deadlineFile(
  reader: Reader,
  tenantId: number,
  asked: {
    readonly caseId: string;
    readonly name: string;
    readonly personId: string | null;
    readonly lang: Lang;
    readonly publicUrl: string;
  },
): Promise<string> {
  const { caseId, name, personId, lang, publicUrl } = asked;
  return reader.db.withTenant(tenantId, async (trx) => {
    const row =
      personId === null ? await casesIn(trx, tenantId).where('cases.id', caseId).first() : await ownCase(trx, tenantId, personId, caseId);
    if (!row) throw new Problem('not-found', 'case-not-found');
    const opened = await open(reader, trx, tenantId, row);
    const card = cards(reader, opened, { lang, base: '' }).find((candidate) => candidate.name === name);
    if (!card || card.due === null) throw new Problem('not-found', 'deadline-unknown');
    const kept = await trx('case_deadline').where({ tenant_id: tenantId, case_id: caseId, name }).first('changes');
    const entry = {
      uid: `${caseId}-${name.replace(/^task:/, '')}@vyrizeno`,
      sequence: Number(kept?.changes ?? 0),
      day: card.due,
      title: `${card.title} (${row.mark})`,
      text: [inLang(opened.situation.sheet.title, lang), card.law, ...card.steps.map(({ text }) => text)].join('\n'),
      url: personId === null ? `${publicUrl}/urad/pripady/${caseId}?karta=lhuty` : `${publicUrl}/moje/${caseId}`,
    };
    return calendarText(card.title, [entry], reader.now().toISOString());
  });
}
