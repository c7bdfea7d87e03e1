// Variable, constant and specific symbol of a CAMT transaction. ISO 20022 has no place for them; Czech banks put them in one of several.
import { bareSymbol } from './statement.ts';
import { all, textAt } from './xml-path.ts';
import type { XmlElement } from './xml-tree.ts';

export interface Symbols {
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
}

const KINDS = { vs: ['VS', 10], ks: ['KS', 4], ss: ['SS', 10] } as const;

/** The first place that has the symbol wins: structured reference, own reference of the bank, EndToEndId, free text, bare digits (by bank). */
export function readSymbols(details: XmlElement, { hasBareSymbol }: { readonly hasBareSymbol: boolean }): Symbols {
  const endToEnd = endToEndId(details);
  const free = [...all(details, 'RmtInf/Ustrd'), ...all(details, 'RmtInf/Strd/AddtlRmtInf')].map(({ text }) => text);
  const read = ([kind, length]: readonly [string, number]): string => {
    const candidates = [
      ...structured(details, kind).map((text) => labelled(text, kind, length)),
      ...proprietary(details, kind).map((text) => digits(text, length)),
      labelled(endToEnd, kind, length),
      ...free.map((text) => labelled(text, kind, length)),
      hasBareSymbol && kind === 'VS' ? digits(endToEnd, length) : undefined,
    ];
    return bareSymbol(candidates.find((found) => found !== undefined) ?? '');
  };
  return { vs: read(KINDS.vs), ks: read(KINDS.ks), ss: read(KINDS.ss) };
}

/** `NOTPROVIDED` is how the standard says that there is none. */
function endToEndId(details: XmlElement): string {
  const text = textAt(details, 'Refs/EndToEndId');
  return text.toUpperCase() === 'NOTPROVIDED' ? '' : text;
}

/** `VS:7777777777`; some banks name the kind in the reference's type and leave the digits alone. */
function structured(details: XmlElement, kind: string): readonly string[] {
  return all(details, 'RmtInf/Strd/CdtrRefInf').map((reference) => {
    const text = textAt(reference, 'Ref');
    return textAt(reference, 'Tp/CdOrPrtry/Prtry', 'Tp/CdOrPrtry/Cd') === kind && /^\d+$/.test(text) ? `${kind}:${text}` : text;
  });
}

function proprietary(details: XmlElement, kind: string): readonly string[] {
  return all(details, 'Refs/Prtry')
    .filter((reference) => textAt(reference, 'Tp') === kind)
    .map((reference) => textAt(reference, 'Ref'));
}

const LABELLED: Readonly<Record<string, RegExp>> = {
  VS: /(?<![\p{L}])VS[\s:./=-]{0,3}(\d+)/u,
  KS: /(?<![\p{L}])KS[\s:./=-]{0,3}(\d+)/u,
  SS: /(?<![\p{L}])SS[\s:./=-]{0,3}(\d+)/u,
};

/** `VS:123`, `/VS123`, `/VS/123`, `VS 123`; more digits than the symbol has are something else. */
function labelled(text: string, kind: string, length: number): string | undefined {
  const found = LABELLED[kind]?.exec(text.toUpperCase())?.[1];
  return found === undefined ? undefined : digits(found, length);
}

function digits(text: string, length: number): string | undefined {
  return /^\d+$/.test(text) && bareSymbol(text).length <= length ? text : undefined;
}
