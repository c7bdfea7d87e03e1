// Text of UTF-8 bytes, or a refusal with the line where they stop being UTF-8.
import { StatementRefused } from './statement.ts';

export function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    throw new StatementRefused(text.slice(0, text.indexOf('\uFFFD')).split('\n').length, 'soubor není v kódování UTF-8.');
  }
}
