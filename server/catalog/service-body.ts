// The public page of a service as HTML: Markdown without HTML of its own, so only the marks of markdown-it come out.
import MarkdownIt from 'markdown-it';
import type { CompiledSituation } from './compile-situation.ts';
import { findText } from './read-texts.ts';
import type { TextLang } from './read-texts.ts';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('image');

/** HTML of texts/sluzba.<lang>.md (Czech when there is no other); empty without the file. Headings begin at the second level. */
export function serviceBody(situation: Pick<CompiledSituation, 'texts'>, lang: TextLang): string {
  const text = findText(situation.texts, 'sluzba', lang);
  if (!text) return '';
  return markdown.render(text.body.replaceAll(/^# /gm, '## '));
}
