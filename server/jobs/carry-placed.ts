// What was placed is carried out: the command that a message means to its case. One message is one command id: done twice, it is done once.
import { fileMessage, letterDelivered, receiveMessage, receiveSignal } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import { startByMessage } from '../cases/start-by-message.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { PlacedBetweenCases } from './place-case-message.ts';
import type { PlacedDataMessage } from './placed.ts';
import type { Workshop } from './workshop.ts';

type Told = Extract<PlacedBetweenCases, { kind: 'message-to-case' | 'signal-to-case' | 'start' }>;
export type ForCase = Told | Extract<PlacedDataMessage, { kind: 'message' | 'filing' | 'delivery' }>;

export async function carryPlaced(workshop: Workshop, tenantId: number, message: InboxRow, placed: ForCase): Promise<void> {
  const { corridor } = workshop;
  const request = { commandId: `inbox:${message.id}`, actor: { kind: 'outside', id: message.source } as const };
  switch (placed.kind) {
    case 'message':
      await execute(corridor, tenantId, placed.caseId, receiveMessage, { ...request, data: placed.data });
      return;
    case 'filing':
      await execute(corridor, tenantId, placed.caseId, fileMessage, { ...request, data: placed.data });
      return;
    case 'delivery':
      await execute(corridor, tenantId, placed.caseId, letterDelivered, { ...request, data: placed.data });
      return;
    default:
      await tellCase(workshop, tenantId, message, placed);
  }
}

/** A message of another case: to the wait that was found, to all that listen to the signal, or to a new case. */
async function tellCase({ corridor }: Workshop, tenantId: number, { id: inboxId }: InboxRow, placed: Told): Promise<void> {
  const { name, payload, from } = placed.thrown;
  const request = { commandId: `inbox:${inboxId}`, actor: { kind: 'outside', id: `case:${from.mark}` } as const };
  if (placed.kind === 'start') return startByMessage(corridor, tenantId, { inboxId, name, payload, from, start: placed.start });
  if (placed.kind === 'signal-to-case') {
    await execute(corridor, tenantId, placed.caseId, receiveSignal, { ...request, data: { inboxId, signal: name, payload } });
    return;
  }
  const { caseId, executionId } = placed.receiver;
  await execute(corridor, tenantId, caseId, receiveMessage, {
    ...request,
    data: { inboxId, message: name, payload, executionId, documents: [] },
  });
}
