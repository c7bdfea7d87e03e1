// An amount as people write it, in haléře: `1 500`, `1500,50`, `1 500.5 Kč`. Never through a fraction.
const LONGEST = 7;

/** Null when it is no amount, is nothing, or is more than one payment can carry (SPAYD 1.0: seven digits before the point). */
export function crownsToHalere(text: string): number | null {
  const bare = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(/(kč|czk|,-|,–)$/i, '');
  const parts = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(bare);
  const [, crowns = '', rest = ''] = parts ?? [];
  if (!parts || crowns.replace(/^0+/, '').length > LONGEST) return null;
  const amount = Number(crowns) * 100 + Number(rest.padEnd(2, '0'));
  return amount > 0 ? amount : null;
}
