// The server as a child of `npm start`: started, waited for, stopped, and never left behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

export type ServerProcess = {
  readonly url: string;
  /** What to show people: addresses and the demo's persons. */
  readonly lines: readonly string[];
  /** Settles with the exit code when the server has ended, whoever ended it. */
  readonly ended: Promise<number>;
  /** Asks it to end; a second call does not wait any longer. */
  readonly stop: () => void;
};

const readyMessage = z.object({ kind: z.literal('ready'), url: z.string(), lines: z.array(z.string()).readonly().default([]) });

/** `watch` starts it anew on every change of its sources. Rejects when it ends before it is ready. */
export async function startServer(settings: Readonly<Record<string, string>>, watch: boolean): Promise<ServerProcess> {
  const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
  // In its own process group: Ctrl-C reaches only the starter, which ends things in their order. The channel tells the server when the starter dies.
  const options = { env: { ...process.env, ...settings }, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] } as const;
  const child = spawn(process.execPath, ['--disable-proto=delete', ...(watch ? ['--watch', '--watch-preserve-output'] : []), main], {
    ...options,
    stdio: [...options.stdio],
  });
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  let asked = false;
  const stop = (): void => {
    child.kill(asked ? 'SIGKILL' : 'SIGTERM');
    asked = true;
  };
  const ready = new Promise<z.infer<typeof readyMessage>>((resolve) => {
    child.on('message', (message) => {
      const parsed = readyMessage.safeParse(message);
      if (parsed.success) resolve(parsed.data);
    });
  });
  const first = await Promise.race([ready, ended]);
  if (typeof first === 'number') throw new ServerEnded(first);
  return { url: first.url, lines: first.lines, ended, stop };
}

/** The server has already said why in its log. */
export class ServerEnded extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`the server ended with code ${code} before it was ready`);
    this.code = code;
  }
}
