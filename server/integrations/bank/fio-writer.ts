// Writes movements as the Fio API gives them; the simulator's side of the format.
import { bankOf, numberOf } from './account-number.ts';
import { amountFor, otherSide } from './simulator-state.ts';
import type { NumberedTransfer, StatementToWrite } from './simulator-state.ts';
import { pragueDay } from './statement.ts';

const crowns = (haler: number): string => (haler / 100).toFixed(2);
const column = (id: number, name: string, value: string | undefined): string =>
  `"column${id}":${value === undefined ? 'null' : `{"value":${value},"name":${JSON.stringify(name)},"id":${id}}`}`;
const text = (value: string | undefined): string | undefined => (value ? JSON.stringify(value) : undefined);

export function writeFio({ owner, oldBalance, transfers }: StatementToWrite, days: { readonly from: string; readonly to: string }): string {
  const newBalance = transfers.reduce((sum, transfer) => sum + amountFor(owner.account, transfer), oldBalance);
  const [account, bank] = [numberOf(owner.account), bankOf(owner.account)];
  const info =
    `"accountId":"${account}","bankId":"${bank}","currency":"CZK","openingBalance":${crowns(oldBalance)},"closingBalance":${crowns(newBalance)},` +
    `"dateStart":"${days.from}+0100","dateEnd":"${days.to}+0100","yearList":null,"idList":null,"idFrom":null,"idTo":null,"idLastDownload":null`;
  const movements = transfers.map((transfer) => movementOf(owner.account, transfer)).join(',\n');
  return `{"accountStatement":{"info":{${info}},\n"transactionList":{"transaction":[${movements}]}}}`;
}

function movementOf(account: string, transfer: NumberedTransfer): string {
  const amount = amountFor(account, transfer);
  const other = otherSide(account, transfer);
  const kind = transfer.isReversal ? 'Storno platby' : amount < 0 ? 'Bezhotovostní platba' : 'Bezhotovostní příjem';
  return `{${[
    column(22, 'ID pohybu', String(transfer.reference)),
    column(0, 'Datum', `"${pragueDay(transfer.at)}+0100"`),
    column(1, 'Objem', crowns(amount)),
    column(14, 'Měna', '"CZK"'),
    column(2, 'Protiúčet', text(numberOf(other))),
    column(10, 'Název protiúčtu', text(transfer.payerName)),
    column(3, 'Kód banky', text(bankOf(other))),
    column(4, 'KS', text(transfer.ks)),
    column(5, 'VS', text(transfer.vs)),
    column(6, 'SS', text(transfer.ss)),
    column(7, 'Uživatelská identifikace', undefined),
    column(16, 'Zpráva pro příjemce', text(transfer.message)),
    column(8, 'Typ', text(kind)),
    column(25, 'Komentář', undefined),
  ].join(',')}}`;
}
