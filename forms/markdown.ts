// The little Markdown that forms may use: headings, paragraphs, lists, bold and links. It becomes data, never HTML,
// so nothing written into a form can become markup.

export type Inline = Readonly<{ kind: 'text' | 'bold'; text: string }> | Readonly<{ kind: 'link'; text: string; href: string }>;
export type Block =
  | Readonly<{ kind: 'heading' | 'paragraph'; inline: readonly Inline[] }>
  | Readonly<{ kind: 'list'; items: readonly (readonly Inline[])[] }>;

const MARK = /\*\*([^*\n]{1,500})\*\*|\[([^\]\n]{1,300})\]\(([^)\s]{1,500})\)/g;
const SAFE_ADDRESS = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

export function readMarkdown(text: string): readonly Block[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap(readBlocks);
}

function readBlocks(part: string): readonly Block[] {
  const [first = '', ...rest] = part.split('\n');
  if (/^#{1,4} /.test(first)) {
    const heading: Block = { kind: 'heading', inline: readInline(first.replace(/^#{1,4} +/, '')) };
    return rest.length > 0 ? [heading, ...readBlocks(rest.join('\n'))] : [heading];
  }
  const lines = [first, ...rest];
  if (lines.every((line) => /^[-*] /.test(line))) {
    return [{ kind: 'list', items: lines.map((line) => readInline(line.slice(2))) }];
  }
  const listAt = lines.findIndex((line) => /^[-*] /.test(line));
  if (listAt > 0) return [...readBlocks(lines.slice(0, listAt).join('\n')), ...readBlocks(lines.slice(listAt).join('\n'))];
  return [{ kind: 'paragraph', inline: readInline(lines.join(' ')) }];
}

function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(inlineOf(match[1], match[2] ?? '', match[3] ?? ''));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

/** A link to anything but a web, mail, telephone or local address stays text. */
function inlineOf(bold: string | undefined, label: string, href: string): Inline {
  if (bold !== undefined) return { kind: 'bold', text: bold };
  return SAFE_ADDRESS.test(href) ? { kind: 'link', text: label, href } : { kind: 'text', text: label };
}
