// Bodies of requests to the simulators, read with a limit.
import type { Context } from 'koa';

/** Throws 413 through koa when the body is longer than `maxBytes` (default 1 MB). */
export async function readBody(ctx: Context, maxBytes = 1_048_576): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of ctx.req as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBytes) ctx.throw(413);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export async function readForm(ctx: Context): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(ctx)).toString('utf8'));
}
