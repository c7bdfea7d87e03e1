// A citizen's e-mail and telephone for notices: each is proved before anything goes there, the e-mail by a link, the telephone by a code.
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { dayOf } from '../../domain/calendar.ts';
import { confirmEmail, confirmSms } from '../../domain/notices/index.ts';
import { Problem } from '../../domain/problem.ts';
import {
  dropContact,
  noteMended,
  proofsOf,
  saveContact,
  saveProof,
  useUpProof,
  type ContactChannel,
  type Proof,
} from '../../store/contacts.ts';
import type { Transaction } from '../../store/database.ts';
import { insertEffects } from '../../store/outbox.ts';
import { findPerson } from '../../store/people.ts';
import type { Corridor } from '../corridor.ts';

const LINK_MS = 24 * 3_600_000;
const CODE_MS = 10 * 60_000;
const MOST_TRIES = 5;
const MOST_A_DAY = 5;
const PAUSE_MS = 30_000;
const EMAIL = /^[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:.]+(?:\.[^\s@<>"(),;:.]+)+$/u;

export interface AskedContact {
  readonly personId: string;
  readonly channel: ContactChannel;
  readonly address: string;
}

/** Sends a link or a code. Refuses `contact-invalid`, `sms-not-offered` and `contact-too-often`. */
export async function askToConfirm(corridor: Corridor, tenantId: number, asked: AskedContact): Promise<void> {
  const { personId, channel } = asked;
  const now = corridor.clock.now();
  const town = corridor.town(tenantId);
  if (channel === 'sms' && town.sendsSms !== true) throw new Problem('conflict', 'sms-not-offered');
  const address = channel === 'email' ? soundEmail(asked.address) : soundPhone(asked.address);
  const secret = channel === 'email' ? randomBytes(32).toString('base64url') : String(randomInt(1_000_000)).padStart(6, '0');
  await corridor.db.withTenant(tenantId, async (trx) => {
    const person = await lockedPerson(trx, tenantId, personId);
    const before = (await proofsOf(trx, tenantId, personId)).find((proof) => proof.channel === channel);
    const proof = nextProof(before, { channel, address, secretHash: hashOf(personId, secret), now });
    await saveProof(trx, tenantId, personId, proof);
    const lang = person.lang === 'en' ? 'en' : 'cs';
    const link = `${town.publicUrl}/platby/upozorneni?potvrdit=${secret}`;
    await insertEffects(trx, tenantId, [
      {
        key: createHash('sha256').update(`${tenantId}/contact/${personId}/${channel}/${now.toISOString()}`).digest('hex').slice(0, 40),
        caseId: null,
        executionId: null,
        elementId: null,
        at: now.toISOString(),
        title: channel === 'email' ? 'Potvrzení e-mailu' : 'Potvrzení telefonu (SMS)',
        ...(channel === 'email'
          ? { effect: 'mail.send', input: { to: address, ...confirmEmail(town.officeName, link, lang), documents: [] } }
          : { effect: 'sms.send', input: { to: address, text: confirmSms(town.officeName, secret, lang) } }),
      },
    ]);
  });
  corridor.poke();
}

/** Refuses `contact-secret-wrong` and `contact-secret-expired`; a wrong one is counted even though it is refused. */
export async function confirmContact(
  corridor: Corridor,
  tenantId: number,
  given: { readonly personId: string; readonly channel: ContactChannel; readonly secret: string },
): Promise<void> {
  const { personId, channel, secret } = given;
  const now = corridor.clock.now().toISOString();
  const refusal = await corridor.db.withTenant(tenantId, async (trx) => {
    await lockedPerson(trx, tenantId, personId);
    const proof = (await proofsOf(trx, tenantId, personId)).find((one) => one.channel === channel);
    if (!proof || proof.secretHash === '' || proof.expiresAt <= now || proof.tries >= MOST_TRIES) return 'contact-secret-expired';
    if (!isSame(proof.secretHash, hashOf(personId, secret.trim()))) {
      await saveProof(trx, tenantId, personId, { ...proof, tries: proof.tries + 1 });
      return 'contact-secret-wrong';
    }
    await saveContact(trx, tenantId, personId, { channel, address: proof.address, confirmedAt: now });
    await noteMended(trx, tenantId, proof.address);
    await useUpProof(trx, tenantId, personId, channel, now);
    return undefined;
  });
  if (refusal !== undefined) throw new Problem('conflict', refusal);
}

export function forgetContact(corridor: Corridor, tenantId: number, personId: string, channel: ContactChannel): Promise<void> {
  return corridor.db.withTenant(tenantId, (trx) => dropContact(trx, tenantId, personId, channel));
}

/** The person's row is the lock: two windows at once send one message each at most every half a minute. */
async function lockedPerson(trx: Transaction, tenantId: number, personId: string): Promise<{ readonly lang: string }> {
  await trx('person').where({ tenant_id: tenantId, id: personId }).forUpdate().first('id');
  const person = await findPerson(trx, tenantId, personId);
  if (!person) throw new Problem('not-found', 'account-not-found');
  return person;
}

function nextProof(
  before: Proof | undefined,
  asked: { readonly channel: ContactChannel; readonly address: string; readonly secretHash: string; readonly now: Date },
): Proof {
  const { now, ...rest } = asked;
  const day = dayOf(now.toISOString());
  const sentOnDay = before?.day === day ? before.sentOnDay : 0;
  if (sentOnDay >= MOST_A_DAY || (before && now.getTime() - Date.parse(before.sentAt) < PAUSE_MS))
    throw new Problem('conflict', 'contact-too-often');
  const expiresAt = new Date(now.getTime() + (asked.channel === 'email' ? LINK_MS : CODE_MS)).toISOString();
  return { ...rest, sentAt: now.toISOString(), expiresAt, tries: 0, day, sentOnDay: sentOnDay + 1 };
}

function soundEmail(text: string): string {
  const address = text.trim();
  if (address.length > 254 || !EMAIL.test(address)) throw new Problem('invalid', 'contact-invalid');
  return address;
}

/** E.164; nine digits are a Czech number. */
function soundPhone(text: string): string {
  const digits = text.replaceAll(/[\s()-]/g, '').replace(/^00/, '+');
  const number = /^\d{9}$/.test(digits) ? `+420${digits}` : digits;
  if (!/^\+[1-9]\d{7,14}$/.test(number)) throw new Problem('invalid', 'contact-invalid');
  return number;
}

const hashOf = (personId: string, secret: string): string => createHash('sha256').update(`${personId}/${secret}`).digest('hex');
const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
