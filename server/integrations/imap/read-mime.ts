// A mail message from outside as MIME says it, within limits. Read in a thread of its own: a message made to be slow holds up nobody, and is given up.
import { Worker } from 'node:worker_threads';
import { LIMITS, tooMuchIn, type MimeTrouble } from './mime-limits.ts';
import type { ReadMime } from './mime-thread.ts';

export type { MimePart, ReadMime } from './mime-thread.ts';

/** Last resort behind the limits above. */
const PATIENCE_MS = 20_000;
const MEMORY_MB = 512;

export { LIMITS, type MimeTrouble } from './mime-limits.ts';

/** Given where signatures are to be verified. */
export interface Signatures {
  /** PEM of authorities that are believed; may be empty. */
  readonly trustedAuthorities: readonly string[];
  readonly at: Date;
}

export async function readMime(raw: Uint8Array, signatures?: Signatures): Promise<ReadMime | { readonly trouble: MimeTrouble }> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const trouble = tooMuchIn(bytes);
  if (trouble) return { trouble };
  const answer = await inThread(bytes, signatures);
  if ('trouble' in answer) return answer;
  return answer.parts.length > LIMITS.parts ? { trouble: 'too-many-parts' } : answer;
}

function inThread(bytes: Buffer, signatures: Signatures | undefined): Promise<ReadMime | { readonly trouble: MimeTrouble }> {
  return new Promise((resolve) => {
    const copy = new Uint8Array(bytes);
    const thread = new Worker(new URL('./mime-thread.ts', import.meta.url), {
      workerData: { raw: copy, signatures },
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
