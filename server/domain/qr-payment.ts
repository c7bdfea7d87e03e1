// QR Platba: the payment as text for a QR code, and the IBAN of a Czech account. Short Payment Descriptor 1.0, qr-platba.cz.

export interface QrPayment {
  /** `19-2000145399/0800` */
  readonly account: string;
  /** Others that the payer's bank may choose instead; at most two. */
  readonly alternatives?: readonly string[];
  /** Whole haléře, 1 to 999 999 999. */
  readonly amount: number;
  readonly variableSymbol?: string;
  readonly specificSymbol?: string;
  readonly constantSymbol?: string;
  /** Folded to the short alphabet and cut to 60 characters as written. */
  readonly message?: string;
  /** Name of the payee, folded and cut to 35 characters. */
  readonly payee?: string;
  /** Due date, `2026-03-31`. */
  readonly due?: string;
}

/** Throws RangeError on an unusable account, amount, symbol or date. Print with error level M. */
export function spayd(payment: QrPayment): string {
  if (!Number.isInteger(payment.amount) || payment.amount < 1 || payment.amount > 999_999_999) throw new RangeError('amount');
  const attributes = [
    ['ACC', ibanOf(payment.account)],
    ['ALT-ACC', others(payment.alternatives)],
    ['AM', `${Math.trunc(payment.amount / 100)}.${String(payment.amount % 100).padStart(2, '0')}`],
    ['CC', 'CZK'],
    ['X-VS', symbol(payment.variableSymbol)],
    ['X-SS', symbol(payment.specificSymbol)],
    ['X-KS', symbol(payment.constantSymbol)],
    ['RN', plain(payment.payee, 35)],
    ['MSG', plain(payment.message, 60)],
    ['DT', date(payment.due)],
  ].filter(([, value]) => value !== '');
  const texts = attributes.map(([key, value]) => `${key}:${value}`);
  // The sum is counted over the attributes sorted by key, while the text keeps the customary order.
  const sum = crc32(['SPD*1.0', ...[...texts].sort(byKey)].join('*'));
  return ['SPD*1.0', ...texts, `CRC32:${sum}`].join('*');
}

const byKey = (a: string, b: string): number => (keyOf(a) < keyOf(b) ? -1 : 1);
const keyOf = (attribute: string): string => attribute.slice(0, attribute.indexOf(':'));

/** IBAN of `prefix-number/bank`. Throws RangeError when the account is not written so. */
export function ibanOf(account: string): string {
  const [, prefix = '', number = '', bank = ''] = /^(?:(\d{1,6})-)?(\d{2,10})\/(\d{4})$/.exec(account) ?? [];
  if (bank === '') throw new RangeError('account');
  const basic = bank + prefix.padStart(6, '0') + number.padStart(10, '0');
  // ISO 13616: letters count as numbers, C = 12, Z = 35; the check digits themselves as 00.
  const check = 98n - (BigInt(`${basic}123500`) % 97n);
  return `CZ${String(check).padStart(2, '0')}${basic}`;
}

/** Two alternatives of 24 characters and their comma are well under the 93 allowed. */
function others(accounts: readonly string[] = []): string {
  if (accounts.length > 2) throw new RangeError('alternatives');
  return accounts.map(ibanOf).join(',');
}

/** Letters that Unicode does not take apart, in names of people and streets. */
const WHOLE: Readonly<Record<string, string>> = { ß: 'SS', Æ: 'AE', Œ: 'OE', Ø: 'O', Ł: 'L', Đ: 'D', Ð: 'D', Þ: 'TH', Ħ: 'H', ı: 'I' };

/**
 * Upper case without diacritics and only the characters of the QR code's short alphabet: a smaller code reads better. `*` separates attributes, so it
 * goes as `%2A`, and the sign of such an escape as `%25`. The limit is for the text as written; an escape is never cut in the middle.
 */
function plain(text: string | undefined, length: number): string {
  const bare = [...(text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()].map((letter) => WHOLE[letter] ?? letter).join('');
  const folded = bare
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[^0-9A-Z $%*+\-./:]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  let written = '';
  for (const letter of folded) {
    const next = letter === '*' ? '%2A' : letter === '%' ? '%25' : letter;
    if (written.length + next.length > length) break;
    written += next;
  }
  return written.trim();
}

function symbol(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  if (!/^\d{1,10}$/.test(text)) throw new RangeError('symbol');
  return text;
}

function date(text: string | undefined): string {
  if (text === undefined) return '';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // 2026-02-30 would become the second of March.
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) throw new RangeError('due');
  return text.replaceAll('-', '');
}

/** IEEE 802.3, the same as zlib's; hexadecimal, upper case. The text is ASCII. */
function crc32(text: string): string {
  let rest = 0xffffffff;
  for (const character of text) {
    rest ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ((rest ^ 0xffffffff) >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
