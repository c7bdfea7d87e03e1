// What stands in a letter of a run, as data for whoever draws it.
import { dayOf } from '../../domain/calendar.ts';
import { spayd } from '../../domain/qr-payment.ts';
import type { Transaction } from '../../store/database.ts';
import type { LetterRow } from '../../store/fee-run-letters.ts';
import type { RunRow } from '../../store/fee-runs.ts';
import type { Town } from '../corridor.ts';
import { dutySheetOf } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import { day, letterWords, recipientOf, type LetterFacts } from './words.cs.ts';

export interface LetterPaper {
  readonly recipient: readonly string[];
  readonly day: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly payment: readonly (readonly [label: string, value: string])[];
  readonly qr: string | null;
  readonly qrLabel: string;
  readonly notes: readonly string[];
  readonly mark: string;
}
export async function factsOf(trx: Transaction, tenantId: number, run: RunRow, town: Town): Promise<LetterFacts> {
  const { law } = dutySheetOf(await compiledVersion(trx, tenantId, run.versionId));
  const { title, year, dueDate, ordinance } = run;
  return { title, year, dueDate, ordinance, law, office: town.officeName, town: town.name, portal: `${town.publicUrl}/platby` };
}

/** Several prescriptions are paid by one code under the symbol of the first: what is over goes to the payer's others, the earliest due first. */
export function paperOf(run: RunRow, facts: LetterFacts, town: Town, letter: LetterRow): LetterPaper {
  const symbol = letter.list[0]?.variableSymbol ?? '';
  const account = (letter.prescribedAt && town.accountAt?.(letter.prescribedAt.toISOString())) || town.account;
  return {
    recipient: recipientOf(letter),
    day: `${town.name} ${day(dayOf(run.createdAt))}`,
    subject: letterWords.subject(facts),
    paragraphs: [letterWords.greeting, letterWords.lead(facts, letter.amount), ...letter.list.map(letterWords.rule)],
    columns: letterWords.columns,
    rows: letter.list.map((item) => letterWords.row(item, facts)),
    payment: letterWords.payment(account, symbol, letter.amount, run.dueDate),
    qr: spayd({
      account,
      amount: letter.amount,
      variableSymbol: symbol,
      message: facts.title,
      payee: town.name,
      due: run.dueDate,
    }),
    qrLabel: letterWords.qr(letter.amount),
    notes: [...(letter.list.length > 1 ? [letterWords.several] : []), ...letterWords.notes(facts)],
    mark: `${run.id.slice(0, 8)} / ${letter.place}`,
  };
}
