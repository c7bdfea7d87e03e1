// A mail message from outside as MIME says it, within limits. Read in a thread of its own: a message made to be slow holds up nobody, and is given up.
import { Worker } from 'node:worker_threads';
import type { ReadMime } from './mime-thread.ts';

export type { MimePart, ReadMime } from './mime-thread.ts';

/** What no honest message needs more of. */
export const LIMITS = { parts: 500, lines: 1_500_000, depth: 20, headerBytes: 262_144 } as const;
/** Last resort behind the limits above. */
const PATIENCE_MS = 20_000;
const MEMORY_MB = 512;

export type MimeTrouble = 'too-many-parts' | 'too-many-lines' | 'too-deep' | 'headers-too-large' | 'unreadable' | 'too-slow';

export async function readMime(raw: Uint8Array): Promise<ReadMime | { readonly trouble: MimeTrouble }> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (count(bytes, '\n', LIMITS.lines) > LIMITS.lines) return { trouble: 'too-many-lines' };
  // Each boundary begins a line with two hyphens; so do signatures and tables in texts, hence the generous limit.
  if (count(bytes, '\n--', LIMITS.parts * 4) > LIMITS.parts * 4) return { trouble: 'too-many-parts' };
  const answer = await inThread(bytes);
  if ('trouble' in answer) return answer;
  return answer.parts.length > LIMITS.parts ? { trouble: 'too-many-parts' } : answer;
}

function inThread(bytes: Buffer): Promise<ReadMime | { readonly trouble: MimeTrouble }> {
  return new Promise((resolve) => {
    const copy = new Uint8Array(bytes);
    const thread = new Worker(new URL('./mime-thread.ts', import.meta.url), {
      workerData: { raw: copy, depth: LIMITS.depth, headerBytes: LIMITS.headerBytes },
      transferList: [copy.buffer],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const patience = setTimeout(() => end({ trouble: 'too-slow' }), PATIENCE_MS);
    function end(answer: ReadMime | { readonly trouble: MimeTrouble }): void {
      clearTimeout(patience);
      resolve(answer);
      void thread.terminate();
    }
    thread.once('message', end);
    thread.once('error', () => end({ trouble: 'unreadable' }));
    thread.once('exit', () => end({ trouble: 'unreadable' }));
  });
}

/** Stops counting one past the limit. */
function count(bytes: Buffer, what: string, limit: number): number {
  let found = 0;
  for (let at = bytes.indexOf(what); at >= 0 && found <= limit; at = bytes.indexOf(what, at + what.length)) found += 1;
  return found;
}
