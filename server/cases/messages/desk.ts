// What a clerk does with messages from outside: into a case, out of it again, aside with a reason and back, seen.
import type { Json } from '../../engine/types.ts';
import { permitOfficer, type Actor } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { referencesIn } from '../../domain/references.ts';
import { BETWEEN_CASES } from '../../store/case-messages.ts';
import { bringBack, caseOfMessage, isMessage, noteSeen, setAside, unsortedMessage } from '../../store/kept-messages.ts';
import { caseByMark } from '../../store/pairing.ts';
import { fileMessage, receiveMessage, takeMessageOut } from '../commands/index.ts';
import type { Corridor } from '../corridor.ts';
import { execute } from '../execute.ts';

interface Asked {
  readonly commandId: string;
  readonly actor: Actor;
  readonly inboxId: string;
}
const LONGEST_REASON = 1_000;

/** Puts a message that no case was found for into the case with this mark. Refuses `case-not-found` and `message-already-sorted`. */
export async function sortMessage(corridor: Corridor, tenantId: number, asked: Asked & { readonly mark: string }): Promise<void> {
  permitOfficer(asked.actor);
  const { caseId, message } = await corridor.db.withTenant(tenantId, async (trx) => ({
    caseId: await caseByMark(trx, tenantId, [asked.mark.trim(), ...referencesIn(asked.mark).marks]),
    message: await unsortedMessage(trx, tenantId, asked.inboxId),
  }));
  if (caseId === undefined) throw new Problem('not-found', 'case-not-found');
  if (!message) throw new Problem('conflict', 'message-already-sorted');
  const request = { commandId: asked.commandId, actor: asked.actor };
  if (message.source === BETWEEN_CASES) {
    const { name, payload = null } = message.payload as { readonly name: string; readonly payload?: Json };
    const sorted = { reason: `mark:${asked.mark.trim()}` };
    const data = { inboxId: asked.inboxId, sorted, message: name, payload, documents: [] };
    await execute(corridor, tenantId, caseId, receiveMessage, { ...request, data });
    return;
  }
  const data = { inboxId: asked.inboxId, pairing: { rule: 'officer', certainty: 'certain' } };
  await execute(corridor, tenantId, caseId, fileMessage, { ...request, data });
}

/** Refuses `message-not-in-case`, and `message-already-told` when the process has heard of it. */
export async function unsortMessage(corridor: Corridor, tenantId: number, asked: Asked & { readonly note: string }): Promise<void> {
  permitOfficer(asked.actor);
  const caseId = await corridor.db.withTenant(tenantId, (trx) => caseOfMessage(trx, tenantId, asked.inboxId));
  if (caseId === undefined) throw new Problem('conflict', 'message-not-in-case');
  const data = { inboxId: asked.inboxId, reason: reasonOf(asked.note) || 'taken-out' };
  await execute(corridor, tenantId, caseId, takeMessageOut, { commandId: asked.commandId, actor: asked.actor, data });
}

/** Refuses `reason-missing` and `message-already-sorted`. */
export async function dismissMessage(corridor: Corridor, tenantId: number, asked: Asked & { readonly note: string }): Promise<void> {
  const { actor, inboxId } = asked;
  permitOfficer(actor);
  const reason = reasonOf(asked.note);
  if (reason === '') throw new Problem('invalid', 'reason-missing');
  const at = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, async (trx) => {
    if (!(await setAside(trx, tenantId, { id: inboxId, officerId: actor.id, reason }, at)))
      throw new Problem('conflict', 'message-already-sorted');
  });
}

/** Refuses `message-not-dismissed`. */
export async function undismissMessage(corridor: Corridor, tenantId: number, asked: Asked): Promise<void> {
  permitOfficer(asked.actor);
  await corridor.db.withTenant(tenantId, async (trx) => {
    if (!(await bringBack(trx, tenantId, asked.inboxId))) throw new Problem('conflict', 'message-not-dismissed');
  });
}

/** Seen twice is seen once. */
export async function noteMessageSeen(corridor: Corridor, tenantId: number, { actor, inboxId }: Asked): Promise<void> {
  permitOfficer(actor);
  const at = corridor.clock.now().toISOString();
  await corridor.db.withTenant(tenantId, async (trx) => {
    if (await noteSeen(trx, tenantId, inboxId, actor.id, at)) return;
    // Noted by somebody else a moment ago is noted; what does not exist is an error.
    if (!(await isMessage(trx, tenantId, inboxId))) throw new Problem('not-found', 'message-not-found');
  });
}

const reasonOf = (note: string): string => note.trim().slice(0, LONGEST_REASON);
