// A číslo jednací that the records service has not given yet. Texts carry these words with a code in its place until the number is known.

const PENDING = /čeká na číslo jednací \(([0-9a-f]{8})\)/g;
const codeOf = (documentId: string): string => documentId.replaceAll('-', '').slice(-8);

export const pendingNumber = (documentId: string): string => `čeká na číslo jednací (${codeOf(documentId)})`;

export function hasPendingNumber(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').search(PENDING) >= 0;
}

export interface Numbered {
  readonly documentId: string;
  readonly number: string | null;
}

/** The value with every number that is known; `missing` when some words still wait. Works on anything that is JSON. */
export function fillNumbers<Value>(value: Value, known: readonly Numbered[]): { readonly value: Value; readonly missing: boolean } {
  const numbers = new Map(known.flatMap(({ documentId, number }) => (number === null ? [] : [[codeOf(documentId), number]])));
  let missing = false;
  const text = JSON.stringify(value).replaceAll(PENDING, (words: string, code: string) => {
    const number = numbers.get(code);
    if (number === undefined) missing = true;
    return number === undefined ? words : JSON.stringify(number).slice(1, -1);
  });
  return { value: JSON.parse(text) as Value, missing };
}
