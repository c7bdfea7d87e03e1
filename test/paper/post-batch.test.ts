// The print file of the dispatch room: address pages in the window, documents joined, and what cannot be joined told instead of breaking the print.
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { renderPaper } from '../../server/paper/paper.ts';
import { joinPostBatch, type PostFile, type PostLetter } from '../../server/paper/post-batch.ts';

const head = {
  officeName: 'Obecní úřad Lhota',
  address: 'Náves 1, 561 64 Lhota',
  email: 'urad@lhota.example',
  phone: '1',
  dataBox: 'lhotaaa',
};
const AT = '2026-03-02T08:00:00.000Z';
const content = {
  form: 'letter',
  subject: 'Rozhodnutí',
  blocks: [{ kind: 'paragraph', inline: [{ kind: 'text', text: 'Žádosti se vyhovuje.' }] }],
  recipient: { name: 'Žofie Šťastná', address: 'Dlouhá 12', dataBox: null },
  issuedAt: AT,
  mark: 'S 1/2026',
};
const document = await renderPaper({ title: 'Rozhodnutí', number: 'OUL/1/2026', createdAt: AT, content }, head);
const file = (more: Partial<PostFile> = {}): PostFile => ({
  id: crypto.randomUUID(),
  title: 'Rozhodnutí',
  mime: 'application/pdf',
  content: document,
  ...more,
});
const letter = (files: readonly PostFile[], more: Partial<PostLetter> = {}): PostLetter => ({
  id: crypto.randomUUID(),
  addressee: ['Žofie Šťastná', 'Dlouhá 12', '561 64 Lhota'],
  facts: [['Číslo jednací', 'OUL/1/2026']],
  stamp: 'DOPORUČENĚ',
  files,
  ...more,
});
const pagesOf = async (pdf: Uint8Array): Promise<number> => (await PDFDocument.load(pdf)).getPageCount();

test('each letter has its address page and its documents, and begins on the front of a sheet', async () => {
  const one = await joinPostBatch([letter([file()])], head, AT);
  expect([one.apart, await pagesOf(one.pdf)]).toEqual([[], 2]);
  // An address page and two documents make three pages; the fourth stays empty.
  const more = await joinPostBatch([letter([file(), file()]), letter([file()])], head, AT);
  expect(await pagesOf(more.pdf)).toBe(6);
  const sizes = (await PDFDocument.load(more.pdf)).getPages().map((page) => Math.round(page.getWidth()));
  expect(sizes).toEqual([595, 595, 595, 595, 595, 595]);
});

test('the same batch drawn twice has the same bytes', async () => {
  const batch = [letter([file()])];
  const [first, second] = [await joinPostBatch(batch, head, AT), await joinPostBatch(batch, head, AT)];
  expect(Buffer.from(first.pdf).equals(Buffer.from(second.pdf))).toBe(true);
});

test('a name longer than the window is made smaller; five lines still fit', async () => {
  const long = [
    'Společenství vlastníků jednotek domu Na Příkré stráni 1234 až 1240',
    'k rukám předsedkyně',
    'Dlouhá 12',
    'Dolní Lhota',
    '561 64 Lhota',
  ];
  expect(await pagesOf((await joinPostBatch([letter([file()], { addressee: long })], head, AT)).pdf)).toBe(2);
});

const locked = Buffer.from(
  Buffer.from(document).toString('latin1').replace('trailer\n<<', 'trailer\n<<\n/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 >>'),
  'latin1',
);
const bomb = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF',
);
test.each<readonly [string, Partial<PostFile>]>([
  ['cut off in the middle', { content: document.subarray(0, Math.floor(document.length / 2)) }],
  ['random bytes', { content: Uint8Array.from({ length: 5_000 }, (_none, at) => (at * 7_919) % 251) }],
  ['empty', { content: new Uint8Array() }],
  ['only the first line of a PDF', { content: Buffer.from('%PDF-1.7\n') }],
  ['locked by a password', { content: locked }],
  ['a tree of pages that holds itself', { content: bomb }],
  ['no PDF by its type', { mime: 'image/png' }],
])('a document that is %s stays apart, is named, and the rest is printed', async (_name, more) => {
  const bad = file({ title: 'Příloha zvenku', ...more });
  const whole = letter([bad, file()]);
  const { pdf, apart } = await joinPostBatch([whole], head, AT);
  expect(apart).toEqual([{ letterId: whole.id, fileId: bad.id, title: 'Příloha zvenku' }]);
  expect(await pagesOf(pdf)).toBe(2);
});
