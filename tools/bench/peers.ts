// `--peers`: the same number of durable steps in @dbos-inc/dbos-sdk on the same PostgreSQL. It is no dependency of ours: it is installed on demand
// into a folder of its own in the user's cache. Its steps wait for nobody and check nothing; it is a reference for the price of being durable.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Place } from './corridor.ts';
import { postgresCpuMs } from './cpu.ts';
import type { Figure } from './figures.ts';
import { SIZES } from './situation.ts';

const PEER = '@dbos-inc/dbos-sdk';
const VERSION = '5.3.0';
const WARM_UP_MS = 1_500;
const MEASURED_MS = 4_000;
const AT_ONCE = 16;
/** User and service tasks of one stage of the measured process. */
const TASKS_A_STAGE = 3;

/** What the peer's process is told and what it answers. */
export interface PeerOrder {
  readonly url: string;
  readonly steps: number;
  readonly atOnce: number;
  readonly milliseconds: number;
}
export interface PeerAnswer {
  readonly steps: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

export async function measurePeers({ ownerUrl, dataFolder }: Place): Promise<readonly Figure[]> {
  const child = fork(join(import.meta.dirname, 'peer-dbos.ts'), [installed()], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  try {
    const ask = async (milliseconds: number): Promise<PeerAnswer> => {
      const steps = TASKS_A_STAGE * (SIZES[0]?.stages ?? 1);
      child.send({ url: ownerUrl, steps, atOnce: AT_ONCE, milliseconds } satisfies PeerOrder);
      const [answer] = (await Promise.race([once(child, 'message'), died(child)])) as [PeerAnswer];
      return answer;
    };
    await ask(WARM_UP_MS);
    const before = postgresCpuMs(dataFolder);
    const { steps, cpuMs, wallMs } = await ask(MEASURED_MS);
    const postgres = postgresCpuMs(dataFolder) - before;
    return [
      { name: 'peer.dbos.steps_per_second', value: (steps / wallMs) * 1_000, unit: '1/s', reference: 'corridor.tasks_per_second' },
      { name: 'peer.dbos.cpu_ms_per_step', value: cpuMs / steps, unit: 'ms', reference: 'corridor.server_cpu_ms_per_task' },
      { name: 'peer.dbos.postgres_cpu_ms_per_step', value: postgres / steps, unit: 'ms', reference: 'corridor.postgres_cpu_ms_per_task' },
    ];
  } finally {
    child.kill();
  }
}

async function died(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`the peer ended with ${code}`);
}

/** The folder it is installed in; npm is asked only the first time. */
function installed(): string {
  const folder = join(homedir(), '.cache', 'vyrizeno-bench', `dbos-${VERSION}`);
  if (existsSync(join(folder, 'node_modules', PEER, 'package.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  execFileSync('npm', ['install', '--save-exact', '--no-audit', '--no-fund', `${PEER}@${VERSION}`], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  return folder;
}
