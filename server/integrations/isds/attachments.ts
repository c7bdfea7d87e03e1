// Attachments as they may be sent: rewritten names, counts, sizes, kinds. What ISDS would refuse (1200, 1214) is refused before it is asked.
import type { OutgoingFile } from '../connector.ts';
import type { IsdsSettings } from './config.ts';
import { extensionOf, isAllowedName, rewrittenName } from './file-names.ts';
import type { IsdsRefusalCode } from './statuses.ts';
import { zipFault } from './zip-rules.ts';

const MAX_FILES = 100;
const MAX_ARCHIVES = 10;

export type Attachments =
  | { readonly files: readonly OutgoingFile[]; readonly isBig: boolean }
  | { readonly refused: { readonly code: IsdsRefusalCode; readonly reason: string } };

export function prepareAttachments(given: readonly OutgoingFile[], settings: IsdsSettings): Attachments {
  const files = given.map((file) => ({ ...file, name: rewrittenName(file.name) }));
  const archives = files.filter(({ name }) => extensionOf(name) === 'zip');
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (files.length === 0) return refused('attachment-refused', 'Datová zpráva musí mít alespoň jednu přílohu.');
  if (files.length > MAX_FILES) return refused('attachment-refused', `Datová zpráva může mít nejvýš ${MAX_FILES} příloh.`);
  if (archives.length > MAX_ARCHIVES) return refused('attachment-refused', `Datová zpráva může mít nejvýš ${MAX_ARCHIVES} archivů.`);
  const foreign = files.find(({ name }) => !isAllowedName(name));
  if (foreign)
    return refused('attachment-refused', `Přílohu „${foreign.name}“ datové schránky nepřijmou: soubor tohoto typu není povolený.`);
  for (const { name, content } of archives) {
    const fault = zipFault(Buffer.from(content.buffer, content.byteOffset, content.length));
    if (fault !== undefined) return refused('attachment-refused', `Přílohu „${name}“ datové schránky nepřijmou: archiv ${fault}.`);
  }
  if (bytes > settings.largestBytes) {
    const [have, most] = [bytes, settings.largestBytes].map((count) =>
      (count / 1024 ** 2).toLocaleString('cs', { maximumFractionDigits: 1 }),
    );
    return refused('message-too-large', `Přílohy mají dohromady ${have} MB, datová zpráva smí mít nejvýš ${most} MB.`);
  }
  return { files, isBig: bytes > settings.ordinaryBytes };
}

function refused(code: IsdsRefusalCode, reason: string): Attachments {
  return { refused: { code, reason } };
}
