// Citizens are told about their money: new debts, days that come near or have passed, payments with what they paid, returns. In the portal always,
// by e-mail and text message as each of them chose; each thing once for (person, event, subject, day), whatever happens to this process.
import { createHash } from 'node:crypto';
import { dayOf } from '../domain/calendar.ts';
import { moneyEmail, moneySms, type Sender } from '../domain/money/notice-words.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { cursorOf, saveCursor } from '../store/inbox.ts';
import { clearedSince, dueSoon, overdue, prescribedSince, returnedSince, type NewsRow } from '../store/money-news.ts';
import { insertNotices } from '../store/money-notices.ts';
import { insertEffects, type NewEffect } from '../store/outbox.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const BATCH = 100;
const SOURCE = 'money-news';
/** A transaction is written down before it is committed: what the last look could not see yet is looked at again. */
const OVERLAP_MS = 600_000;

export function tellPayers(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const now = workshop.corridor.clock.now();
    const told = await workshop.corridor.db.withTenant(tenantId, (trx) => tellTown(workshop, trx, tenantId, now));
    if (told > 0) workshop.corridor.poke();
    return told;
  });
}

async function tellTown(workshop: Workshop, trx: Transaction, tenantId: number, now: Date): Promise<number> {
  const at = now.toISOString();
  const today = dayOf(at);
  const seen = await cursorOf(trx, tenantId, SOURCE);
  const since = new Date(Date.parse(seen ?? at) - OVERLAP_MS).toISOString();
  const happened = [
    ...(await prescribedSince(trx, tenantId, since, today, BATCH)),
    ...(await clearedSince(trx, tenantId, since, today, BATCH)),
    ...(await returnedSince(trx, tenantId, since, today, BATCH)),
  ];
  const rows = [...happened, ...(await dueSoon(trx, tenantId, today, BATCH)), ...(await overdue(trx, tenantId, today, BATCH))];
  await tell(workshop, trx, tenantId, rows, now);
  // While there is more than a batch, the next look begins where this one did.
  if (happened.length < BATCH && (seen === undefined || rows.length > 0 || Date.parse(at) - Date.parse(seen) > OVERLAP_MS))
    await saveCursor(trx, tenantId, SOURCE, at, at);
  return rows.length;
}

async function tell(workshop: Workshop, trx: Transaction, tenantId: number, rows: readonly NewsRow[], now: Date): Promise<void> {
  const sendsSms = workshop.connectors.some(({ effects }) => 'sms.send' in effects);
  const made = rows.map((row) => {
    const key = keyOf(tenantId, row);
    // A case has written about its fee already.
    const effectKey = row.byEmail && row.email !== null && !(row.event === 'prescribed' && row.ofCase) ? key : null;
    const smsKey = row.bySms && row.phone !== null && sendsSms ? `sms${key.slice(3)}` : null;
    return { row, id: newId(now), effectKey, smsKey };
  });
  const at = now.toISOString();
  const told = await insertNotices(
    trx,
    tenantId,
    made.map(({ row, id, effectKey, smsKey }) => ({
      id,
      personId: row.personId,
      payerId: row.payerId,
      event: row.event,
      subject: row.subject,
      day: row.day,
      facts: {
        title: row.title,
        amount: row.amount,
        holder: row.holder,
        cleared: row.cleared,
        rest: row.rest,
        ...(row.prescriptionId === null ? {} : { prescriptionId: row.prescriptionId }),
      },
      effectKey,
      smsKey,
      at,
    })),
  );
  const { officeName, publicUrl } = workshop.corridor.town(tenantId);
  const effects = made
    .filter(({ id }) => told.has(id))
    .flatMap(({ row, effectKey, smsKey }) => {
      const link = `${publicUrl}/platby${row.prescriptionId === null ? '' : `/${row.prescriptionId}`}`;
      return messages(row, { officeName, link, settings: `${publicUrl}/platby/upozorneni` }, { effectKey, smsKey, at });
    });
  await insertEffects(trx, tenantId, effects);
}

function messages(
  row: NewsRow,
  sender: Sender,
  { effectKey, smsKey, at }: { readonly effectKey: string | null; readonly smsKey: string | null; readonly at: string },
): readonly NewEffect[] {
  const lang = row.lang === 'en' ? 'en' : 'cs';
  const base = { caseId: null, executionId: null, elementId: null, at, subject: row.subject };
  const email = moneyEmail(row, sender, lang);
  return [
    ...(effectKey === null
      ? []
      : [
          {
            ...base,
            key: effectKey,
            effect: 'mail.send',
            title: `Oznámení o platbě: ${email.subject}`,
            input: { to: row.email, ...email, documents: [] },
          },
        ]),
    ...(smsKey === null
      ? []
      : [
          {
            ...base,
            key: smsKey,
            effect: 'sms.send',
            title: 'Oznámení o platbě (SMS)',
            input: { to: row.phone, text: moneySms(row, sender, lang) },
          },
        ]),
  ];
}

const keyOf = (tenantId: number, { personId, event, subject, day }: NewsRow): string =>
  createHash('sha256').update(`${tenantId}/money-notice/${personId}/${event}/${subject}/${day}`).digest('hex').slice(0, 40);
