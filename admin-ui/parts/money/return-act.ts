// Sending free money of a payment back: the same question on the payer's account and among unmatched money.
import { moneyApi } from '../../api-money.ts';
import { writeCrowns } from '../../crowns.ts';
import { money } from '../../czech.ts';
import { moneyTexts } from '../../texts-money.cs.ts';
import { amountField, halerOf, reasonField, textOf, type Act } from './act.ts';

const words = moneyTexts.payer;

export function returnAct(
  payment: { readonly id: string; readonly free: number; readonly counterAccount: string; readonly payerName: string },
  limit: number,
): Act {
  return {
    title: words.giveBackTitle,
    text: `${words.giveBackText(money(payment.free))} ${moneyTexts.fourEyes(money(limit))}`,
    button: words.giveBackTitle,
    fields: [
      amountField(moneyTexts.amount, writeCrowns(payment.free)),
      {
        key: 'account',
        label: words.account,
        kind: 'text',
        hint: words.accountHint,
        value: payment.counterAccount,
        optional: payment.counterAccount !== '',
      },
      { key: 'name', label: words.name, kind: 'text', value: payment.payerName, optional: true },
      reasonField,
    ],
    said: words.returned,
    send: (commandId, values) =>
      moneyApi.giveBack(payment.id, {
        commandId,
        amount: halerOf(values),
        account: textOf(values, 'account'),
        name: textOf(values, 'name'),
        reason: textOf(values, 'reason'),
      }),
  };
}
