// The heat map of a version (product N10): how many running cases wait at each element, how many of them too long, how many are stuck.
import type { HeatMap } from '../contract/operations.ts';
import { Problem } from '../domain/problem.ts';
import { heatOf } from '../store/heat.ts';
import { versionsOf } from '../store/situations.ts';
import type { Reader } from './reader.ts';

export function readHeat(reader: Reader, tenantId: number, situation: string, number: number): Promise<HeatMap> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const version = (await versionsOf(trx, tenantId, situation)).find((candidate) => candidate.number === number);
    if (!version) throw new Problem('not-found', 'version-not-found');
    const rows = await heatOf(trx, tenantId, version.id, reader.now().toISOString());
    const counted = (of: 'waiting' | 'overdue' | 'incidents'): Record<string, number> =>
      Object.fromEntries(rows.filter((row) => row[of] > 0).map((row) => [row.elementId, row[of]]));
    return { waiting: counted('waiting'), overdue: counted('overdue'), incidents: counted('incidents') };
  });
}
