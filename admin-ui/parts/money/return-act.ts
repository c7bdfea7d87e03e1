// Sending free money of a payment back, as the payer asked or as the clerk says, and refusing what the payer asked: the same questions on every page.
import type { OpenReturnRequest } from '../../../server/contract/money.ts';
import { moneyApi } from '../../api-money.ts';
import { writeCrowns } from '../../crowns.ts';
import { money } from '../../czech.ts';
import { moneyTexts } from '../../texts-money.cs.ts';
import { amountField, halerOf, reasonField, textOf, type Act } from './act.ts';

const words = moneyTexts.payer;
const ofRequest = moneyTexts.requests;

export interface Returnable {
  readonly id: string;
  readonly free: number;
  readonly counterAccount: string;
  readonly payerName: string;
}
/** With a request: the account and the name that the payer wrote, and no more than he asked for. */
export function returnAct(payment: Returnable, limit: number, request?: OpenReturnRequest): Act {
  return {
    title: words.giveBackTitle,
    text: `${words.giveBackText(money(payment.free))} ${moneyTexts.fourEyes(money(limit))}`,
    button: words.giveBackTitle,
    fields: [
      amountField(moneyTexts.amount, writeCrowns(Math.min(payment.free, request?.amount ?? payment.free))),
      {
        key: 'account',
        label: words.account,
        kind: 'text',
        hint: words.accountHint,
        value: request?.account ?? payment.counterAccount,
        optional: payment.counterAccount !== '',
      },
      { key: 'name', label: words.name, kind: 'text', value: request?.name ?? payment.payerName, optional: true },
      request === undefined ? reasonField : { ...reasonField, value: ofRequest.asked },
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

export const grantAct = (request: OpenReturnRequest, limit: number): Act =>
  returnAct({ id: request.paymentId, free: request.free, counterAccount: '', payerName: request.payerName }, limit, request);

export function refuseAct(request: OpenReturnRequest): Act {
  return {
    title: ofRequest.refuseTitle,
    text: ofRequest.refuseText(request.payerName, money(request.amount)),
    button: ofRequest.refuseTitle,
    danger: true,
    fields: [{ ...reasonField, hint: ofRequest.reasonHint }],
    said: ofRequest.refused,
    send: (commandId, values) => moneyApi.refuseReturn(request.id, { commandId, reason: textOf(values, 'reason') }),
  };
}
