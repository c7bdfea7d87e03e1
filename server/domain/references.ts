// Spisové značky and čísla jednací as people write them: with and without spaces, in small letters, inside a sentence.
// Pure; says what may be meant, never whether it exists.

export interface References {
  /** As a case has it: `SZ MULO 12/2026`. */
  readonly marks: readonly string[];
  /** As a document has it: `MULO/12/2026`. */
  readonly numbers: readonly string[];
}

/** A text longer than this is cut: no subject and no field of ISDS is longer (dmAnnotation has 255 characters). */
const LONGEST = 300;
const MOST = 8;
/** Series (two to twelve capital letters, digits, hyphens), serial number, year. What stands between series and serial decides between mark and number. */
const REFERENCE = /(?<![A-Z0-9])(SZ[\s.:]{0,3})?([A-Z][A-Z0-9-]{1,11}?)([\s/.:]{0,3})([0-9]{1,7})\s{0,2}\/\s{0,2}([0-9]{4})(?![0-9])/g;

/** What a text may refer to, in the order in which it stands there, each once. */
export function referencesIn(text: string): References {
  const marks = new Set<string>();
  const numbers = new Set<string>();
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase();
  for (const [, prefix, series, between, serial, year] of plain.matchAll(REFERENCE)) {
    if (marks.size + numbers.size >= MOST) break;
    const isNumber = prefix === undefined && between?.includes('/') === true;
    if (isNumber) numbers.add(`${series}/${Number(serial)}/${year}`);
    else marks.add(`SZ ${series} ${Number(serial)}/${year}`);
  }
  return { marks: [...marks], numbers: [...numbers] };
}
