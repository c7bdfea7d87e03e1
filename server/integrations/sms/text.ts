// How an SMS is written and how many parts it takes: GSM 03.38 alphabet (3GPP TS 23.038), 160/153 characters; anything else UCS-2, 70/67.

const BASIC = new Set([
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
]);
/** Behind an escape: two places each. */
const EXTENDED = new Set([...'^{}\\[~]|€\f']);

export interface SmsShape {
  readonly isUcs2: boolean;
  readonly parts: number;
}

export function shapeOf(text: string): SmsShape {
  const characters = [...text];
  const isUcs2 = characters.some((character) => !BASIC.has(character) && !EXTENDED.has(character));
  const places = isUcs2 ? text.length : characters.reduce((sum, character) => sum + (EXTENDED.has(character) ? 2 : 1), 0);
  const [single, each] = isUcs2 ? [70, 67] : [160, 153];
  return { isUcs2, parts: places <= single ? 1 : Math.ceil(places / each) };
}

/** Typographic signs to plain ones, Czech letters without their marks; what has no plain form becomes a question mark. */
export function transliterated(text: string): string {
  return [
    ...text
      .replaceAll(/[–—]/g, '-')
      .replaceAll(/[„“”]/g, '"')
      .replaceAll(/[‚‘’]/g, "'")
      .replaceAll('…', '...')
      .replaceAll(/\s/g, (space) => (space === '\n' ? '\n' : ' ')),
  ]
    .map((character) => (BASIC.has(character) || EXTENDED.has(character) ? character : bare(character)))
    .join('');
}

function bare(character: string): string {
  const plain = character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return [...plain].every((one) => BASIC.has(one)) && plain !== '' ? plain : '?';
}
