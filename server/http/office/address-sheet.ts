// The list of addresses that goes to the post with a print file, in the order of the letters: CSV as Czech spreadsheets open it.
interface Addressed {
  readonly place: number;
  readonly name: string;
  readonly address: string;
}

/** UTF-8 with a mark at its beginning, semicolons. A cell that a spreadsheet would take for a formula begins with an apostrophe (CWE-1236). */
export function addressSheet(letters: readonly Addressed[]): Uint8Array {
  const rows = [['Pořadí', 'Jméno', 'Adresa'], ...letters.map(({ name, address }, index) => [String(index + 1), name, address])];
  return new TextEncoder().encode(`\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`);
}

const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
