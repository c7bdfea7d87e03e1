// What a clerk does with stuck work of a case, and by which case a document is read.
import type { Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { documentById, type DocumentRow } from '../store/documents.ts';
import { effectByKey } from '../store/outbox.ts';
import { retryEffect, retryElement } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';
import { retryLooseEffect } from './loose-effects.ts';

interface Asked {
  readonly commandId: string;
  readonly actor: Actor;
}

/** Retries by the id of the incident list: `effect:<key>` or the incident's own id. */
export async function retryIncident(corridor: Corridor, tenantId: number, asked: Asked & { readonly id: string }): Promise<void> {
  if (asked.id.startsWith('effect:')) {
    const key = asked.id.slice('effect:'.length);
    const effect = await corridor.db.withTenant(tenantId, (trx) => effectByKey(trx, tenantId, key));
    if (!effect) throw new Problem('not-found', 'incident-not-found');
    if (effect.caseId === null) return retryLooseEffect(corridor, tenantId, { actor: asked.actor, key });
    await execute(corridor, tenantId, effect.caseId, retryEffect, { commandId: asked.commandId, actor: asked.actor, data: { key } });
    return;
  }
  const incident = await corridor.db.withTenant(tenantId, (trx) =>
    trx('incident').where({ tenant_id: tenantId, id: asked.id }).whereNull('closed_at').first('case_id', 'execution_id'),
  );
  if (!incident) throw new Problem('not-found', 'incident-not-found');
  await execute(corridor, tenantId, incident.case_id, retryElement, {
    commandId: asked.commandId,
    actor: asked.actor,
    data: { executionId: incident.execution_id },
  });
}

/** A document of the case, for reading. `personId` null = an officer asks. */
export async function documentOfCase(
  corridor: Corridor,
  tenantId: number,
  caseId: string,
  documentId: string,
  personId: string | null,
): Promise<DocumentRow> {
  const found = await corridor.db.withTenant(tenantId, async (trx) => {
    const row = await trx('cases').where({ tenant_id: tenantId, id: caseId }).first('applicant_id');
    const document = await documentById(trx, tenantId, documentId);
    if (!row || document?.caseId !== caseId) return undefined;
    return personId === null || (row.applicant_id === personId && document.kind !== 'message') ? document : undefined;
  });
  if (!found) throw new Problem('not-found', 'document-not-found');
  return found;
}
