// Kinds of what the town prescribes: how their symbols begin, the code that governs them and the item of the budget (vyhláška č. 412/2021 Sb., třída 1 a 2).

export interface FeeKind {
  /** First two digits of its variable symbols. */
  readonly prefix: string;
  /** dr = daňový řád (280/2009), sr = správní řád (500/2004). */
  readonly regime: 'dr' | 'sr';
  /** Položka rozpočtové skladby; '' where there is none of its own. */
  readonly item: string;
}

/** No prefix begins like a symbol of the old form (13.., 21.., 99..), so the two never meet. */
export const feeKinds: Readonly<Record<string, FeeKind>> = {
  poplatek: { prefix: '70', regime: 'dr', item: '' },
  pes: { prefix: '71', regime: 'dr', item: '1341' },
  odpad: { prefix: '72', regime: 'dr', item: '1345' },
  prostranstvi: { prefix: '73', regime: 'dr', item: '1343' },
  pobyt: { prefix: '74', regime: 'dr', item: '1342' },
  vstupne: { prefix: '75', regime: 'dr', item: '1344' },
  pozemek: { prefix: '76', regime: 'dr', item: '1348' },
  spravni: { prefix: '80', regime: 'dr', item: '1361' },
  informace: { prefix: '81', regime: 'sr', item: '2111' },
  pokuta: { prefix: '82', regime: 'sr', item: '2212' },
  naklady: { prefix: '83', regime: 'sr', item: '2324' },
  jine: { prefix: '89', regime: 'sr', item: '' },
};
/** What a situation's `feeKind` (an item of the budget) means; `poplatek` for one that no kind has. */
export const kindOfItem = (item: string | undefined): string =>
  Object.entries(feeKinds).find(([, kind]) => kind.item !== '' && kind.item === item)?.[0] ?? 'poplatek';
export const regimeOf = (kind: string): 'dr' | 'sr' => feeKinds[kind]?.regime ?? 'dr';
