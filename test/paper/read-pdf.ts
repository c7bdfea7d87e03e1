// Reads a PDF of ours as a program for the blind would: text through the fonts' own tables, and the tree of tags. Knows only what pdfkit writes.
import { inflateSync } from 'node:zlib';

export interface PdfReading {
  readonly text: string;
  /** Kinds of structure elements, in the order they were written: `H1`, `Table`, `TH` … */
  readonly tags: readonly string[];
  readonly pages: number;
  /** Letters that the font lacks: drawn as glyph 0, the empty box. */
  readonly boxes: number;
  /** Dictionaries of all objects, for single facts. */
  readonly objects: ReadonlyMap<number, string>;
}

interface PdfObject {
  readonly head: string;
  readonly stream: string | undefined;
}

export function readPdf(bytes: Uint8Array): PdfReading {
  const objects = readObjects(Buffer.from(bytes));
  const fonts = readFonts(objects);
  const heads = [...objects.values()].map(({ head }) => head);
  const pages = heads.filter((head) => /\/Type \/Page\b/.test(head));
  const contents = pages.map((head) => objects.get(referenceIn(head, 'Contents') ?? -1)?.stream ?? '');
  return {
    text: contents.map((content) => readText(content, fonts)).join('\n'),
    tags: heads.flatMap((head) => {
      const kind = /\/S \/(\w+)/.exec(head)?.[1];
      return kind !== undefined && referenceIn(head, 'P') !== undefined ? [kind] : [];
    }),
    pages: pages.length,
    boxes: contents.flatMap((content) => glyphsIn(content)).filter((glyph) => glyph === 0).length,
    objects: new Map([...objects].map(([id, { head }]) => [id, head])),
  };
}

function readObjects(file: Buffer): ReadonlyMap<number, PdfObject> {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n|\nendobj)/g)) {
    const [whole, id = '', head = ''] = found;
    const start = found.index + whole.length;
    const isStream = whole.endsWith('stream\n');
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? '0');
    const body = file.subarray(start, start + length);
    const stream = !isStream ? undefined : /FlateDecode/.test(head) ? inflateSync(body).toString('latin1') : body.toString('latin1');
    objects.set(Number(id), { head, stream });
  }
  return objects;
}

const referenceIn = (head: string, key: string): number | undefined => {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(head);
  return found ? Number(found[1]) : undefined;
};

/** Name in the page's resources (`F1`) → what each glyph means. */
function readFonts(objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, readonly string[]> {
  const fonts = new Map<string, readonly string[]>();
  for (const { head } of objects.values()) {
    for (const [, name = '', id = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = objects.get(referenceIn(objects.get(Number(id))?.head ?? '', 'ToUnicode') ?? -1)?.stream;
      if (table !== undefined) fonts.set(name, readTable(table));
    }
  }
  return fonts;
}

/** `<0000> <00ff> [<0000> <0041> …]` */
function readTable(table: string): readonly string[] {
  const meanings: string[] = [];
  for (const [, from = '0', list = ''] of table.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([\w ]*)>/g)].forEach(([, hex = ''], index) => {
      meanings[Number.parseInt(from, 16) + index] = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
    });
  }
  return meanings;
}

const glyphsOf = (shown: string): readonly number[] =>
  [...shown.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => (hex.match(/.{4}/g) ?? []).map((code) => Number.parseInt(code, 16)));
const glyphsIn = (content: string): readonly number[] =>
  [...content.matchAll(/\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ/g)].flatMap(([, shown = '']) => glyphsOf(shown));

function readText(content: string, fonts: ReadonlyMap<string, readonly string[]>): string {
  let glyphs: readonly string[] = [];
  let text = '';
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? [];
    if (shown === undefined) continue;
    text += `${glyphsOf(shown)
      .map((glyph) => glyphs[glyph] ?? '\uFFFD')
      .join('')}\n`;
  }
  return text;
}
