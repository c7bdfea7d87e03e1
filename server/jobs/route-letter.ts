// By which way a letter goes (§ 17 odst. 1 zákona č. 300/2008 Sb., § 19 a 20 zákona č. 500/2004 Sb.): into the addressee's data box, which is looked up at
// this moment; by e-mail only where the diagram says that this letter may; otherwise on paper. A box or an address that refuses for good leads to paper too.
import { Overtaken } from '../cases/changes.ts';
import type { EffectAnswer } from '../engine/types.ts';
import { newId } from '../platform/ids.ts';
import { rememberBox } from '../store/data-boxes.ts';
import type { Json } from '../store/json.ts';
import { addresseeOf, changeWay, isLetter, LETTER, setWay, type Addressee, type Way } from '../store/letters.ts';
import { setByHand, type ClaimedEffect } from '../store/outbox.ts';
import { insertPaperLetter } from '../store/paper-letters.ts';
import type { Workshop } from './workshop.ts';

/** What prepare-effect.ts writes for a letter. */
export interface LetterInput {
  readonly documents: readonly string[];
  readonly subject: string;
  readonly senderRef: string;
  readonly personalDelivery: boolean;
  /** False = a law excludes delivery by fiction. */
  readonly allowFiction?: boolean;
  /** Null = the letter may not go by e-mail, or the addressee has none. */
  readonly email: { readonly to: string; readonly subject: string; readonly text: string } | null;
}

/** The effect as it is to be performed now. An unreachable ISDS is thrown on: the letter waits, it is never printed for that reason. */
export async function routed(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<ClaimedEffect> {
  const { caseId } = claimed;
  if (claimed.effect !== LETTER || caseId === null) return claimed;
  const { db } = workshop.corridor;
  const addressee = await db.withTenant(tenantId, (trx) => addresseeOf(trx, tenantId, caseId));
  const box = addressee && (await boxOf(workshop, tenantId, addressee));
  const way = wayOf(claimed.input as unknown as LetterInput, box);
  if (!(await db.withTenant(tenantId, (trx) => setWay(trx, tenantId, claimed, way)))) throw new Overtaken('letter sent by another worker');
  return { ...claimed, ...way, doubt: false };
}

/** A natural person is asked about by name and day of birth; whom we cannot ask about keeps the box that he has shown. */
async function boxOf(workshop: Workshop, tenantId: number, person: Addressee): Promise<string | null> {
  const { id, givenName, familyName, birthDate, dataBox } = person;
  if (birthDate === null) return dataBox;
  const found = (await workshop.findDataBox({ givenName, familyName, birthDate })) ?? dataBox;
  if (found !== dataBox) await workshop.corridor.db.withTenant(tenantId, (trx) => rememberBox(trx, tenantId, id, found));
  return found;
}

function wayOf(letter: LetterInput, box: string | null | undefined): Way {
  const { documents, subject, senderRef, personalDelivery, allowFiction, email } = letter;
  const fiction = allowFiction === undefined ? {} : { allowFiction };
  if (box) return { effect: 'isds.send', input: { from: 'town', to: box, subject, senderRef, personalDelivery, ...fiction, documents } };
  if (email) return { effect: 'mail.send', input: { ...email, documents } };
  return paper(documents, personalDelivery);
}
/** `why` neither box nor e-mail took it. */
const paper = (documents: readonly string[], personalDelivery: boolean, why = ''): Way => ({
  effect: 'post.print',
  input: { documents, personalDelivery, why },
});

/** True when a refused box has sent the letter on its way to paper; the process hears nothing of it. */
export async function turnedToPaper(workshop: Workshop, tenantId: number, claimed: ClaimedEffect, answer: EffectAnswer): Promise<boolean> {
  const { caseId } = claimed;
  if (caseId === null || !('refused' in answer)) return false;
  const isBox = claimed.effect === 'isds.send' && answer.refused.code === 'box-not-available';
  if (!isBox && claimed.effect !== 'mail.send') return false;
  const { reason } = answer.refused;
  const { documents = [], personalDelivery = false } = claimed.input as Partial<LetterInput>;
  return workshop.corridor.db.withTenant(tenantId, async (trx) => {
    if (!(await isLetter(trx, tenantId, claimed.key))) return false;
    const person = await addresseeOf(trx, tenantId, caseId);
    if (person && isBox) await rememberBox(trx, tenantId, person.id, null);
    if (!(await changeWay(trx, tenantId, claimed, { ...paper(documents, personalDelivery, reason), why: reason })))
      throw new Overtaken('letter sent by another worker');
    return true;
  });
}

/** Puts the letter before the people of the dispatch room, under its lease: from now on nobody but they ends it. */
export async function handOver(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<void> {
  const { caseId, key } = claimed;
  const { documents, personalDelivery = false, why = '' } = claimed.input as Partial<LetterInput> & { readonly why?: string };
  const documentId = documents?.[0];
  if (caseId === null || documentId === undefined) throw new Error(`${key} is no letter of a case`);
  const { db, clock } = workshop.corridor;
  const now = clock.now();
  await db.withTenant(tenantId, async (trx) => {
    if (!(await setByHand(trx, tenantId, claimed))) throw new Overtaken('letter handed over by another worker');
    const letter = { id: newId(now), effectKey: key, caseId, documentId, personal: personalDelivery, why, at: now.toISOString() };
    await insertPaperLetter(trx, tenantId, letter);
  });
}

const CHANNELS: Readonly<Record<string, string>> = { 'isds.send': 'data-box', 'mail.send': 'email', 'post.print': 'post' };

/** The process is told by which way its letter went. */
export async function withChannel(
  workshop: Workshop,
  tenantId: number,
  claimed: ClaimedEffect,
  answer: EffectAnswer,
): Promise<EffectAnswer> {
  const channel = CHANNELS[claimed.effect];
  if (!('done' in answer) || channel === undefined || claimed.caseId === null) return answer;
  if (!(await workshop.corridor.db.withTenant(tenantId, (trx) => isLetter(trx, tenantId, claimed.key)))) return answer;
  return { done: { ...(answer.done as { readonly [key: string]: Json }), channel } };
}

/** A letter without a way is being looked up in ISDS. */
export const connectorOf = ({ effect }: ClaimedEffect): string => (effect === LETTER ? 'isds' : (effect.split('.')[0] ?? effect));
