// Understands kept messages: whose case, which command. A message that nobody waits for yet is tried again; one that we cannot place is shown to a person.
import { Overtaken } from '../cases/changes.ts';
import { receiveMessage, receiveSignal } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import { startByMessage } from '../cases/start-by-message.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { keepOn } from '../store/case-messages.ts';
import { finishMessage, openMessages, postponeMessage, type InboxRow } from '../store/inbox.ts';
import { bookItem, bookWord } from './book-money.ts';
import { STATEMENT, importStatementFile } from './import-statement.ts';
import { backoff } from './perform-effects.ts';
import { placeMessage, type Placed } from './place-message.ts';
import { FINE, takeFine } from './police-fines.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const BATCH = 50;
/** With growing pauses this is about an hour: as long as an effect's own answer may be late. */
const MAX_ATTEMPTS = 14;
/** A kept message is woken by the case that begins to wait for it; this is for a case that began in the same moment. */
const LOOK_AGAIN_MS = 60_000;

export function processInbox(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const open = await workshop.corridor.db.withTenant(tenantId, (trx) => openMessages(trx, tenantId, BATCH));
    for (const message of open) await processOne(workshop, tenantId, message);
    return open.length;
  });
}

async function processOne(workshop: Workshop, tenantId: number, message: InboxRow): Promise<void> {
  reach(`processing:${message.kind}`);
  try {
    if (message.kind === STATEMENT) await importStatementFile(workshop, tenantId, message);
    else if (message.kind === FINE) await takeFine(workshop, tenantId, message);
    else await placeAndCarry(workshop, tenantId, message);
    reach(`processed:${message.kind}`);
  } catch (error) {
    // Somebody else may have ended the message, then postponing changes nothing; if not, it must not be tried in a circle.
    const reason =
      error instanceof Problem ? error.code : error instanceof Overtaken ? error.message : error instanceof Error ? error.name : 'unknown';
    if (!(error instanceof Problem || error instanceof Overtaken))
      workshop.log.error({ err: error, inbox: message.id, kind: message.kind }, 'message could not be processed');
    await giveUpOrWait(workshop, tenantId, message, reason);
  }
}

async function placeAndCarry(workshop: Workshop, tenantId: number, message: InboxRow): Promise<void> {
  const { db, clock } = workshop.corridor;
  const placed = await db.withTenant(tenantId, (trx) => placeMessage(trx, tenantId, message, clock.now()));
  await carry(workshop, tenantId, message, placed);
}

async function carry(workshop: Workshop, tenantId: number, message: InboxRow, placed: Placed): Promise<void> {
  const { corridor } = workshop;
  const request = { commandId: `inbox:${message.id}`, actor: { kind: 'outside', id: message.source } as const };
  switch (placed.kind) {
    case 'bank-item':
      return bookItem(workshop, tenantId, message, placed.item);
    case 'card-payment':
      if ((await bookWord(workshop, tenantId, message, placed.word)) === 'unknown')
        await giveUpOrWait(workshop, tenantId, message, 'card-payment-unknown');
      return;
    case 'message':
      await execute(corridor, tenantId, placed.caseId, receiveMessage, { ...request, data: placed.data });
      return;
    case 'not-yet':
      return giveUpOrWait(workshop, tenantId, message, placed.reason);
    case 'message-to-case':
    case 'signal-to-case':
    case 'start':
      return tellCase(workshop, tenantId, message, placed);
    case 'kept':
      await corridor.db.withTenant(tenantId, (trx) => keepOn(trx, tenantId, message.id, LOOK_AGAIN_MS, placed.reason));
      return;
    case 'finished':
      await finish(workshop, tenantId, message, placed.result, placed.reason);
      return;
    default:
      placed satisfies never;
  }
}

/** A message of another case: to the wait that was found, to all that listen to the signal, or to a new case. */
async function tellCase(
  { corridor }: Workshop,
  tenantId: number,
  { id: inboxId }: InboxRow,
  placed: Extract<Placed, { kind: 'message-to-case' | 'signal-to-case' | 'start' }>,
): Promise<void> {
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

async function giveUpOrWait(workshop: Workshop, tenantId: number, message: InboxRow, reason: string): Promise<void> {
  // A case that an officer has stopped takes it when it goes on, however long that takes.
  if (message.attempts + 1 >= MAX_ATTEMPTS && reason !== 'case-suspended')
    return finish(workshop, tenantId, message, message.kind === 'data-box-state' ? 'noted' : 'unsorted', reason);
  await workshop.corridor.db.withTenant(tenantId, (trx) =>
    postponeMessage(trx, tenantId, message.id, backoff(message.attempts + 1), reason),
  );
}

async function finish(workshop: Workshop, tenantId: number, message: InboxRow, result: string, reason: string): Promise<void> {
  const at = workshop.corridor.clock.now().toISOString();
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    await finishMessage(trx, tenantId, message.id, { result, reason }, at);
  });
}
