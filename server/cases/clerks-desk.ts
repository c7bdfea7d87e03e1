// What a clerk does with money and messages that belong to no case (yet), and by which case a thing is found.
import type { Json } from '../engine/types.ts';
import { permitOfficer, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { BETWEEN_CASES } from '../store/case-messages.ts';
import { documentById, type DocumentRow } from '../store/documents.ts';
import { resolveUnsorted } from '../store/inbox.ts';
import { effectByKey } from '../store/outbox.ts';
import { receiveMessage, retryEffect, retryElement, type MessageData } from './commands/index.ts';
import type { Corridor } from './corridor.ts';
import { execute } from './execute.ts';
import { retryLooseEffect } from './loose-effects.ts';

interface Asked {
  readonly commandId: string;
  readonly actor: Actor;
}

/** Puts a message that no case was found for into the case with this mark; told to the process if it waits for an arrival. */
export async function sortMessage(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly inboxId: string; readonly mark: string },
): Promise<void> {
  permitOfficer(asked.actor);
  const found = await corridor.db.withTenant(tenantId, async (trx) => ({
    row: await trx('cases').where({ tenant_id: tenantId, mark: asked.mark.trim() }).first('id'),
    message: await trx('inbox')
      .where({ tenant_id: tenantId, id: asked.inboxId, result: 'unsorted' })
      .first('payload', 'message_id', 'source'),
  }));
  if (!found.row) throw new Problem('not-found', 'case-not-found');
  if (!found.message) throw new Problem('conflict', 'message-already-sorted');
  const about = { corridor, caseId: found.row.id as string, sorted: { reason: `mark:${asked.mark.trim()}` } };
  const said = found.message.source === BETWEEN_CASES ? thrownBefore(found.message.payload) : arrived(about, asked, found.message);
  await execute(corridor, tenantId, about.caseId, receiveMessage, {
    commandId: asked.commandId,
    actor: asked.actor,
    data: { inboxId: asked.inboxId, sorted: about.sorted, ...said },
  });
}

type Said = Pick<MessageData, 'message' | 'payload' | 'documents'>;

/** A message of another case: the chosen case is told what was thrown, if it waits for it. */
function thrownBefore(payload: { readonly name: string; readonly payload?: Json }): Said {
  return { message: payload.name, payload: payload.payload ?? null, documents: [] };
}

function arrived(
  { corridor, caseId }: { readonly corridor: Corridor; readonly caseId: string },
  { inboxId }: { readonly inboxId: string },
  message: { readonly payload: object; readonly message_id: string },
): Said {
  const payload = message.payload as { subject?: string; messageId?: string; senderBox?: string; deliveredAt?: string };
  const document: DocumentRow = {
    id: inboxId,
    caseId,
    kind: 'message',
    title: `Datová zpráva ${payload.messageId ?? message.message_id}`,
    number: null,
    direction: 'in',
    fileId: null,
    createdAt: corridor.clock.now().toISOString(),
    content: {
      form: 'message',
      subject: payload.subject ?? '',
      messageId: payload.messageId ?? '',
      senderBox: payload.senderBox ?? '',
      deliveredAt: payload.deliveredAt ?? null,
      files: [],
    },
  };
  return {
    message: 'podani-dodano',
    payload: { messageId: payload.messageId ?? null, deliveredAt: payload.deliveredAt ?? null },
    documents: [document],
  };
}

export function dismissMessage(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly inboxId: string; readonly note: string },
): Promise<void> {
  permitOfficer(asked.actor);
  return corridor.db.withTenant(tenantId, async (trx) => {
    if (!(await resolveUnsorted(trx, tenantId, asked.inboxId, { result: 'dismissed', reason: asked.note })))
      throw new Problem('conflict', 'message-already-sorted');
  });
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
