// Request bodies: JSON of bounded size, parsed once into a type; files as bytes, refused as soon as they are too long.
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { z } from 'zod';
import { Problem } from '../../domain/problem.ts';

const MAX_JSON_BYTES = 1_000_000;
const LET_PASS_MS = 20_000;
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

const MAX_FORM_BYTES = 20_000;

/** A form that another system posts; a field given twice counts once. Throws `form-expected` or `body-too-large`. */
export async function readForm(ctx: Context): Promise<Readonly<Record<string, string>>> {
  if (!ctx.is('application/x-www-form-urlencoded')) throw new Problem('invalid', 'form-expected');
  return Object.fromEntries(new URLSearchParams((await readBytes(ctx, MAX_FORM_BYTES, 'body-too-large')).toString('utf8')));
}

/** PostgreSQL keeps no NUL and no half of a character (PostgreSQL 18, 8.14 JSON Types). */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return depth < MAX_DEPTH && Object.entries(value).every(([key, item]) => isStorable(key, depth) && isStorable(item, depth + 1));
}

/** Keeps no more than `maxBytes`; whatever comes after is let pass without being kept, so that the refusal can still be read. */
export async function readBytes(ctx: Context, maxBytes: number, code: string): Promise<Buffer> {
  const { req } = ctx;
  const refuse = (): Problem => {
    letPass(req);
    return new Problem('invalid', code, { maxBytes });
  };
  if (Number(ctx.get('content-length') || '0') > maxBytes) throw refuse();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const keep = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      req.off('data', keep);
      chunks.length = 0;
      reject(refuse());
    };
    req.on('data', keep);
    req.once('end', () => resolve(Buffer.concat(chunks)));
    // The visitor went away; nobody reads this answer.
    req.once('error', (cause) => reject(new Problem('invalid', 'request-invalid', { fields: [] }, { cause })));
  });
}

/** A connection cut while the visitor still writes would take our answer with it; one that never stops writing is cut in the end. */
function letPass(req: IncomingMessage): void {
  req.resume();
  const timer = setTimeout(() => req.destroy(), LET_PASS_MS);
  timer.unref();
  req.once('close', () => clearTimeout(timer));
}
