// The bytes of a statement file, never more than one past the largest that is read: an endless device does not hang the command.
import { closeSync, openSync, readSync } from 'node:fs';
import { LARGEST_STATEMENT } from '../../server/integrations/bank/read-statement.ts';

export type Read = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'unreadable'; readonly reason: string };

const PIECE = 1_048_576;

export function readBytes(file: string): Read {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const pieces: Buffer[] = [];
    for (let size = 0; size <= LARGEST_STATEMENT;) {
      const piece = Buffer.alloc(PIECE);
      const length = readSync(handle, piece);
      if (length === 0) break;
      pieces.push(piece.subarray(0, length));
      size += length;
    }
    return { kind: 'bytes', bytes: Buffer.concat(pieces) };
  } catch (error) {
    return { kind: 'unreadable', reason: `${file}: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
