// The peer's own process: workflows of so many durable steps, as many at once as there are officers in our measurements. Started by peers.ts.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PeerAnswer, PeerOrder } from './peers.ts';
import { conclusion } from './situation.ts';

/** The part of its interface that is used here. */
interface Dbos {
  setConfig(config: { readonly name: string; readonly systemDatabaseUrl: string; readonly logLevel: string }): void;
  registerWorkflow<T>(work: () => Promise<T>, options: { readonly name: string }): () => Promise<T>;
  runStep<T>(work: () => Promise<T>, options: { readonly name: string }): Promise<T>;
  launch(): Promise<void>;
}

const require = createRequire(join(process.argv[2] ?? '', 'package.json'));
const { DBOS } = (await import(pathToFileURL(require.resolve('@dbos-inc/dbos-sdk')).href)) as { readonly DBOS: Dbos };

let workflow: (() => Promise<void>) | undefined;
async function opened({ url, steps }: PeerOrder): Promise<() => Promise<void>> {
  if (workflow) return workflow;
  DBOS.setConfig({ name: 'mereni', systemDatabaseUrl: url, logLevel: 'error' });
  workflow = DBOS.registerWorkflow(
    async () => {
      for (let step = 1; step <= steps; step += 1) await DBOS.runStep(async () => conclusion, { name: `krok-${step}` });
    },
    { name: 'mereni' },
  );
  await DBOS.launch();
  return workflow;
}

async function obey(order: PeerOrder): Promise<PeerAnswer> {
  const run = await opened(order);
  const [cpu, begun] = [process.cpuUsage(), performance.now()];
  let done = 0;
  const one = async (): Promise<void> => {
    for (; performance.now() - begun < order.milliseconds; done += 1) await run();
  };
  await Promise.all(Array.from({ length: order.atOnce }, one));
  const used = process.cpuUsage(cpu);
  return { steps: done * order.steps, cpuMs: (used.user + used.system) / 1_000, wallMs: performance.now() - begun };
}

process.on('message', (order: PeerOrder) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
