// Where Czech banks differ, as data: codes of reversals in GPC, symbols in CAMT, and their codes behind a BIC.

export interface BankDialect {
  /** GPC codes of a reversed debit and a reversed credit: Komerční banka and the general descriptions 4 and 5, Česká spořitelna 3 and 4. */
  readonly reversals: '4-5' | '3-4';
  /** CAMT: digits alone in EndToEndId are the variable symbol. */
  readonly hasBareSymbol: boolean;
}

const usual: BankDialect = { reversals: '4-5', hasBareSymbol: false };

/** Code of the bank → its habits, when they are not the usual ones. */
const dialects: Readonly<Record<string, BankDialect>> = {
  '0800': { ...usual, reversals: '3-4' },
};

export function dialectOf(bank: string): BankDialect {
  return Object.hasOwn(dialects, bank) ? (dialects[bank] ?? usual) : usual;
}

/** First eight characters of the BIC → code of the bank (ČNB, Číselník kódů platebního styku). */
const codesByBic: Readonly<Record<string, string>> = {
  KOMBCZPP: '0100',
  CEKOCZPP: '0300',
  AGBACZPP: '0600',
  CNBACZPP: '0710',
  GIBACZPX: '0800',
  FIOBCZPP: '2010',
  CITFCZPP: '2060',
  BACXCZPP: '2700',
  AIRACZPP: '3030',
  INGBCZPP: '3500',
  RZBCCZPP: '5500',
  JTBPCZPP: '5800',
  PMBPCZPP: '6000',
  BREXCZPP: '6210',
};

/** Empty when the BIC is of no Czech bank that we know. */
export function bankOfBic(bic: string): string {
  const head = bic.trim().toUpperCase().slice(0, 8);
  return Object.hasOwn(codesByBic, head) ? (codesByBic[head] ?? '') : '';
}

/** ISO 4217 numbers that banks put into the data kind of a GPC item instead of it (`00978`); crowns are 203. */
const foreignCurrencies: Readonly<Record<string, string>> = {
  '00036': 'AUD',
  '00124': 'CAD',
  '00208': 'DKK',
  '00348': 'HUF',
  '00392': 'JPY',
  '00578': 'NOK',
  '00752': 'SEK',
  '00756': 'CHF',
  '00826': 'GBP',
  '00840': 'USD',
  '00978': 'EUR',
  '00985': 'PLN',
};

export function currencyOfKind(kind: string): string {
  return Object.hasOwn(foreignCurrencies, kind) ? (foreignCurrencies[kind] ?? 'CZK') : 'CZK';
}
