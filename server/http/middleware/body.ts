// Request bodies: JSON of bounded size, parsed once into a type; files as bytes, refused as soon as they are too long.
import type { Context } from 'koa';
import type { z } from 'zod';
import { Problem } from '../../domain/problem.ts';

const MAX_JSON_BYTES = 1_000_000;
/** Deeper than any form; what nests thousands deep would end in a full stack, here or in the database. */
const MAX_DEPTH = 50;

/** Throws `body-too-large`, `json-malformed`, `request-invalid`, or a ZodError (answered as `request-invalid`). */
export async function readJson<T>(ctx: Context, schema: z.ZodType<T>, maxBytes = MAX_JSON_BYTES): Promise<T> {
  const bytes = await readBytes(ctx, maxBytes, 'body-too-large');
  let value: unknown;
  try {
    value = JSON.parse(bytes.length === 0 ? 'null' : bytes.toString('utf8'));
  } catch (cause) {
    throw new Problem('invalid', 'json-malformed', {}, { cause });
  }
  if (!isStorable(value, 0)) throw new Problem('invalid', 'request-invalid', { fields: [] });
  return schema.parse(value);
}

/** PostgreSQL keeps no NUL and no half of a character (PostgreSQL 18, 8.14 JSON Types). */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return depth < MAX_DEPTH && Object.entries(value).every(([key, item]) => isStorable(key, depth) && isStorable(item, depth + 1));
}

/** Reads no more than `maxBytes`; whatever comes after is thrown away without being kept. */
export async function readBytes(ctx: Context, maxBytes: number, code: string): Promise<Buffer> {
  const announced = Number(ctx.get('content-length') || '0');
  if (announced > maxBytes) {
    ctx.req.resume();
    throw new Problem('invalid', code, { maxBytes });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Problem('invalid', code, { maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
