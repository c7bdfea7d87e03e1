// Documents of the office as PDF: the words can be read out and searched, headings and tables are tagged, Czech letters are drawn.
import { describe, expect, test } from 'vitest';
import { renderPaper, type Letterhead, type PaperSource } from '../../server/paper/paper.ts';
import { readPdf, type PdfReading } from './read-pdf.ts';

const head: Letterhead = {
  officeName: 'Městský úřad Lipová nad Orlicí',
  address: 'Náměstí Míru 1, 517 01 Lipová nad Orlicí',
  email: 'podatelna@lipova.example',
  phone: '+420 494 000 000',
  dataBox: 'lip0va1',
};
const createdAt = '2026-11-22T10:00:00.000Z';
const pangram = 'Příliš žluťoučký kůň úpěl ďábelské ódy. PŘÍLIŠ ŽLUŤOUČKÝ KŮŇ ÚPĚL ĎÁBELSKÉ ÓDY, „uvozovky“ – a § 17 odst. 4.';

const letter = (subject: string, paragraphs: readonly string[]): PaperSource => ({
  title: subject,
  number: 'MULO/123/2026',
  createdAt,
  content: {
    form: 'letter',
    subject,
    mark: 'SPIS/45/2026',
    issuedAt: createdAt,
    recipient: { name: 'Jana Malá', address: 'Dlouhá 5, Lipová', dataBox: null },
    blocks: [
      { kind: 'heading', inline: [{ kind: 'text', text: 'Odůvodnění' }] },
      ...paragraphs.map((text) => ({ kind: 'paragraph', inline: [{ kind: 'text', text }] })),
      {
        kind: 'list',
        items: [[{ kind: 'text', text: 'doklad o čipu' }], [{ kind: 'bold', text: 'očkovací průkaz' }]],
      },
    ],
  },
});
const submission: PaperSource = {
  title: 'Přihlášení psa',
  number: null,
  createdAt,
  content: {
    form: 'submission',
    mark: 'SPIS/45/2026',
    filedAt: '2026-11-21T23:30:00.000Z',
    applicant: { name: 'Jana Malá', birthDate: '1984-01-15', address: null },
    pages: [
      {
        page: 'O psovi',
        rows: [
          { label: 'Jak se pes jmenuje', text: 'Žofie Šťastná' },
          { label: 'Poznámka', text: '' },
        ],
      },
    ],
  },
};

const read = async (source: PaperSource): Promise<PdfReading> => readPdf(await renderPaper(source, head));
/** Lines are broken where the page ends, so words are compared without them. */
const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('a letter', () => {
  test('can be read out with every Czech letter', async () => {
    const { text } = await read(letter('Výzva k zaplacení', [pangram]));

    for (const part of ['Výzva k zaplacení', 'MULO/123/2026', 'SPIS/45/2026', 'Jana Malá', '22. listopadu 2026', 'očkovací průkaz'])
      expect(words(text)).toContain(part);
    expect(words(text)).toContain(pangram);
    expect(text).not.toContain('\uFFFD');
  });

  test('draws every Czech letter: none of them is the empty box', async () => {
    expect((await read(letter('Výzva', [pangram]))).boxes).toBe(0);
    expect((await read(letter('Výzva', ['Lipová 漢字']))).boxes).toBe(2);
  });

  test('is tagged: one first heading, a table of facts with row headings, paragraphs and a list', async () => {
    const { tags } = await read(letter('Výzva', ['Prvé.', 'Druhé.']));

    expect(tags.filter((tag) => tag === 'H1')).toHaveLength(1);
    expect(tags.filter((tag) => tag === 'Table')).toHaveLength(1);
    expect(tags.filter((tag) => tag === 'TH')).toHaveLength(tags.filter((tag) => tag === 'TD').length);
    expect(tags.filter((tag) => tag === 'P')).toHaveLength(2);
    expect(tags.filter((tag) => tag === 'LI')).toHaveLength(2);
    for (const tag of ['Document', 'H2', 'L', 'Lbl', 'LBody', 'TR']) expect(tags).toContain(tag);
  });

  test('says its language and its title to the reader, and is marked as tagged', async () => {
    const { objects } = await read(letter('Výzva', ['Text.']));
    const catalog = [...objects.values()].find((object) => /\/Type \/Catalog/.test(object)) ?? '';

    expect(catalog).toContain('/Lang (cs-CZ)');
    expect(catalog).toMatch(/\/MarkInfo|\/StructTreeRoot/);
    expect([...objects.values()].join('\n')).toContain('/DisplayDocTitle true');
  });

  test('carries its number and the page out of how many on every page', async () => {
    const { text, pages } = await read(
      letter(
        'Dlouhý dopis',
        Array.from({ length: 40 }, () => pangram),
      ),
    );

    expect(pages).toBeGreaterThan(1);
    for (let page = 1; page <= pages; page += 1) expect(text).toContain(`MULO/123/2026  ${page}/${pages}`);
  });

  test('drawn twice from the same source says the same', async () => {
    const [first, second] = [await read(letter('Výzva', [pangram])), await read(letter('Výzva', [pangram]))];

    expect(second.text).toBe(first.text);
    expect([...first.objects.values()].join('\n')).toContain('D:20261122100000Z');
  });
});

describe('a submission', () => {
  test('shows what was answered, the moment in Prague, and leaves empty answers out', async () => {
    const { text, tags } = await read(submission);

    for (const part of ['Přihlášení psa', 'O psovi', 'Jak se pes jmenuje', 'Žofie Šťastná', '22. listopadu 2026 v 0:30', '15. ledna 1984'])
      expect(words(text)).toContain(part);
    expect(text).not.toContain('Poznámka');
    expect(tags.filter((tag) => tag === 'Table')).toHaveLength(2);
  });
});

test('the record of a data message names its number, sender and files', async () => {
  const { text } = await read({
    title: 'Datová zpráva',
    number: null,
    createdAt,
    content: {
      form: 'message',
      subject: 'Přihláška psa',
      messageId: '1234567',
      senderBox: 'abc1234',
      deliveredAt: null,
      files: ['přihláška.pdf', 'čip.jpg'],
    },
  });

  for (const part of ['Záznam o datové zprávě', '1234567', 'abc1234', 'přihláška.pdf, čip.jpg']) expect(words(text)).toContain(part);
  expect(text).not.toContain('Dodáno');
});
