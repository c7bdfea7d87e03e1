// A duty to pay every year begins: the yearly run will prescribe it from now on. The applicant is its payer.
import { ensurePayer } from '../../books/index.ts';
import type { Json } from '../../engine/types.ts';
import { Problem } from '../../domain/problem.ts';
import type { Basis } from '../../store/duties.ts';
import { registerDuty } from '../duties/change.ts';
import { payerFacts } from './prescribe-fee.ts';
import type { Act } from './act.ts';

/** Refuses `duty-not-of-situation`, `duty-basis-missing`, `duty-day-wrong` and `applicant-missing`. */
export const dutyRegister: Act = async (wait, { file, trx }) => {
  const { kind, subject, basis, since } = wait.input;
  const sheet = file.situation.sheet.duty;
  if (!sheet) return refused('duty-not-of-situation', 'Tato životní situace žádnou roční povinnost nezakládá.');
  if (!file.applicant) return refused('applicant-missing', 'Podání nemá žadatele, který by platil.');
  if (!isBasis(basis)) return refused('duty-basis-missing', 'Chybějí údaje, podle kterých se poplatek počítá.');
  if (!isDay(since)) return refused('duty-day-wrong', 'Den vzniku povinnosti není datum.');
  const payerId = await ensurePayer(trx, file.tenantId, payerFacts(file.applicant), file.now);
  const dutyId = await registerDuty(
    trx,
    file.tenantId,
    {
      kind: typeof kind === 'string' && kind !== '' ? kind : sheet.kind,
      situation: file.situation.sheet.id,
      payerId,
      subject: String(subject ?? ''),
      basis,
      since,
      caseId: file.row.id,
    },
    { actor: 'rule:duty.register', reason: file.situation.sheet.title.cs, at: file.now },
  );
  return { done: { dutyId } };
};

export const refused = (code: string, reason: string): { readonly refused: { readonly code: string; readonly reason: string } } => ({
  refused: { code, reason },
});
export const isBasis = (value: Json | undefined): value is Basis => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isDay = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

/** What the rules of duties refuse is a business no of the process; anything else stays an error. */
export async function orRefused<T extends Json>(
  work: () => Promise<T>,
): Promise<{ readonly done: T } | { readonly refused: { readonly code: string; readonly reason: string } }> {
  try {
    return { done: await work() };
  } catch (error) {
    if (error instanceof Problem) return refused(error.code, reasons[error.code] ?? 'Změnu povinnosti nejde provést.');
    throw error;
  }
}
const reasons: Readonly<Record<string, string>> = {
  'duty-not-found': 'Takovou povinnost neznáme.',
  'duty-ended': 'Povinnost skončila už dřív.',
  'duty-not-reckoned': 'Podle nových údajů nejde poplatek spočítat.',
};
