// Files of the address register: one CSV of a municipality, a folder of them, or the state's ZIP of all, read one municipality at a time.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Unzip, UnzipInflate } from 'fflate';
import iconv from 'iconv-lite';
import { HEADER_START, readAddressLine, type AddressRow } from '../../server/domain/addresses/index.ts';

export interface ReadFile {
  readonly name: string;
  readonly hash: string;
  readonly rows: readonly AddressRow[];
  /** Sentences with the number of the line; a file with any of them is not imported. */
  readonly problems: readonly string[];
}

const MOST_PROBLEMS = 5;

/** Yields each CSV in turn; memory holds one municipality. */
export async function* readAddressFiles(path: string): AsyncGenerator<ReadFile> {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) if (/\.(csv|zip)$/i.test(name)) yield* readAddressFiles(join(path, name));
    return;
  }
  if (!/\.zip$/i.test(path)) return yield readCsv(basename(path), readFileSync(path));
  for await (const entry of entriesOf(path)) yield readCsv(entry.name, entry.bytes);
}

/** Windows-1250 as the state publishes it; UTF-8 is known by its mark or by a header that reads well. */
export function readCsv(name: string, bytes: Uint8Array): ReadFile {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const utf8 = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const text = utf8.startsWith(HEADER_START) ? utf8 : iconv.decode(Buffer.from(bytes), 'win1250');
  const [header = '', ...lines] = text.split(/\r?\n/);
  if (!header.startsWith(HEADER_START)) return { name, hash, rows: [], problems: [`řádek 1: chybí hlavička „${HEADER_START}…“`] };
  const rows: AddressRow[] = [];
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const read = readAddressLine(line);
    if (typeof read !== 'string') rows.push(read);
    else if (problems.length < MOST_PROBLEMS) problems.push(`řádek ${index + 2}: ${read}`);
  }
  if (problems.length === 0 && new Set(rows.map(({ municipalityCode }) => municipalityCode)).size > 1) problems.push('soubor má více obcí');
  return { name, hash, rows, problems };
}

/** Entries of a ZIP as they come, never the whole archive at once. */
async function* entriesOf(path: string): AsyncGenerator<{ readonly name: string; readonly bytes: Uint8Array }> {
  const ready: { name: string; bytes: Uint8Array }[] = [];
  let failure: Error | undefined;
  const unzip = new Unzip((file) => {
    if (!/\.csv$/i.test(file.name)) return;
    const parts: Uint8Array[] = [];
    file.ondata = (error, chunk, isLast) => {
      if (error) failure = error;
      else parts.push(chunk);
      if (isLast) ready.push({ name: basename(file.name), bytes: Buffer.concat(parts) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>) {
    unzip.push(chunk);
    if (failure) throw failure;
    while (ready[0]) yield ready.shift() as (typeof ready)[number];
  }
  unzip.push(new Uint8Array(0), true);
  yield* ready;
}
