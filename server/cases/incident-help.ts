// Help for one incident by its id in the list: corrected data with a new try, or an answer by hand.
import type { Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import type { Json, Variables } from '../engine/types.ts';
import { openIncidents, type OpenIncident } from '../store/incidents.ts';
import { answerEffect, answerIncident, setVariables } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';

interface Asked {
  readonly id: string;
  readonly commandId: string;
  readonly actor: Actor;
  readonly reason: string;
}

/** Refuses `incident-not-found`, `effect-has-its-data` (an effect was ordered with the data of that time) and what the command refuses. */
export async function correctVariables(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly variables: Variables; readonly retry: boolean },
): Promise<void> {
  const { commandId, actor, reason, variables } = asked;
  const incident = await found(corridor, tenantId, asked.id);
  if (incident.kind === 'effect' || incident.executionId === null) throw new Problem('conflict', 'effect-has-its-data');
  const data = { variables, reason, ...(asked.retry ? { retry: incident.executionId } : {}) };
  await execute(corridor, tenantId, incident.caseId, setVariables, { commandId, actor, data });
}

/** Refuses `incident-not-found` and what the command refuses. */
export async function answerByHand(corridor: Corridor, tenantId: number, asked: Asked & { readonly output: Json }): Promise<void> {
  const { commandId, actor, reason, output } = asked;
  const incident = await found(corridor, tenantId, asked.id);
  if (incident.kind === 'effect') {
    const data = { key: asked.id.slice('effect:'.length), output, reason };
    await execute(corridor, tenantId, incident.caseId, answerEffect, { commandId, actor, data });
    return;
  }
  const data = { executionId: incident.executionId ?? '', output, reason };
  await execute(corridor, tenantId, incident.caseId, answerIncident, { commandId, actor, data });
}

async function found(corridor: Corridor, tenantId: number, id: string): Promise<OpenIncident> {
  const [incident] = await corridor.db.withTenant(tenantId, (trx) => openIncidents(trx, tenantId, { ids: [id] }, 1));
  if (!incident) throw new Problem('not-found', 'incident-not-found');
  return incident;
}
