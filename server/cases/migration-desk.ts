// What an analyst is shown before moving cases to another version: both drawings, the proposed plan, how many cases wait where.
import { PROCESS_FILE, type CompiledSituation } from '../catalog/index.ts';
import { permitMigration, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { isEnterable, proposePlan } from '../engine/index.ts';
import { placesOfWaiting } from '../store/migrations-of-cases.ts';
import { versionFiles, versionsOf, type VersionRow } from '../store/situations.ts';
import type { Transaction } from '../store/database.ts';
import type { Corridor } from './corridor.ts';

interface Asked {
  readonly situation: string;
  readonly from: number;
  readonly to: number;
}

/** Refuses `not-permitted` and `version-not-found`. */
export function readMigrationDesk(corridor: Corridor, tenantId: number, actor: Actor, asked: Asked) {
  permitMigration(actor);
  return corridor.db.withTenant(tenantId, async (trx) => {
    const versions = await versionsOf(trx, tenantId, asked.situation);
    const [from, to] = [numbered(versions, asked.from), numbered(versions, asked.to)];
    const old = await compiled(corridor, trx, tenantId, from);
    const fresh = await compiled(corridor, trx, tenantId, to);
    const waiting = await placesOfWaiting(trx, tenantId, from.id);
    return {
      situation: asked.situation,
      title: fresh.sheet.title.cs,
      from: from.number,
      to: to.number,
      fromXml: old.files[PROCESS_FILE] ?? '',
      toXml: fresh.files[PROCESS_FILE] ?? '',
      versions: await running(trx, tenantId, versions),
      rows: proposePlan(old.model, fresh.model).map((row) => ({
        ...row,
        name: nameIn(old, row.from),
        kind: old.model.nodes.get(row.from)?.kind ?? '',
        waiting: waiting.elements[row.from] ?? 0,
      })),
      ...newSteps(old, fresh),
      running: waiting.running,
      groups: Object.entries(waiting.groups).map(([name, count]) => ({ name, count })),
    };
  });
}

function numbered(versions: readonly VersionRow[], number: number): VersionRow {
  const found = versions.find((version) => version.number === number);
  if (!found) throw new Problem('not-found', 'version-not-found');
  return found;
}

const compiled = (corridor: Corridor, trx: Transaction, tenantId: number, { id }: VersionRow): Promise<CompiledSituation> =>
  corridor.shelf.get(id, () => versionFiles(trx, tenantId, id));
const nameIn = ({ model }: CompiledSituation, id: string): string => model.nodes.get(id)?.name || id;

async function running(trx: Transaction, tenantId: number, versions: readonly VersionRow[]) {
  const { rows } = await trx.raw<{ rows: { version_id: string; n: number }[] }>(
    'select version_id, count(*)::int as n from cases where tenant_id = ? and ended_at is null and version_id = any(?::uuid[]) group by 1',
    [tenantId, versions.map((version) => version.id)],
  );
  return versions.map(({ id, number }) => ({ number, running: rows.find((row) => row.version_id === id)?.n ?? 0 }));
}

/** Every step of the new version that can be a target, and those of them that the old one did not have. */
function newSteps(old: CompiledSituation, fresh: CompiledSituation) {
  const steps = [...fresh.model.nodes.values()]
    .filter((node) => isEnterable(node) || node.kind === 'boundaryEvent' || node.kind === 'eventSubProcess')
    .map((node) => ({ elementId: node.id, name: nameIn(fresh, node.id), kind: node.kind }));
  return { targets: steps, added: steps.filter((step) => !old.model.nodes.has(step.elementId)) };
}
