// What no honest message needs more of.
export const LIMITS = { parts: 500, lines: 1_500_000, depth: 20, headerBytes: 262_144 } as const;

export type MimeTrouble = 'too-many-parts' | 'too-many-lines' | 'too-deep' | 'headers-too-large' | 'unreadable' | 'too-slow';

/** Looked at before anything is taken apart. */
export function tooMuchIn(bytes: Buffer): MimeTrouble | undefined {
  if (count(bytes, '\n', LIMITS.lines) > LIMITS.lines) return 'too-many-lines';
  // Each boundary begins a line with two hyphens; so do signatures and tables in texts, hence the generous limit.
  return count(bytes, '\n--', LIMITS.parts * 4) > LIMITS.parts * 4 ? 'too-many-parts' : undefined;
}

/** Stops counting one past the limit. */
function count(bytes: Buffer, what: string, limit: number): number {
  let found = 0;
  for (let at = bytes.indexOf(what); at >= 0 && found <= limit; at = bytes.indexOf(what, at + what.length)) found += 1;
  return found;
}
