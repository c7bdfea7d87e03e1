// A letter or a mail from its template: Markdown becomes blocks of data first, values are put in afterwards, so nothing written by a citizen can become markup.
import { readMarkdown } from '../../forms/index.ts';
import type { Block, Inline } from '../../forms/index.ts';
import type { CompiledSituation } from './compile-situation.ts';
import { replacePlaceholders, valueOf } from './placeholder.ts';
import { findText } from './read-texts.ts';
import type { TextLang } from './read-texts.ts';

/** A QR code with words for whoever cannot see it; only `{{ … | qr }}` that stands alone makes one, never a value that looks like it. */
export interface CodeBlock {
  readonly kind: 'qr';
  readonly text: string;
  readonly label: string;
}
export interface RenderedText {
  readonly subject: string;
  readonly blocks: readonly (Block | CodeBlock)[];
  /** The same as plain text, for mails; without codes. */
  readonly text: string;
}

/** Marks of a place in the Markdown: private characters, which a value cannot bring in. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/g;
const PRIVATE = /[\uE000\uE001]/g;

/** @throws RangeError when the situation has no such text; FeelError when a placeholder cannot be evaluated */
export function renderText(
  situation: Pick<CompiledSituation, 'texts'>,
  template: string,
  lang: TextLang,
  context: Readonly<Record<string, unknown>>,
): RenderedText {
  const found = findText(situation.texts, template, lang);
  if (!found) throw new RangeError(`no text named ${template}`);
  const subject = replacePlaceholders(found.subject, (place) => oneLine(valueOf(place, context, found.lang)));
  const values: string[] = [];
  const codes = new Set<number>();
  const marked = replacePlaceholders(found.body.replaceAll(PRIVATE, ''), (place) => {
    if (place.format === 'qr') codes.add(values.length);
    values.push(valueOf(place, context, found.lang).replaceAll(PRIVATE, '').replaceAll('\r', ''));
    return `${OPEN}${values.length - 1}${CLOSE}`;
  });
  const blocks = readMarkdown(marked).flatMap(
    (block): RenderedText['blocks'] => codeBlock(block, values, codes) ?? fillBlock(block, values),
  );
  return { subject, blocks, text: blocks.flatMap((block) => (block.kind === 'qr' ? [] : [plainBlock(block)])).join('\n\n') };
}

/** Undefined for a block that is no code; nothing for a code of nothing. */
function codeBlock(block: Block, values: readonly string[], codes: ReadonlySet<number>): readonly CodeBlock[] | undefined {
  const index = block.kind === 'list' ? undefined : standsAlone(block.inline);
  if (index === undefined || !codes.has(index)) return undefined;
  const text = values[index] ?? '';
  const amount = /\*AM:([\d.]+)/.exec(text)?.[1]?.replace('.', ',') ?? '';
  return text === '' ? [] : [{ kind: 'qr', text, label: `QR kód pro platbu ${amount} Kč` }];
}

function standsAlone(inline: readonly Inline[]): number | undefined {
  const alone = inline.length === 1 && inline[0]?.kind === 'text' ? /^\uE000(\d+)\uE001$/.exec(inline[0].text.trim()) : null;
  return alone ? Number(alone[1]) : undefined;
}

function fillBlock(block: Block, values: readonly string[]): readonly Block[] {
  if (block.kind === 'list') return [{ ...block, items: block.items.map((item) => item.map((inline) => fillInline(inline, values))) }];
  const alone = standsAlone(block.inline);
  if (alone !== undefined) return paragraphsOf(values[alone] ?? '');
  return [{ ...block, inline: block.inline.map((inline) => fillInline(inline, values)) }];
}

/** A value that stands alone may have several lines: each becomes a paragraph of its own, an empty value none. */
function paragraphsOf(value: string): readonly Block[] {
  return value
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => ({ kind: 'paragraph', inline: [{ kind: 'text', text: row }] }));
}

function fillInline(inline: Inline, values: readonly string[]): Inline {
  const text = inline.text.replaceAll(MARK, (_mark, index: string) => oneLine(values[Number(index)] ?? ''));
  if (inline.kind !== 'link') return { ...inline, text };
  return { ...inline, text, href: inline.href.replaceAll(MARK, (_mark, index: string) => encodeURI(values[Number(index)] ?? '')) };
}

function plainBlock(block: Block): string {
  if (block.kind === 'list') return block.items.map((item) => `- ${item.map(plainInline).join('')}`).join('\n');
  return block.inline.map(plainInline).join('');
}

const plainInline = (inline: Inline): string =>
  inline.kind === 'link' && inline.href !== inline.text ? `${inline.text} (${inline.href})` : inline.text;
const oneLine = (value: string): string => value.replaceAll(/\s*\n\s*/g, ', ');
