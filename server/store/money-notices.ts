// What citizens were told about their money and what they want to be told. A notice is added once for (person, event, subject, day).
import { MONEY_NOTICES, NOTICE_KINDS, USUAL, type MoneyNoticeKind, type NoticeKind, type Wish } from '../domain/notices/index.ts';
import type { Transaction } from './database.ts';

export const MONEY_EVENTS = MONEY_NOTICES;
export type MoneyEvent = MoneyNoticeKind;

/** The house's own choice: a week before the due day. */
export const DAYS_BEFORE = 7;

export interface NoticeFacts {
  readonly title: string;
  /** Haléře. */
  readonly amount: number;
  /** Name of the payer. */
  readonly holder: string;
  /** What a payment paid. */
  readonly cleared: readonly { readonly title: string; readonly amount: number }[];
  /** Free money of the payment. */
  readonly rest: number;
  /** Page of this prescription; without it the account. */
  readonly prescriptionId?: string;
}
export interface NewNotice {
  readonly id: string;
  readonly personId: string;
  readonly payerId: string;
  readonly event: MoneyEvent;
  readonly subject: string;
  /** Legal day. */
  readonly day: string;
  readonly facts: NoticeFacts;
  readonly effectKey: string | null;
  readonly smsKey: string | null;
  readonly dataBoxKey: string | null;
  readonly at: string;
}

/** Ids of those that were not told before. */
export async function insertNotices(trx: Transaction, tenantId: number, notices: readonly NewNotice[]): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  const rows = await trx('money_notice')
    .insert(
      notices.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        person_id: one.personId,
        payer_id: one.payerId,
        event: one.event,
        subject: one.subject,
        day: one.day,
        facts: JSON.stringify(one.facts),
        effect_key: one.effectKey,
        sms_key: one.smsKey,
        data_box_key: one.dataBoxKey,
        created_at: one.at,
      })),
    )
    .onConflict(['tenant_id', 'person_id', 'event', 'subject', 'day'])
    .ignore()
    .returning('id');
  return new Set(rows.map(({ id }) => id as string));
}

export interface NoticeRow {
  readonly id: string;
  readonly event: MoneyEvent;
  readonly at: string;
  readonly day: string;
  readonly facts: NoticeFacts;
  readonly read: boolean;
}
/** Newest first. */
export async function noticesOf(trx: Transaction, tenantId: number, personId: string, limit: number): Promise<readonly NoticeRow[]> {
  const rows = await trx('money_notice')
    .where({ tenant_id: tenantId, person_id: personId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map((row) => ({
    id: row.id as string,
    event: row.event as MoneyEvent,
    at: (row.created_at as Date).toISOString(),
    day: row.day as string,
    facts: row.facts as NoticeFacts,
    read: row.read_at !== null,
  }));
}

/** Only what the reader has seen: what came later stays unread. */
export async function readNotices(trx: Transaction, tenantId: number, personId: string, ids: readonly string[], at: string): Promise<void> {
  await trx('money_notice')
    .where({ tenant_id: tenantId, person_id: personId })
    .whereIn('id', [...ids])
    .whereNull('read_at')
    .update({ read_at: at });
}

export interface Reminders {
  /** Kinds that are missing stay as they are. */
  readonly events: readonly ({ readonly event: NoticeKind } & Wish)[];
  readonly daysBefore: number;
}
export async function remindersOf(trx: Transaction, tenantId: number, personId: string): Promise<Reminders> {
  const rows = await trx('reminder_setting').where({ tenant_id: tenantId, person_id: personId });
  const of = (event: NoticeKind): { by_email: boolean; by_sms: boolean; by_data_box: boolean; days_before: number } | undefined =>
    rows.find((row) => row.event === event);
  return {
    events: NOTICE_KINDS.map((event) => ({
      event,
      byEmail: of(event)?.by_email ?? USUAL.byEmail,
      bySms: of(event)?.by_sms ?? USUAL.bySms,
      byDataBox: of(event)?.by_data_box ?? USUAL.byDataBox,
    })),
    daysBefore: of('due-soon')?.days_before ?? DAYS_BEFORE,
  };
}

export async function saveReminders(trx: Transaction, tenantId: number, personId: string, chosen: Reminders, at: string): Promise<void> {
  await trx('reminder_setting')
    .insert(
      chosen.events.map(({ event, byEmail, bySms, byDataBox }) => ({
        tenant_id: tenantId,
        person_id: personId,
        event,
        by_email: byEmail,
        by_sms: bySms,
        by_data_box: byDataBox,
        days_before: chosen.daysBefore,
        changed_at: at,
      })),
    )
    .onConflict(['tenant_id', 'person_id', 'event'])
    .merge(['by_email', 'by_sms', 'by_data_box', 'days_before', 'changed_at']);
}
