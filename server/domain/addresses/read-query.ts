// What a person types into an address field, taken apart: words of the street and the town, and the number of the house. Pure.
import { plainWords } from './write.ts';

/** One way to read the query. Several are tried in turn: „28. října“, „Praha 1“ and „Dlouhá 12“ all hold numbers. */
export interface AddressQuery {
  /** Plain words, each the beginning of a word of the address. */
  readonly words: readonly string[];
  /** Domovní or orientační; null = none typed. */
  readonly house: { readonly number: number; readonly orientation: number | null; readonly letter: string } | null;
}

const LONGEST = 120;
const MOST_WORDS = 8;
const NUMBER = /^(\d{1,4})(?:\/(\d{1,4})([a-z])?|([a-z]))?$/;

/** In the order in which they should be tried; empty when there is nothing to look for. */
export function readAddressQuery(text: string): readonly AddressQuery[] {
  const tokens = tokensOf(text.slice(0, LONGEST));
  const places = tokens.flatMap(({ token, endsPart }, index) => (NUMBER.test(token) && index > 0 ? [{ index, endsPart }] : []));
  // A number before a comma is the house; else the last one; else every number is part of a name.
  const order = [...places.filter(({ endsPart }) => endsPart), ...places.filter(({ endsPart }) => !endsPart).reverse()];
  const readings = [...order.map(({ index }) => withHouse(tokens, index)), withoutHouse(tokens)];
  return readings.filter(({ words }) => words.length > 0 && words.some((word) => /[a-z]/.test(word)));
}

interface Token {
  readonly token: string;
  readonly endsPart: boolean;
}

function tokensOf(text: string): readonly Token[] {
  return text
    .replaceAll(/\b\d{3}\s?\d{2}\b(?!\s*\/)/g, ' ') // a post code says nothing that the town does not
    .replaceAll(/č\s*\.?\s*(p|ev)\s*\.?(?=\s*\d)/giu, ' ')
    .split(/[,;]/)
    .flatMap((part) => {
      const words = part
        .split(/\s+/)
        .map((word) => (/^\d+\/\d+[a-z]?$/i.test(word) ? word.toLowerCase() : plainWords(word)))
        .flatMap((word) => word.split(' '))
        .filter((word) => word !== '');
      return words.map((token, index) => ({ token, endsPart: index === words.length - 1 }));
    })
    .slice(0, MOST_WORDS);
}

function withHouse(tokens: readonly Token[], at: number): AddressQuery {
  const [, number = '', orientation, letter, ownLetter] = NUMBER.exec(tokens[at]?.token ?? '') ?? [];
  const words = tokens.filter((_, index) => index !== at).map(({ token }) => token);
  return {
    words: words.filter((word) => !word.includes('/')),
    house: {
      number: Number(number),
      orientation: orientation === undefined ? null : Number(orientation),
      letter: letter ?? ownLetter ?? '',
    },
  };
}

const withoutHouse = (tokens: readonly Token[]): AddressQuery => ({
  words: tokens.map(({ token }) => token).filter((word) => !word.includes('/')),
  house: null,
});
