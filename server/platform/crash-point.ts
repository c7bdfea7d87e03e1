// Named places at which a campaign lets the process die as if by kill -9, to prove that nothing is lost or doubled there. In a real town no place is ever armed.

/** `before-commit:` and `after-commit:` are followed by the name of a command, `performed:` and `recorded:` by that of an effect. */
export type CrashPoint =
  | `${'before-commit' | 'after-commit'}:${string}`
  | `${'claimed' | 'performed' | 'recorded'}:${string}`
  | `${'polled' | 'kept'}:${string}`
  | `${'processing' | 'processed'}:${string}`
  | 'rendered'
  | 'document-kept'
  | 'gateway-asked'
  | 'gateway-kept'
  | 'head-signed';

interface Armed {
  readonly point: string;
  left: number;
}
let armed: Armed | undefined;

/** `point#n` dies when the point is reached for the n-th time (default the first). */
export function armCrash(at: string | undefined): void {
  if (at === undefined) return;
  const [point = '', times = '1'] = at.split('#');
  armed = { point, left: Number(times) };
}

/** Does nothing unless this very point is armed. */
export function reach(point: CrashPoint): void {
  if (armed?.point !== point) return;
  armed.left -= 1;
  if (armed.left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  for (;;); // not one more statement, should the signal take a moment
}
