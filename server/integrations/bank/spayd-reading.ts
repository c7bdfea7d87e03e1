// What the simulated bank's application reads from a QR payment: SPAYD back into the fields of a transfer.

export interface ScannedPayment {
  /** `19-2000145399/0800` */
  readonly to: string;
  /** Haléře. */
  readonly amount: number;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly message: string;
}

/** Undefined when the text is no Czech QR payment in crowns. */
export function readSpayd(text: string): ScannedPayment | undefined {
  const [head, version, ...parts] = text.trim().split('*');
  if (head !== 'SPD' || !/^\d+\.\d+$/.test(version ?? '')) return undefined;
  const values = new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), decode(part.slice(part.indexOf(':') + 1))]));
  const to = accountOf((values.get('ACC') ?? '').split('+')[0] ?? '');
  const amount = Math.round(Number(values.get('AM') ?? 'x') * 100);
  if (!to || !Number.isInteger(amount) || (values.get('CC') ?? 'CZK') !== 'CZK') return undefined;
  return {
    to,
    amount,
    vs: values.get('X-VS') ?? '',
    ks: values.get('X-KS') ?? '',
    ss: values.get('X-SS') ?? '',
    message: values.get('MSG') ?? '',
  };
}

function decode(value: string): string {
  return value.replace(/%([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** `prefix-number/bank` of a Czech IBAN with right check digits. */
function accountOf(iban: string): string | undefined {
  const [, check = '', bank = '', prefix = '', number = ''] = /^CZ(\d{2})(\d{4})(\d{6})(\d{10})$/.exec(iban) ?? [];
  if (bank === '' || BigInt(`${bank}${prefix}${number}1235${check}`) % 97n !== 1n) return undefined;
  const head = Number(prefix) === 0 ? '' : `${Number(prefix)}-`;
  return `${head}${Number(number)}/${bank}`;
}
