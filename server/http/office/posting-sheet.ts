// What the dispatch room prints: letters with everything that goes into their envelopes, and the posting sheet (podací arch) that goes to the post with them.
import type { PostingWay } from '../../contract/paper-letters.ts';
import type { PrintedBatch, PrintedLetter } from '../../queries/paper-letters.ts';
import type { House, PrintedPost, PrintedSheet } from '../house.ts';

const day = (at: string): string => new Date(at).toLocaleDateString('cs-CZ', { timeZone: 'Europe/Prague' });
const WAYS: Readonly<Record<PostingWay, string>> = {
  ordinary: 'obyčejně',
  registered: 'doporučeně',
  'own-hands': 'doporučeně do vlastních rukou, doručenka',
};
const STAMPS: Readonly<Record<PostingWay, string>> = {
  ordinary: '',
  registered: 'DOPORUČENĚ',
  'own-hands': 'DOPORUČENĚ – DO VLASTNÍCH RUKOU\nS DORUČENKOU',
};

export async function postBatchOf(house: House, tenantId: number, letters: readonly PrintedLetter[]): Promise<readonly PrintedPost[]> {
  const drawn: PrintedPost[] = [];
  for (const { card, address } of letters) {
    const file = await house.fileOf(tenantId, { id: card.documentId });
    drawn.push({
      id: card.id,
      addressee: [card.addressee, ...address].filter((line) => line !== ''),
      facts: [
        ['Číslo jednací', card.number ?? ''],
        ['Spisová značka', card.mark],
      ],
      stamp: STAMPS[card.suggestedWay],
      files: [{ id: card.documentId, title: card.title, mime: file.mime, content: file.content }],
    });
  }
  return drawn;
}

export function postingSheet({ at, letters }: PrintedBatch): PrintedSheet {
  return {
    title: 'Podací arch',
    number: '',
    facts: [
      ['Datum tisku', day(at)],
      ['Zásilek', String(letters.length)],
    ],
    paragraphs: [],
    tables: [
      {
        caption: 'Zásilky',
        columns: [
          { label: 'Č.', width: 0.06 },
          { label: 'Podací číslo', width: 0.19 },
          { label: 'Adresát', width: 0.37 },
          { label: 'Způsob', width: 0.2 },
          { label: 'Číslo jednací', width: 0.18 },
        ],
        rows: letters.map(({ card, address }, index) => [
          String(index + 1),
          card.postingNumber ?? '',
          [card.addressee, ...address].filter((line) => line !== '').join(', '),
          WAYS[card.way ?? card.suggestedWay],
          card.number ?? card.mark,
        ]),
      },
    ],
    signatures: ['Za úřad předal', 'Za poštu převzal'],
  };
}
