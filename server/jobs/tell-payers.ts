// Citizens are told about their money: new debts, days that come near or have passed, payments with what they paid, returns. In the portal always,
// by e-mail, text message and data box as each of them chose; each thing once for (person, event, subject, day), whatever happens to this process.
import { createHash } from 'node:crypto';
import { dayOf } from '../domain/calendar.ts';
import { moneyEmail, moneySms, type Sender } from '../domain/money/notice-words.ts';
import { channelsFor, untilMorning } from '../domain/notices/index.ts';
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

interface Keys {
  readonly email: string | null;
  readonly sms: string | null;
  readonly dataBox: string | null;
}

async function tell(workshop: Workshop, trx: Transaction, tenantId: number, rows: readonly NewsRow[], now: Date): Promise<void> {
  const sendsSms = workshop.connectors.some(({ effects }) => 'sms.send' in effects);
  const made = rows.map((row) => ({ row, id: newId(now), keys: keysOf(tenantId, row, sendsSms) }));
  const at = now.toISOString();
  const told = await insertNotices(
    trx,
    tenantId,
    made.map(({ row, id, keys }) => ({
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
      effectKey: keys.email,
      smsKey: keys.sms,
      dataBoxKey: keys.dataBox,
      at,
    })),
  );
  const { officeName, publicUrl } = workshop.corridor.town(tenantId);
  const effects = made
    .filter(({ id }) => told.has(id))
    .flatMap(({ row, keys }) => {
      const link = `${publicUrl}/platby${row.prescriptionId === null ? '' : `/${row.prescriptionId}`}`;
      return messages(row, { officeName, link, settings: `${publicUrl}/platby/upozorneni` }, keys, now);
    });
  await insertEffects(trx, tenantId, effects);
}

/** A key for each channel that it goes by. */
function keysOf(tenantId: number, row: NewsRow, sendsSms: boolean): Keys {
  // A case has written about its fee already.
  if (row.event === 'prescribed' && row.ofCase) return { email: null, sms: null, dataBox: null };
  const key = keyOf(tenantId, row);
  const ways = channelsFor(row.event, row, { email: row.email, phone: sendsSms ? row.phone : null, dataBox: row.dataBox });
  return {
    email: ways.includes('email') ? key : null,
    sms: ways.includes('sms') ? `sms${key.slice(3)}` : null,
    dataBox: ways.includes('data-box') ? `box${key.slice(3)}` : null,
  };
}

function messages(row: NewsRow, sender: Sender, keys: Keys, now: Date): readonly NewEffect[] {
  const lang = row.lang === 'en' ? 'en' : 'cs';
  const { subject, text } = moneyEmail(row, sender, lang);
  const base = { caseId: null, executionId: null, elementId: null, at: now.toISOString(), subject: row.subject };
  const byEmail = { to: row.email, subject, text, settings: sender.settings, documents: [] };
  const byBox = { from: 'town', to: row.dataBox, subject, documents: [], notice: text };
  const bySms = { to: row.phone, text: moneySms(row, sender, lang) };
  return [
    ...(keys.email === null
      ? []
      : [{ ...base, key: keys.email, effect: 'mail.send', title: 'Oznámení o platbě (e-mail)', input: byEmail }]),
    ...(keys.sms === null
      ? []
      : [{ ...base, key: keys.sms, effect: 'sms.send', title: 'Oznámení o platbě (SMS)', input: bySms, delayMs: untilMorning(now) }]),
    ...(keys.dataBox === null
      ? []
      : [{ ...base, key: keys.dataBox, effect: 'isds.send', title: 'Oznámení o platbě (datová schránka)', input: byBox }]),
  ];
}

const keyOf = (tenantId: number, { personId, event, subject, day }: NewsRow): string =>
  createHash('sha256').update(`${tenantId}/money-notice/${personId}/${event}/${subject}/${day}`).digest('hex').slice(0, 40);
