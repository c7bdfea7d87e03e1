// Bytes of an XML file to text, by the byte order mark or the encoding the XML declaration names (XML 1.0, 4.3.3 and appendix F).
import { ModelError } from './model-error.ts';

const DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/** Throws `ModelError` with rule `unknown-encoding` or `xml-invalid`. The declaration is changed to the text's own encoding. */
export function documentText(source: string | Uint8Array): string {
  const text = typeof source === 'string' ? source : decoded(source);
  return text.replace(/^\uFEFF/, '').replace(DECLARATION, (declaration, name: string) => declaration.replace(name, 'UTF-8'));
}

function decoded(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const decoder = decoderFor(encoding);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    const message = `Soubor není v kódování ${encoding}, které uvádí.`;
    throw new ModelError([{ rule: 'xml-invalid', severity: 'error', element: '', message }], error);
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second, , fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'UTF-16LE';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c && fourth !== 0)) return 'UTF-16BE';
  const head = String.fromCharCode(...bytes.subarray(0, 200)).replace(/^\u00EF\u00BB\u00BF/, '');
  const named = DECLARATION.exec(head)?.[1] ?? 'UTF-8';
  return /^utf-?16/i.test(named) ? 'UTF-8' : named;
}

function decoderFor(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    const message = `Kódování ${encoding} neumíme číst; uložte soubor v UTF-8.`;
    throw new ModelError([{ rule: 'unknown-encoding', severity: 'error', element: '', message }], error);
  }
}
