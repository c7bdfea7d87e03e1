// The body of a form posted by an identity provider, read with a limit.
import type { Context } from 'koa';
import { Problem } from '../../domain/problem.ts';

/** base64 of 256 kB, URL-encoded, and a little more. */
const MAX_BYTES = 600_000;

/** Throws invalid `form-expected` or `body-too-large`. */
export async function readPostedForm(ctx: Context, maxBytes = MAX_BYTES): Promise<URLSearchParams> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new Problem('invalid', 'form-expected');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of ctx.req as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBytes) throw new Problem('invalid', 'body-too-large');
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}
