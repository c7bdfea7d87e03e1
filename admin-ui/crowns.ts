// Amounts as clerks type them: `1 234,50`, `500`, `500,-`. Pure.

/** Whole haléře, or null for what is no amount. */
export function readCrowns(text: string): number | null {
  const compact = text.replaceAll(/[\s\u00a0]|Kč/g, '').replace(/,[-–]+$/, '');
  const parts = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(compact);
  if (parts === null) return null;
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}

/** For a field: no thousands, a comma. */
export const writeCrowns = (haler: number): string =>
  haler % 100 === 0 ? String(haler / 100) : (haler / 100).toFixed(2).replace('.', ',');
