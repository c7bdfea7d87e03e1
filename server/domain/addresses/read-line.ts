// One line of the register's file "adresní místa" (RÚIAN CSV, ČÚZK): 19 columns with semicolons.

export interface AddressRow {
  /** Kód adresního místa: the same number in NIA (tradresaid), ISDS (adCode) and eSSL. */
  readonly code: number;
  readonly municipalityCode: number;
  readonly municipality: string;
  /** `Praha 1`; empty outside the capital. */
  readonly district: string;
  readonly partCode: number;
  readonly part: string;
  /** 0 and '' where streets have no names. */
  readonly streetCode: number;
  readonly street: string;
  /** č. ev. instead of č. p. */
  readonly isEvidence: boolean;
  readonly houseNumber: number;
  readonly orientationNumber: number | null;
  readonly orientationLetter: string;
  readonly postCode: number;
  /** S-JTSK as in the file: positive. */
  readonly y: number | null;
  readonly x: number | null;
}

export const HEADER_START = 'Kód ADM;Kód obce;';
const COLUMNS = 19;

/** What is wrong with the line in a few Czech words, or the row. */
export function readAddressLine(line: string): AddressRow | string {
  const cells = line.split(';').map((cell) => cell.trim());
  if (cells.length !== COLUMNS) return `má ${cells.length} sloupců místo ${COLUMNS}`;
  const text = (column: number): string => cells[column] ?? '';
  const required = [0, 1, 7, 12, 15].map((column) => whole(text(column)));
  const [code, municipalityCode, partCode, houseNumber, postCode] = required;
  if (!code || !municipalityCode || !partCode || !houseNumber || !postCode) return 'chybí kód, číslo domovní nebo PSČ';
  const orientationNumber = text(13) === '' ? null : whole(text(13));
  const streetCode = text(9) === '' ? 0 : whole(text(9));
  const [y, x] = [text(16), text(17)].map((cell) => (/^\d+(\.\d+)?$/.test(cell) ? Number(cell) : null));
  if (orientationNumber === undefined || streetCode === undefined) return 'číslo orientační nebo kód ulice není celé číslo';
  if (text(2) === '' || text(8) === '' || (streetCode > 0 && text(10) === '')) return 'chybí název obce, části obce nebo ulice';
  if (!['č.p.', 'č.ev.'].includes(text(11))) return `neznámý typ objektu „${text(11)}“`;
  return {
    code,
    municipalityCode,
    municipality: text(2),
    district: text(6),
    partCode,
    part: text(8),
    streetCode,
    street: streetCode > 0 ? text(10) : '',
    isEvidence: text(11) === 'č.ev.',
    houseNumber,
    orientationNumber,
    orientationLetter: text(14),
    postCode,
    y: y ?? null,
    x: x ?? null,
  };
}

function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
