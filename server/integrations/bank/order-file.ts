// Payment orders in ABO (KPC): lines of words, CR LF, one group per file. Written without diacritics, which every bank reads in any encoding.
import { numberOf } from './account-number.ts';

export interface OrderedPayment {
  /** `19-2000145399/0800` */
  readonly to: string;
  /** Haléře. */
  readonly amount: number;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly message: string;
}
export interface PaymentOrder {
  /** Account that pays, with the bank's code. */
  readonly from: string;
  readonly name: string;
  /** `2026-03-02` */
  readonly payOn: string;
  readonly payments: readonly OrderedPayment[];
}

const LONGEST_MESSAGE = 140;
/** ABO dates are ddmmyy. */
const shortDay = (day: string): string => day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4);
export const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]+/g, (run) => (/\s/.test(run) ? ' ' : ''))
    .replace(/ +/g, ' ')
    .trim();

/** ASCII. Record 1501 = orders of payment, 001 the number of the file, 999 its last day of use unlimited. */
export function writePaymentOrder({ from, name, payOn, payments }: PaymentOrder): string {
  const total = payments.reduce((sum, { amount }) => sum + amount, 0);
  const day = shortDay(payOn);
  const lines = [
    `UHL1${day}${plainLetters(name).slice(0, 20).padEnd(20)}${'0'.repeat(10)}001999`,
    `1 1501 001000 ${from.slice(-4)}`,
    `2 ${numberOf(from)} ${total} ${day}`,
    ...payments.map(itemLine),
    '3 +',
    '5 +',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function itemLine({ to, amount, vs, ks, ss, message }: OrderedPayment): string {
  const words = [numberOf(to), String(amount), vs || '0', `${to.slice(-4)}${ks.padStart(4, '0')}`, ss || '0'];
  return `${words.join(' ')} AV:${plainLetters(message).slice(0, LONGEST_MESSAGE)}`.trimEnd();
}

/** What the bank reads from such a file: the simulator's side. A sentence when the bank refuses it. */
export function readPaymentOrder(file: string): PaymentOrder | string {
  const [head = '', file1501 = '', group = '', ...rest] = file.split('\r\n').filter((line) => line !== '');
  const [, day = '', name = ''] = /^UHL1(\d{6})(.{20})\d{10}\d{6}$/.exec(head) ?? [];
  const [, bank = ''] = /^1 1501 \d{6} (\d{4})$/.exec(file1501) ?? [];
  const [, from = '', total = ''] = /^2 ((?:\d{1,6}-)?\d{2,10}) (\d{1,15}) \d{6}$/.exec(group) ?? [];
  if (day === '' || bank === '' || from === '' || rest.at(-2) !== '3 +' || rest.at(-1) !== '5 +') return 'Soubor nemá tvar ABO.';
  const payments = rest.slice(0, -2).map(readItemLine);
  if (payments.some((payment) => payment === undefined)) return 'Položka nemá tvar ABO.';
  const read = payments.flatMap((payment) => payment ?? []);
  if (read.reduce((sum, { amount }) => sum + amount, 0) !== Number(total)) return 'Součet položek nesouhlasí se součtem skupiny.';
  return {
    from: `${from}/${bank}`,
    name: name.trim(),
    payOn: `20${day.slice(4)}-${day.slice(2, 4)}-${day.slice(0, 2)}`,
    payments: read,
  };
}

function readItemLine(line: string): OrderedPayment | undefined {
  const [, number = '', amount = '', vs = '', bank = '', ks = '', ss = '', message = ''] =
    /^((?:\d{1,6}-)?\d{2,10}) (\d{1,12}) (\d{1,10}) (\d{4})(\d{4}) (\d{1,10}) AV:(.*)$/.exec(line) ?? [];
  if (number === '') return undefined;
  const bare = (symbol: string): string => symbol.replace(/^0+/, '');
  return { to: `${number}/${bank}`, amount: Number(amount), vs: bare(vs), ks: bare(ks), ss: bare(ss), message };
}
