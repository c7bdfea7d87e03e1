// Documents of the office as tagged PDF: letters, submissions, notes of data messages. From data to bytes; knows no case and no database.
import PDFDocument from 'pdfkit';
import { drawBlocks, type Block } from './blocks.ts';
import { BOLD, REGULAR, registerFonts } from './fonts.ts';

export interface Letterhead {
  readonly officeName: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly dataBox: string;
}

/** What a document row holds. `content` is as `cases` wrote it. */
export interface PaperSource {
  readonly title: string;
  readonly number: string | null;
  readonly createdAt: string;
  readonly content: unknown;
}

interface LetterContent {
  readonly form: 'letter';
  readonly subject: string;
  readonly blocks: readonly Block[];
  readonly recipient: { readonly name: string; readonly address: string | null; readonly dataBox: string | null };
  readonly issuedAt: string;
  readonly mark: string;
}
interface SubmissionContent {
  readonly form: 'submission';
  readonly mark: string;
  readonly filedAt: string;
  readonly pages: readonly { readonly page: string; readonly rows: readonly { readonly label: string; readonly text: string }[] }[];
  readonly applicant: {
    readonly name: string;
    readonly birthDate: string | null;
    readonly address: string | null;
    /** Of companies only. */
    readonly ico?: string;
    /** Who filed it for the applicant. */
    readonly representative?: string;
  } | null;
}
interface MessageContent {
  readonly form: 'message';
  readonly subject: string;
  readonly messageId: string;
  readonly senderBox: string;
  readonly deliveredAt: string | null;
  readonly files: readonly string[];
}
type Content = LetterContent | SubmissionContent | MessageContent;

export const MARGIN = 64;
const PURPLE = '#1b3a6b';

/** The PDF's bytes; the same source gives the same text, and the creation date of the document, not of the drawing. */
export async function renderPaper(source: PaperSource, head: Letterhead): Promise<Uint8Array> {
  const content = source.content as Content;
  const { doc, root, finish } = beginPaper(source, head);
  switch (content.form) {
    case 'letter':
      drawLetter(doc, root, source, content);
      break;
    case 'submission':
      drawSubmission(doc, root, source, content);
      break;
    case 'message':
      drawMessage(doc, root, content);
      break;
    default:
      content satisfies never;
  }
  return finish(source.number);
}

type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;

