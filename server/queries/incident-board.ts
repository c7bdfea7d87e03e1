// Incidents for people: the list with its filters, and the same causes together.
import type { BoardIncident, IncidentBoard } from '../contract/operations.ts';
import type { Transaction } from '../store/database.ts';
import { incidentCounts, openIncidents, type IncidentFilter, type OpenIncident } from '../store/incidents.ts';
import { newestVersions } from '../store/situations.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';

const LIMIT = 200;

export function readIncidentBoard(reader: Reader, tenantId: number, filter: IncidentFilter): Promise<IncidentBoard> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const titles = await titlesOf(reader, trx, tenantId);
    const titleOf = (situation: string): string => titles.get(situation) ?? situation;
    const numbers = await numbersOf(trx, tenantId);
    const counts = await incidentCounts(trx, tenantId);
    const rows = await openIncidents(trx, tenantId, filter, LIMIT);
    return {
      total: counts.reduce((sum, group) => sum + group.count, 0),
      incidents: rows.map((row) => incident(row, titleOf, numbers)),
      groups: counts.map(({ situation, ...group }) => ({ ...group, service: situation, serviceTitle: titleOf(situation) })),
    };
  });
}

function incident(row: OpenIncident, titleOf: (situation: string) => string, numbers: ReadonlyMap<string, number>): BoardIncident {
  const { situation, versionId, ...rest } = row;
  return { ...rest, service: situation, serviceTitle: titleOf(situation), version: numbers.get(versionId) ?? 0 };
}

async function titlesOf(reader: Reader, trx: Transaction, tenantId: number): Promise<ReadonlyMap<string, string>> {
  const newest = await newestVersions(trx, tenantId);
  const pairs = await inTurn(newest, async (version) => {
    const { sheet } = await situationOf(reader, trx, tenantId, version.id);
    return [version.situation, sheet.title.cs] as const;
  });
  return new Map(pairs);
}

async function numbersOf(trx: Transaction, tenantId: number): Promise<ReadonlyMap<string, number>> {
  const rows = await trx('situation_version').where({ tenant_id: tenantId }).select('id', 'number');
  return new Map(rows.map((row) => [row['id'] as string, row['number'] as number]));
}
