// Statements of the three formats as text, with builders for what tests change in them. The first GPC statement is the printed sample.
import iconv from 'iconv-lite';

export const cp1250 = (...lines: readonly string[]): Buffer => iconv.encode(lines.map((line) => `${line}\r\n`).join(''), 'win1250');

export const head =
  '0740000000000012345Test s.r.o.         01011400000000100000+00000000080000+00000000060000+00000000040000+002010214              ';
export const credit =
  '0750000000000012345000000000015678900000000020010000000400002000000001100100000120000000013050114Tran 1              01102050114';
export const debit =
  '0750000000000012345000000000015678900000000020020000000600001000000001100100000120000000013050114Tran 2              01102050114';

/** The line with other text from the position (1-based, as in the banks' papers). */
export const put = (line: string, position: number, text: string): string =>
  line.slice(0, position - 1) + text + line.slice(position - 1 + text.length);

const money = (amount: number, length: number): string => String(Math.abs(amount)).padStart(length, '0');
const signed = (amount: number): string => `${money(amount, 14)}${amount < 0 ? '-' : '+'}`;

/** Record 074 of the sample's account for the given balances and turnovers in haléře. */
export function headOf(sums: { opening: number; closing: number; debit: number; credit: number }, number = 2): string {
  const turnovers = [sums.debit, sums.credit].map((amount) => `${money(amount, 14)}${amount < 0 ? '-' : '0'}`).join('');
  return put(put(head, 46, signed(sums.opening) + signed(sums.closing) + turnovers), 106, String(number).padStart(3, '0'));
}

/** Record 075 like the sample's. */
export const itemOf = (amount: number, code: string, documentNumber = '2001'): string =>
  put(put(credit, 36, documentNumber.padStart(13, '0')), 49, money(amount, 12) + code);

export const ourIban = 'CZ6508000000192000145399';

export const balance = (code: string, amount: string, indicator = 'CRDT', currency = 'CZK', day = '2026-02-03'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;

/** The entry of the specification. */
export const sampleEntry = `<Ntry><NtryRef>2026000012</NtryRef><Amt Ccy="CZK">150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-02-03</Dt></BookgDt><ValDt><Dt>2026-02-03</Dt></ValDt><AcctSvcrRef>0000123</AcctSvcrRef><BkTxCd><Prtry><Cd>10000101000</Cd><Issr>CBA</Issr></Prtry></BkTxCd>
 <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>Jan Novák</Nm></Dbtr><DbtrAcct><Id><Othr><Id>19-2000145399</Id></Othr></Id></DbtrAcct></RltdPties><RltdAgts><DbtrAgt><FinInstnId><Othr><Id>0800</Id></Othr></FinInstnId></DbtrAgt></RltdAgts>
 <RmtInf><Ustrd>poplatek za psa</Ustrd><Strd><CdtrRefInf><Ref>VS:2026000123</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>KS:0308</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>`;

export interface EntryText {
  readonly amount: string;
  readonly currency?: string;
  readonly indicator?: 'CRDT' | 'DBIT';
  readonly status?: string;
  readonly reference?: string;
  readonly day?: string;
  /** Inside Ntry, before NtryDtls. */
  readonly more?: string;
  /** Inside NtryDtls. */
  readonly details?: string;
}

export const entry = ({ amount, currency = 'CZK', indicator = 'CRDT', status = 'BOOK', ...rest }: EntryText): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd>${rest.more ?? ''}<Sts>${status}</Sts>` +
  `<BookgDt><Dt>${rest.day ?? '2026-02-03'}</Dt></BookgDt>${rest.reference ? `<AcctSvcrRef>${rest.reference}</AcctSvcrRef>` : ''}` +
  `${rest.details === undefined ? '' : `<NtryDtls>${rest.details}</NtryDtls>`}</Ntry>`;

export const camtStatement = (parts: { entries: string; balances: string; currency?: string; number?: string; iban?: string }): string =>
  `<Stmt><Id>CZ-2026-1</Id><ElctrncSeqNb>${parts.number ?? '21'}</ElctrncSeqNb><CreDtTm>2026-02-04T02:00:00+01:00</CreDtTm>` +
  `<Acct><Id><IBAN>${parts.iban ?? ourIban}</IBAN></Id><Ccy>${parts.currency ?? 'CZK'}</Ccy></Acct>\n${parts.balances}\n${parts.entries}\n</Stmt>`;

export const camtFile = (statements: string, version = '02', prefix = ''): string => {
  const body = `<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-02-04T02:00:00+01:00</CreDtTm></GrpHdr>\n${statements}\n</BkToCstmrStmt>`;
  const prefixed = prefix === '' ? body : body.replace(/<(\/?)([A-Z])/g, `<$1${prefix}:$2`);
  const [open, end] = prefix === '' ? ['', ''] : [`${prefix}:`, `:${prefix}`];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${open}Document xmlns${end}="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">${prefixed}</${open}Document>\n`;
};

/** A statement of one day whose closing balance is what the caller says. */
export const camt = (entries: string, opening = '1000.00', closing = '1150.00', version = '02'): Buffer =>
  Buffer.from(camtFile(camtStatement({ entries, balances: balance('OPBD', opening) + balance('CLBD', closing) }), version));

const column = (id: number, value: string | null): string =>
  `"column${id}":${value === null ? 'null' : `{"value":${value},"name":"x","id":${id}}`}`;

/** A movement of the Fio API; values are JSON texts, e.g. `{ 1: '1480.00', 5: '"918006226"' }`. */
export const movement = (columns: Readonly<Record<number, string | null>>): string => {
  const usual: Record<number, string | null> = {
    22: '21349236442',
    0: '"2026-02-03+0100"',
    1: '1480.00',
    14: '"CZK"',
    4: null,
    5: null,
    6: null,
  };
  return `{${Object.entries({ ...usual, ...columns })
    .map(([id, value]) => column(Number(id), value))
    .join(',')}}`;
};

export const fio = (movements: readonly string[], opening: string, closing: string, info = ''): Buffer =>
  Buffer.from(
    `{"accountStatement":{"info":{"accountId":"2900000000","bankId":"2010","currency":"CZK",${info}"openingBalance":${opening},"closingBalance":${closing},` +
      `"dateStart":"2026-02-01+0100","dateEnd":"2026-02-03+0100","yearList":null,"idList":null,"idFrom":1,"idTo":2},\n` +
      `"transactionList":{"transaction":[${movements.join(',\n')}]}}}`,
  );
