// Last year as the old program had it: what was prescribed and what came for it, so that the first run has something to be compared with.
import { prescribe, receive } from '../../books/index.ts';
import type { CompiledSituation } from '../../catalog/index.ts';
import { dayOf, rollForward } from '../../domain/calendar.ts';
import type { Transaction } from '../../store/database.ts';
import type { Said } from '../../store/duties.ts';
import { titleOf } from './prescribe-year.ts';
import { dutySheetOf } from './reckon.ts';

export interface BroughtYear {
  readonly duty: { readonly id: string; readonly kind: string; readonly payerId: string; readonly subject: string; readonly name: string };
  readonly lastYear: { readonly amount: number; readonly paid: number; readonly variableSymbol: string };
}

/** Booked as an import, today: the months of last year may be closed. The payment stands on the account `opening`, its money came elsewhere. */
export async function bringLastYear(
  trx: Transaction,
  tenantId: number,
  situation: Pick<CompiledSituation, 'sheet'>,
  brought: readonly BroughtYear[],
  said: Said,
): Promise<void> {
  if (brought.length === 0) return;
  const { due, law } = dutySheetOf(situation);
  const year = Number(dayOf(said.at).slice(0, 4)) - 1;
  const dueDate = rollForward(`${year}-${due}`);
  await prescribe(
    trx,
    tenantId,
    brought.map(({ duty, lastYear }) => ({
      payerId: duty.payerId,
      kind: duty.kind,
      title: titleOf(situation, year),
      regarding: duty.subject,
      amount: lastYear.amount,
      dueDate,
      periodFrom: `${year}-01-01`,
      periodTo: `${year}-12-31`,
      regime: 'dr',
      legalBasis: law,
      decision: null,
      dutyId: duty.id,
      imported: { variableSymbol: lastYear.variableSymbol, prescribedOn: `${year}-01-31` },
    })),
    { by: said.actor, now: said.at },
  );
  for (const { duty, lastYear } of brought) {
    if (lastYear.paid === 0) continue;
    const { variableSymbol, paid: amount } = lastYear;
    const payment = {
      source: 'import',
      sourceId: `${duty.kind}:${year}:${variableSymbol}`,
      account: 'opening',
      amount,
      variableSymbol,
    } as const;
    await receive(
      trx,
      tenantId,
      { ...payment, counterAccount: '', payerName: duty.name, message: said.reason, receivedOn: dueDate },
      { now: said.at },
    );
  }
}
