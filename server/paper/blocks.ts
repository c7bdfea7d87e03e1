// Headings, paragraphs, lists and QR codes of a letter, each in its place of the tag tree.
import { BOLD, REGULAR } from './fonts.ts';
import { QR_SIZE, drawQr } from './qr.ts';

export type Inline = Readonly<{ kind: 'text' | 'bold'; text: string }> | Readonly<{ kind: 'link'; text: string; href: string }>;
export type Block =
  | Readonly<{ kind: 'heading' | 'paragraph'; inline: readonly Inline[] }>
  | Readonly<{ kind: 'list'; items: readonly (readonly Inline[])[] }>
  /** `label` is for whoever cannot see it. */
  | Readonly<{ kind: 'qr'; text: string; label: string }>;

type Doc = PDFKit.PDFDocument;
type Struct = PDFKit.PDFStructureElement;
const LINK = '#1b3a6b';

export function drawBlocks(doc: Doc, root: Struct, blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (doc.y > doc.page.height - doc.page.margins.bottom - 40) doc.addPage();
    switch (block.kind) {
      case 'heading':
        root.add(doc.struct('H2', {}, () => drawInline(doc, block.inline, 12.5, true)));
        break;
      case 'paragraph':
        root.add(doc.struct('P', {}, () => drawInline(doc, block.inline, 10.5, false)));
        break;
      case 'list':
        drawList(doc, root, block.items);
        break;
      case 'qr':
        drawCode(doc, root, block);
        break;
      default:
        block satisfies never;
    }
    doc.moveDown(0.6);
  }
}

function drawCode(doc: Doc, root: Struct, { text, label }: Extract<Block, { kind: 'qr' }>): void {
  if (doc.y + QR_SIZE > doc.page.height - doc.page.margins.bottom) doc.addPage();
  const top = doc.y;
  root.add(doc.struct('Figure', { alt: label }, () => drawQr(doc, text, { x: doc.page.margins.left, y: top })));
  doc.x = doc.page.margins.left;
  doc.y = top + QR_SIZE;
}

function drawList(doc: Doc, root: Struct, items: readonly (readonly Inline[])[]): void {
  const list = doc.struct('L');
  root.add(list);
  const left = doc.page.margins.left;
  for (const item of items) {
    if (doc.y > doc.page.height - doc.page.margins.bottom - 30) doc.addPage();
    const entry = doc.struct('LI');
    list.add(entry);
    const top = doc.y;
    entry.add(
      doc.struct('Lbl', {}, () => {
        doc
          .font(REGULAR)
          .fontSize(10.5)
          .fillColor('#111')
          .text('•', left + 6, top, { lineBreak: false });
      }),
    );
    doc.x = left + 20;
    doc.y = top;
    entry.add(doc.struct('LBody', {}, () => drawInline(doc, item, 10.5, false)));
    entry.end();
    doc.x = left;
  }
  list.end();
}

function drawInline(doc: Doc, inline: readonly Inline[], size: number, isHeading: boolean): void {
  const parts = inline.length > 0 ? inline : [{ kind: 'text' as const, text: ' ' }];
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    doc
      .font(isHeading || part.kind === 'bold' ? BOLD : REGULAR)
      .fontSize(size)
      .fillColor(part.kind === 'link' ? LINK : '#111');
    doc.text(part.text, { continued: !isLast, underline: part.kind === 'link', link: part.kind === 'link' ? part.href : null, lineGap: 2 });
  });
}
