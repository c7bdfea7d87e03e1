// A case as an officer sees it: everything about it on one page, with the proof that its journal is whole.
import type { CaseDiagram, CaseList, EffectRow, IncidentRow, OfficeCase } from '../contract/office.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { CASE_GRAPH, TASK_GRAPH, casesIn, tasksIn, type CaseModel } from '../store/models.ts';
import { effectsOfCase, type EffectState } from '../store/outbox.ts';
import { tokensOf } from '../store/tokens.ts';
import { applicantCard } from './applicant-card.ts';
import { officeJournal } from './case-journal.ts';
import { documentCards, readJournal, stateInList, stepsOf, timeline } from './case-view.ts';
import { submittedAnswers } from './citizen-cases.ts';
import { filerOf, nameOf, withFiler } from './filer.ts';
import { PAGE_SIZE, taskRow } from './office-tasks.ts';
import { prescriptionCards } from './prescriptions.ts';
import { elementName, inTurn, situationOf, type Reader } from './reader.ts';

export interface CaseQuery {
  readonly q: string;
  readonly page: number;
  readonly state: 'open' | 'ended' | 'all';
  readonly service: string;
}

export function listCases(reader: Reader, tenantId: number, query: CaseQuery): Promise<CaseList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const found = casesIn(trx, tenantId).leftJoinRelated('applicant');
    if (query.state === 'open') found.whereNull('cases.ended_at');
    if (query.state === 'ended') found.whereNotNull('cases.ended_at');
    if (query.service !== '') found.where('cases.situation', query.service);
    if (query.q.trim() !== '')
      found.where((where) => {
        const like = `%${query.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
        where
          .whereILike('cases.mark', like)
          .orWhereILike('cases.document_number', like)
          .orWhereRaw(`(applicant.given_name || ' ' || applicant.family_name) ilike ?`, [like])
          .orWhereExists(
            trx('prescription as p')
              .whereRaw('p.tenant_id = cases.tenant_id and p.case_id = cases.id')
              .where('p.variable_symbol', query.q.trim()),
          );
      });
    const total = await found.clone().resultSize();
    const rows = await found
      .withGraphFetched(CASE_GRAPH)
      .orderBy('cases.filed_at', 'desc')
      .offset((query.page - 1) * PAGE_SIZE)
      .limit(PAGE_SIZE);
    const tokens = await tokensOf(
      trx,
      tenantId,
      rows.map((row) => row.id),
    );
    const cases = await inTurn(rows, async (row) =>
      caseRow(
        row,
        await situationOf(reader, trx, tenantId, row.versionId),
        tokens.filter((token) => token.caseId === row.id),
      ),
    );
    return { total, page: query.page, pageSize: PAGE_SIZE, cases };
  });
}

function caseRow(
  row: CaseModel,
  situation: Awaited<ReturnType<typeof situationOf>>,
  tokens: Awaited<ReturnType<typeof tokensOf>>,
): CaseList['cases'][number] {
  return {
    id: row.id,
    mark: row.mark,
    service: situation.sheet.title.cs,
    applicant: row.applicant ? nameOf(row.applicant) : '',
    filedAt: row.filedAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    state: stateInList(row, situation, tokens, 'cs'),
    version: row.version?.number ?? 0,
  };
}

async function anyCase(trx: Transaction, tenantId: number, caseId: string): Promise<CaseModel> {
  const row = await casesIn(trx, tenantId).withGraphFetched(CASE_GRAPH).where('cases.id', caseId).first();
  if (!row) throw new Problem('not-found', 'case-not-found');
  return row;
}

export function officeCase(reader: Reader, tenantId: number, caseId: string): Promise<OfficeCase> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await anyCase(trx, tenantId, caseId);
    const situation = await situationOf(reader, trx, tenantId, row.versionId);
    const tokens = await tokensOf(trx, tenantId, [caseId]);
    const journal = await readJournal(trx, tenantId, caseId);
    const effects = await effectsOfCase(trx, tenantId, caseId);
    const tasks = await tasksIn(trx, tenantId)
      .withGraphFetched(TASK_GRAPH)
      .where('task.case_id', caseId)
      .whereNull('task.closed_at')
      .orderBy('task.opened_at');
    return {
      ...caseRow(row, situation, tokens),
      suspendedAt: row.suspendedAt?.toISOString() ?? null,
      documentNumber: row.documentNumber,
      applicantCard: await applicantCard(trx, tenantId, row),
      submitted: await submittedAnswers(trx, tenantId, situation, caseId, 'cs'),
      documents: await documentCards(trx, tenantId, caseId, `/urad/api/cases/${caseId}`, false),
      timeline: withFiler(timeline(row, situation, journal, tokens, 'cs'), await filerOf(trx, tenantId, row), 'cs'),
      tasks: await inTurn(tasks, (task) => taskRow(reader, trx, tenantId, task)),
      waits: tokens.map((token) => ({
        kind: token.kind,
        executionId: token.executionId,
        elementId: token.elementId,
        name: elementName(situation, token.elementId) ?? token.name,
        since: token.since,
        dueAt: token.dueAt,
      })),
      effects: effects.map(effectRow),
      incidents: await incidentsOf(trx, tenantId, caseId),
      payments: await prescriptionCards(reader, trx, tenantId, caseId),
      ...(await officeJournal(trx, tenantId, { caseId, journal, revision: row.revision, model: situation.model })),
    };
  });
}

const SAID: Readonly<Partial<Record<EffectState['state'], string>>> = {
  dropped: 'Už není potřeba: řízení šlo dál.',
  'by-hand': 'Čeká mezi listinnými zásilkami, až ji úřad vypraví.',
};
const EFFECT_STATES = {
  ready: 'waiting',
  leased: 'working',
  done: 'done',
  refused: 'refused',
  dead: 'failed',
  dropped: 'refused',
  'by-hand': 'waiting',
} as const;
export function effectRow(effect: EffectState): EffectRow {
  return {
    key: effect.key,
    elementId: effect.elementId ?? '',
    effect: effect.effect,
    title: effect.title,
    state: EFFECT_STATES[effect.state],
    attempts: effect.attempts,
    nextTryAt: effect.state === 'ready' ? effect.nextAt : null,
    lastError: SAID[effect.state] ?? effect.lastError,
    createdAt: effect.createdAt,
  };
}

export function caseDiagram(reader: Reader, tenantId: number, caseId: string): Promise<CaseDiagram> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const row = await anyCase(trx, tenantId, caseId);
    const situation = await situationOf(reader, trx, tenantId, row.versionId);
    const tokens = await tokensOf(trx, tenantId, [caseId]);
    const journal = await readJournal(trx, tenantId, caseId);
    const counts: Record<string, number> = {};
    for (const token of tokens) counts[token.elementId] = (counts[token.elementId] ?? 0) + 1;
    const visited = new Set(
      journal.flatMap((entry) =>
        stepsOf(entry)
          .filter((step) => step.k !== 'incident')
          .map((step) => step.e),
      ),
    );
    return {
      xml: situation.files['process.bpmn'] ?? '',
      tokens: counts,
      visited: [...visited],
      incidents: tokens.filter((token) => token.kind === 'incident').map((token) => token.elementId),
    };
  });
}

/** Elements that cannot go on, and effects that ran out of tries. */
export function listIncidents(reader: Reader, tenantId: number): Promise<readonly IncidentRow[]> {
  return reader.db.withTenant(tenantId, (trx) => incidentsOf(trx, tenantId, null));
}

async function incidentsOf(trx: Transaction, tenantId: number, caseId: string | null): Promise<readonly IncidentRow[]> {
  const { rows } = await trx.raw<{ rows: (Omit<IncidentRow, 'since'> & { since: Date })[] }>(
    `select * from (
       select i.id::text as id, i.case_id as "caseId", c.mark, c.situation as service, i.element_id as "elementId", i.element_name as "elementName", 'process' as kind, i.code, i.reason, i.since
         from incident i join cases c on c.tenant_id = i.tenant_id and c.id = i.case_id where i.tenant_id = ? and i.closed_at is null
       union all
       select 'effect:' || o.key, o.case_id, c.mark, c.situation, coalesce(o.element_id, ''), o.title, 'effect', o.effect, coalesce(o.last_error, ''), o.finished_at
         from outbox o join cases c on c.tenant_id = o.tenant_id and c.id = o.case_id where o.tenant_id = ? and o.state = 'dead'
     ) found where ?::uuid is null or "caseId" = ?::uuid order by since desc limit 200`,
    [tenantId, tenantId, caseId, caseId],
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
