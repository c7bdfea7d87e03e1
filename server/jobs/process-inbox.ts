// Understands kept messages: whose case, which command. A message that nobody waits for yet is tried again; one that we cannot place is shown to a person.
import { Overtaken } from '../cases/changes.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { keepOn } from '../store/case-messages.ts';
import { finishMessage, openMessages, postponeMessage, type InboxRow } from '../store/inbox.ts';
import { carryPlaced } from './carry-placed.ts';
import { bookItem, bookWord } from './book-money.ts';
import { keepPairing } from '../store/kept-messages.ts';
import type { Json } from '../store/json.ts';
import { backoff } from './perform-effects.ts';
import { placeMessage, type Placed } from './place-message.ts';
import { foundedBySubject } from './found-by-subject.ts';
import { beforehand, takers } from './takers.ts';
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
    await beforehand[message.kind]?.(workshop, tenantId, message);
    await (takers[message.kind] ?? placeAndCarry)(workshop, tenantId, message);
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
  switch (placed.kind) {
    case 'bank-item':
      return bookItem(workshop, tenantId, message, placed.item);
    case 'card-payment':
      if ((await bookWord(workshop, tenantId, message, placed.word)) === 'unknown')
        await giveUpOrWait(workshop, tenantId, message, 'card-payment-unknown');
      return;
    case 'not-yet':
      return giveUpOrWait(workshop, tenantId, message, placed.reason);
    case 'message':
    case 'filing':
    case 'delivery':
    case 'message-to-case':
    case 'signal-to-case':
    case 'start':
      return carryPlaced(workshop, tenantId, message, placed);
    case 'kept':
      await corridor.db.withTenant(tenantId, (trx) => keepOn(trx, tenantId, message.id, LOOK_AGAIN_MS, placed.reason));
      return;
    case 'finished':
      if (placed.reason === 'no-case' && (await foundedBySubject(workshop, tenantId, message))) return;
      await finish(workshop, tenantId, message, placed);
      return;
    default:
      placed satisfies never;
  }
}

async function giveUpOrWait(workshop: Workshop, tenantId: number, message: InboxRow, reason: string): Promise<void> {
  // A case that an officer has stopped takes it when it goes on, however long that takes.
  if (message.attempts + 1 >= MAX_ATTEMPTS && reason !== 'case-suspended')
    return finish(workshop, tenantId, message, { result: message.kind === 'data-box-state' ? 'noted' : 'unsorted', reason });
  await workshop.corridor.db.withTenant(tenantId, (trx) =>
    postponeMessage(trx, tenantId, message.id, backoff(message.attempts + 1), reason),
  );
}

async function finish(
  workshop: Workshop,
  tenantId: number,
  message: InboxRow,
  { result, reason, pairing }: { readonly result: string; readonly reason: string; readonly pairing?: Json },
): Promise<void> {
  const at = workshop.corridor.clock.now().toISOString();
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    if ((await finishMessage(trx, tenantId, message.id, { result, reason }, at)) && pairing !== undefined)
      await keepPairing(trx, tenantId, message.id, pairing);
  });
}
