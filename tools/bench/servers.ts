// Starts the server processes of a measurement, gives them orders and takes them down again.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Worked } from './orders.ts';

export interface Servers {
  /** Gives the n-th order to the n-th server, all at once; answers in the same order. */
  readonly tell: (orders: readonly Order[]) => Promise<readonly Worked[]>;
  readonly close: () => Promise<void>;
}

/** @param profileFolder each process writes a CPU profile there when it ends */
export async function startServers(ownerUrl: string, count: number, connections: number, profileFolder?: string): Promise<Servers> {
  const execArgv = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const children = Array.from({ length: count }, () => fork(join(import.meta.dirname, 'server.ts'), { execArgv }));
  await Promise.all(children.map((child) => ask(child, { kind: 'open', ownerUrl, connections })));
  return {
    tell: (orders) => Promise.all(orders.map((order, index) => ask(children[index] as ChildProcess, order) as Promise<Worked>)),
    close: async () => {
      await Promise.all(
        children.map(async (child) => {
          if (!child.connected) return; // it died, and whoever asked it knows
          const ended = once(child, 'exit');
          await ask(child, { kind: 'close' });
          await ended;
        }),
      );
    },
  };
}

async function ask(child: ChildProcess, order: Order): Promise<unknown> {
  const gone = new AbortController();
  const exit = once(child, 'exit', { signal: gone.signal }).then(([code]) => ({ failed: `the server process ended with ${String(code)}` }));
  exit.catch(() => undefined);
  const reply = once(child, 'message').then(([message]) => message as { readonly answer?: unknown; readonly failed?: string });
  child.send(order);
  const message = await Promise.race([reply, exit]);
  gone.abort();
  if (message.failed !== undefined) throw new Error(message.failed);
  return 'answer' in message ? message.answer : undefined;
}
