// The file for towns whose economic system takes files: CSV, UTF-8 with BOM, semicolons, CR LF; described in server/integrations/economy/README.md.

interface ExportedDocument {
  readonly id: string;
  readonly date: string;
  readonly kind: string;
  readonly text: string;
  readonly stornoOf: string | null;
  readonly lines: readonly { readonly account: string; readonly debit: number; readonly credit: number; readonly variableSymbol: string }[];
}

const HEAD = ['doklad', 'datum', 'druh', 'text', 'storno_dokladu', 'radek', 'ucet', 'md', 'd', 'vs'];
const crowns = (haler: number): string => (haler / 100).toFixed(2).replace('.', ',');
/** A text that a spreadsheet would run is disarmed. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function exportCsv(documents: readonly ExportedDocument[]): Uint8Array {
  const rows = documents.flatMap((one) =>
    one.lines.map((line, at) => [
      one.id,
      one.date,
      one.kind,
      one.text,
      one.stornoOf ?? '',
      String(at + 1),
      line.account,
      crowns(line.debit),
      crowns(line.credit),
      line.variableSymbol,
    ]),
  );
  return new TextEncoder().encode(`\u{FEFF}${[HEAD, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`);
}
