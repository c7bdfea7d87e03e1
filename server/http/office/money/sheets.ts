// What stands on the papers of the money desk: a receipt, a closing protocol, an account. From read models to sheets.
import type { PayerAccount, ReceiptRow } from '../../../contract/money.ts';
import { DENOMINATIONS } from '../../../domain/money/cash.ts';
import type { ShiftPaper } from '../../../queries/cash-desk.ts';
import type { PrintedSheet } from '../../house.ts';

export const crowns = (haler: number): string =>
  `${(haler / 100).toLocaleString('cs-CZ', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} Kč`;
export const czechDay = (day: string): string =>
  new Date(`${day.slice(0, 10)}T12:00:00Z`).toLocaleDateString('cs-CZ', { timeZone: 'Europe/Prague' });
const moment = (at: string): string =>
  new Date(at).toLocaleString('cs-CZ', { timeZone: 'Europe/Prague', dateStyle: 'medium', timeStyle: 'short' });

const TITLES = { in: 'Příjmový pokladní doklad', out: 'Výdajový pokladní doklad', storno: 'Storno pokladního dokladu' } as const;

/** § 11 zákona č. 563/1991 Sb.: number, what, how much, when, who answers for it. */
export function receiptSheet({
  receipt,
  officer,
  desk,
}: {
  readonly receipt: ReceiptRow;
  readonly officer: string;
  readonly desk: string;
}): PrintedSheet {
  const change = receipt.given === null ? null : receipt.given - receipt.amount;
  return {
    title: TITLES[receipt.kind],
    number: receipt.number,
    facts: [
      ['Pokladna', desk],
      ['Vystaveno', moment(receipt.issuedAt)],
      [receipt.kind === 'out' ? 'Vyplaceno' : 'Přijato od', receipt.name],
      ['Způsob', receipt.way === 'cash' ? 'hotově' : 'kartou'],
      ['Částka celkem', crowns(receipt.amount)],
      ['Přijatá hotovost', receipt.given === null ? '' : crowns(receipt.given)],
      ['Vráceno', change === null || change === 0 ? '' : crowns(change)],
      ['Důvod', receipt.reason],
      ['Stornováno dokladem', receipt.reversedBy ?? ''],
    ],
    paragraphs: [],
    tables: [
      {
        caption: 'Účel platby',
        columns: [
          { label: 'Účel', width: 0.6 },
          { label: 'Variabilní symbol', width: 0.2 },
          { label: 'Částka', width: 0.2, end: true },
        ],
        rows: receipt.lines.map((line) => [line.text, line.variableSymbol, crowns(line.amount)]),
      },
    ],
    signatures: [`Vystavil(a): ${officer}`, ...(receipt.kind === 'out' ? [`Převzal(a): ${receipt.name}`] : [])],
  };
}

export function shiftSheet(shift: ShiftPaper): PrintedSheet {
  const difference = shift.counted - shift.expected;
  return {
    title: 'Protokol o uzávěrce pokladny',
    number: '',
    facts: [
      ['Pokladna', shift.deskName],
      ['Pokladní', shift.officer],
      ['Otevřeno', moment(shift.openedAt)],
      ['Uzavřeno', moment(shift.closedAt)],
      ['Počáteční stav', crowns(shift.opening)],
      ['Stav podle dokladů', crowns(shift.expected)],
      ['Napočítáno', crowns(shift.counted)],
      [difference < 0 ? 'Manko' : 'Přebytek', difference === 0 ? '' : crowns(Math.abs(difference))],
      ['Důvod rozdílu', shift.differenceReason],
      ['Odvedeno do banky', crowns(shift.handedOver)],
      ['Zůstává v pokladně', crowns(shift.counted - shift.handedOver)],
      ['Přijato kartou', crowns(shift.cardTotal)],
    ],
    paragraphs: [],
    tables: [
      {
        caption: 'Výčetka platidel',
        columns: [
          { label: 'Hodnota', width: 0.34, end: true },
          { label: 'Kusů', width: 0.33, end: true },
          { label: 'Částka', width: 0.33, end: true },
        ],
        rows: DENOMINATIONS.flatMap((value) => {
          const pieces = shift.denominations[String(value)] ?? 0;
          return pieces === 0 ? [] : [[crowns(value), String(pieces), crowns(value * pieces)]];
        }),
      },
      {
        caption: 'Doklady',
        columns: [
          { label: 'Číslo', width: 0.34 },
          { label: 'Jméno', width: 0.3 },
          { label: 'Způsob', width: 0.14 },
          { label: 'Částka', width: 0.22, end: true },
        ],
        rows: shift.receipts.map((one) => [one.number, one.name, one.way === 'cash' ? 'hotově' : 'kartou', crowns(one.amount)]),
      },
    ],
    signatures: [`Pokladní: ${shift.officer}`, 'Převzal(a) odvod'],
  };
}

export function accountSheet(account: PayerAccount, now: string): PrintedSheet {
  const { payer } = account;
  return {
    title: 'Konto plátce',
    number: '',
    facts: [
      ['Plátce', payer.name],
      ['Datum narození', payer.birthDate === null ? '' : czechDay(payer.birthDate)],
      ['IČO', payer.ico ?? ''],
      ['Adresa', payer.address],
      ['Stav ke dni', moment(now)],
      ['Dluh celkem', crowns(payer.open)],
      ['Z toho po splatnosti', crowns(payer.overdue)],
      ['Přeplatek', crowns(payer.free)],
    ],
    paragraphs: [],
    tables: [
      {
        caption: 'Předpisy',
        columns: [
          { label: 'Předpis', width: 0.36 },
          { label: 'Symbol', width: 0.16 },
          { label: 'Splatnost', width: 0.16 },
          { label: 'Předepsáno', width: 0.16, end: true },
          { label: 'Zbývá', width: 0.16, end: true },
        ],
        rows: account.prescriptions.map((one) => [
          one.title,
          one.variableSymbol,
          czechDay(one.dueDate),
          crowns(one.amount),
          crowns(one.open),
        ]),
      },
      {
        caption: 'Platby',
        columns: [
          { label: 'Den', width: 0.16 },
          { label: 'Na co', width: 0.52 },
          { label: 'Částka', width: 0.16, end: true },
          { label: 'Nezúčtováno', width: 0.16, end: true },
        ],
        rows: account.payments.map((one) => [
          czechDay(one.receivedOn),
          one.cleared.map(({ title }) => title).join(', '),
          crowns(one.amount),
          crowns(one.free),
        ]),
      },
    ],
    signatures: [],
  };
}
