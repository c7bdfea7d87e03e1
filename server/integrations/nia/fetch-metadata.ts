// Reads a document over HTTP with a ceiling on time and length. Redirects are not followed: the address is the operator's word.
import { OutsideFailure } from '../connector.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 262_144;

/** Throws `OutsideFailure` `metadata-unreachable`, `metadata-answer` or `metadata-too-large`. */
export async function fetchMetadata(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 200 && response.body) return await wholeOf(response.body as unknown as AsyncIterable<Uint8Array>);
    await response.body?.cancel();
    throw new OutsideFailure('metadata-answer', `metadata were answered by ${response.status}`);
  } catch (cause) {
    if (cause instanceof OutsideFailure) throw cause;
    throw new OutsideFailure('metadata-unreachable', 'metadata cannot be reached', { cause });
  }
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MAX_BYTES) throw new OutsideFailure('metadata-too-large', 'metadata are too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