/** A tagged A4 document of the office with its letterhead; `finish` closes it with the footers of its pages and gives the bytes. */
export function beginPaper(
  {
    title,
    createdAt,
    layout = 'portrait',
  }: { readonly title: string; readonly createdAt: string; readonly layout?: 'portrait' | 'landscape' },
  head: Letterhead,
): { readonly doc: Doc; readonly root: Struct; readonly finish: (number: string | null) => Promise<Uint8Array> } {
  const doc = new PDFDocument({
    size: 'A4',
    layout,
    margins: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
    lang: 'cs-CZ',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    bufferPages: true,
    info: { Title: title, Author: head.officeName, CreationDate: new Date(createdAt) },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  registerFonts(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  drawLetterhead(doc, head);
  const finish = async (number: string | null): Promise<Uint8Array> => {
    root.end();
    drawFooters(doc, { number }, head);
    doc.end();
    await ended;
    return Buffer.concat(chunks);
  };
  return { doc, root, finish };
}

function drawLetterhead(doc: Doc, head: Letterhead): void {
  doc.markContent('Artifact', { type: 'Pagination' });
  doc.font(BOLD).fontSize(13).fillColor(PURPLE).text(head.officeName, { continued: false });
  doc.font(REGULAR).fontSize(9).fillColor('#555').text(head.address);
  doc
    .moveTo(MARGIN, doc.y + 6)
    .lineTo(doc.page.width - MARGIN, doc.y + 6)
    .lineWidth(1)
    .strokeColor(PURPLE)
    .stroke();
  doc.endMarkedContent();
  doc.fillColor('#111').moveDown(1.6);
}

function drawLetter(doc: Doc, root: Struct, source: PaperSource, content: LetterContent): void {
  facts(doc, root, [
    ['Číslo jednací', source.number ?? ''],
    ['Spisová značka', content.mark],
    ['Datum', day(content.issuedAt)],
    ['Adresát', content.recipient.name],
    ['Adresa', content.recipient.address ?? ''],
    ['Datová schránka', content.recipient.dataBox ?? ''],
  ]);
  heading(doc, root, 'H1', content.subject);
  drawBlocks(doc, root, content.blocks);
}

function drawSubmission(doc: Doc, root: Struct, source: PaperSource, content: SubmissionContent): void {
  heading(doc, root, 'H1', source.title);
  facts(doc, root, [
    ['Spisová značka', content.mark],
    ['Odesláno', moment(content.filedAt)],
    ['Podatel', content.applicant?.name ?? ''],
    ['IČO', content.applicant?.ico ?? ''],
    ['Za podatele podal(a)', content.applicant?.representative ?? ''],
    ['Datum narození', content.applicant?.birthDate ? day(`${content.applicant.birthDate}T12:00:00Z`) : ''],
    ['Adresa', content.applicant?.address ?? ''],
  ]);
  for (const page of content.pages) {
    heading(doc, root, 'H2', page.page);
    facts(
      doc,
      root,
      page.rows.map((row) => [row.label, row.text]),
    );
  }
}

function drawMessage(doc: Doc, root: Struct, content: MessageContent): void {
  heading(doc, root, 'H1', 'Záznam o datové zprávě');
  facts(doc, root, [
    ['Předmět', content.subject],
    ['Číslo zprávy', content.messageId],
    ['Odesílatel (schránka)', content.senderBox],
    ['Dodáno', content.deliveredAt === null ? '' : moment(content.deliveredAt)],
    ['Přílohy', content.files.join(', ')],
  ]);
}

export function heading(doc: Doc, root: Struct, level: 'H1' | 'H2', text: string): void {
  const size = level === 'H1' ? 17 : 12.5;
  if (doc.y > doc.page.height - MARGIN - 80) doc.addPage();
  root.add(
    doc.struct(level, {}, () => {
      doc.font(BOLD).fontSize(size).fillColor('#111').text(text, MARGIN);
    }),
  );
  doc.moveDown(0.5);
}

/** Label and value side by side; empty values are left out. A table with row headings for those who listen. */
export function facts(doc: Doc, root: Struct, rows: readonly (readonly [string, string])[]): void {
  const filled = rows.filter(([, value]) => value !== '');
  if (filled.length === 0) return;
  const table = doc.struct('Table');
  root.add(table);
  const [labelWidth, gap] = [150, 12];
  const valueWidth = doc.page.width - 2 * MARGIN - labelWidth - gap;
  for (const [label, value] of filled) {
    const height = Math.max(
      doc.font(REGULAR).fontSize(10).heightOfString(label, { width: labelWidth }),
      doc.heightOfString(value, { width: valueWidth }),
    );
    if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
    const top = doc.y;
    const row = doc.struct('TR');
    table.add(row);
    row.add(
      doc.struct('TH', {}, () => {
        doc.fillColor('#555').text(label, MARGIN, top, { width: labelWidth });
      }),
    );
    row.add(
      doc.struct('TD', {}, () => {
        doc.fillColor('#111').text(value, MARGIN + labelWidth + gap, top, { width: valueWidth });
      }),
    );
    row.end();
    doc.x = MARGIN;
    doc.y = top + height + 5;
  }
  table.end();
  doc.moveDown(0.8);
}

function drawFooters(doc: Doc, source: Pick<PaperSource, 'number'>, head: Letterhead): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page);
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    const line = [head.email, head.phone, head.dataBox ? `datová schránka ${head.dataBox}` : ''].filter(Boolean).join(' · ');
    doc
      .font(REGULAR)
      .fontSize(8)
      .fillColor('#555')
      .text(line, MARGIN, doc.page.height - 46, { lineBreak: false });
    doc.text(`${source.number ?? ''}  ${page - start + 1}/${count}`.trim(), MARGIN, doc.page.height - 46, {
      width: doc.page.width - 2 * MARGIN,
      align: 'right',
      lineBreak: false,
    });
    doc.endMarkedContent();
  }
}

const inPrague =
  (options: Intl.DateTimeFormatOptions) =>
  (instant: string): string =>
    new Intl.DateTimeFormat('cs', { timeZone: 'Europe/Prague', ...options }).format(new Date(instant));
export const day = inPrague({ dateStyle: 'long' });
export const moment = inPrague({ dateStyle: 'long', timeStyle: 'short' });
