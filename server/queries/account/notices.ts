// What a citizen was told about his money, and what he wants to be told by e-mail or by text message.
import type { MoneyNotice, ReminderSettings } from '../../contract/account.ts';
import { Problem } from '../../domain/problem.ts';
import { noticesOf, remindersOf } from '../../store/money-notices.ts';
import { findPerson } from '../../store/people.ts';
import type { Reader } from '../reader.ts';

const SHOWN = 100;

export function moneyNotices(reader: Reader, tenantId: number, personId: string): Promise<readonly MoneyNotice[]> {
  return reader.db.withTenant(tenantId, async (trx) =>
    (await noticesOf(trx, tenantId, personId, SHOWN)).map(({ facts: { prescriptionId, ...facts }, ...notice }) => ({
      ...notice,
      ...facts,
      href: prescriptionId === undefined ? '/platby' : `/platby/${prescriptionId}`,
    })),
  );
}

export function reminderSettings(reader: Reader, tenantId: number, personId: string): Promise<Omit<ReminderSettings, 'sms'>> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const person = await findPerson(trx, tenantId, personId);
    if (!person) throw new Problem('not-found', 'account-not-found');
    return { email: person.email, phone: person.phone, ...(await remindersOf(trx, tenantId, personId)) };
  });
}
