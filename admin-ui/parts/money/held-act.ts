// What a clerk does with money of another currency: books it for the crowns of the statement, or says that it is no payment.
import type { HeldItem } from '../../../server/contract/statements.ts';
import { moneyApi } from '../../api-money.ts';
import { money } from '../../czech.ts';
import { heldTexts as words } from '../../texts-held-money.cs.ts';
import { moneyTexts } from '../../texts-money.cs.ts';
import { halerOf, reasonField, textOf, type Act } from './act.ts';

/** `100,00 EUR` */
export const foreign = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `${(amount / 100).toLocaleString('cs-CZ', { minimumFractionDigits: 2 })} ${currency}`;
const whatOf = ({ original }: HeldItem): string => (original === null ? words.unknown : foreign(original));

export function bookAct(item: HeldItem): Act {
  const { crowns, most, rate } = item;
  return {
    title: words.bookTitle,
    text:
      crowns === null ? words.askCrowns(whatOf(item)) : words.bookText(money(crowns), whatOf(item), rate === null ? '' : words.rate(rate)),
    button: words.bookButton,
    fields:
      crowns === null
        ? [{ key: 'amount', label: moneyTexts.amount, kind: 'amount', hint: most === null ? words.fromBank : words.most(money(most)) }]
        : [],
    said: (answer) => ((answer as { readonly isAllocated: boolean }).isAllocated ? words.allocated : words.unmatched),
    send: (commandId, values) => moneyApi.bookHeld({ commandId, itemId: item.id, ...(crowns === null ? { amount: halerOf(values) } : {}) }),
  };
}

export function asideAct(item: HeldItem): Act {
  return {
    title: words.asideTitle,
    text: words.asideText(whatOf(item)),
    button: words.asideTitle,
    fields: [reasonField],
    said: words.isAside,
    send: (commandId, values) => moneyApi.putHeldAside({ commandId, itemId: item.id, reason: textOf(values, 'reason') }),
  };
}
