// Completed tasks per second through the whole corridor: lock, form, engine recovered from the row, journal, rows of waits, outbox, commit.
// User tasks are completed by officers, service tasks by the jobs: claimed, performed, answered. Both are counted; each is a command and a commit of its own.
import { postgresCpuMs } from './cpu.ts';
import { copyCase } from './crowd.ts';
import { walk } from './engine.ts';
import { percentile, type Figure } from './figures.ts';
import type { Office } from './office.ts';
import type { Desk, Worked } from './orders.ts';
import { startServers, type Servers } from './servers.ts';
import { SIZES, type Size } from './situation.ts';

/** Where the measurements work. */
export interface Place {
  readonly office: Office;
  readonly ownerUrl: string;
  /** Of the PostgreSQL cluster. */
  readonly dataFolder: string;
  readonly profileFolder?: string;
}
interface Load {
  readonly size: Size;
  readonly servers: number;
  /** User tasks a second over all servers; without it as many as 16 officers can. */
  readonly perSecond?: number;
}

const OFFICERS = 16;
const WARM_UP_MS = 5_000;
const MEASURED_MS = 4_000;
/** More user tasks than any machine of ours completes in that time; a case brings at least four. */
const CASES_PER_SECOND = 500;

export async function measureCorridor(place: Place): Promise<readonly Figure[]> {
  const [small, middle, large] = SIZES as readonly [Size, Size, Size];
  const one = await underLoad(place, { size: small, servers: 1 });
  const half = await underLoad(place, { size: small, servers: 1, perSecond: one.userTasks / 2 });
  const two = await underLoad(place, { size: small, servers: 2 });
  const four = await underLoad(place, { size: small, servers: 4 });
  const at72 = await underLoad(place, { size: middle, servers: 1 });
  const at282 = await underLoad(place, { size: large, servers: 1 });
  const rate = (name: string, measured: Measured, reference: string): Figure => ({ name, value: measured.tasks, unit: '1/s', reference });
  const ms = (name: string, value: number): Figure => ({ name, value, unit: 'ms' });
  return [
    rate('corridor.tasks_per_second', one, 'postgres.commits_per_second'),
    rate('corridor.tasks_per_second.2_servers', two, 'corridor.tasks_per_second'),
    rate('corridor.tasks_per_second.4_servers', four, 'corridor.tasks_per_second'),
    rate(`corridor.tasks_per_second.${middle.nodes}_nodes`, at72, 'corridor.tasks_per_second'),
    rate(`corridor.tasks_per_second.${large.nodes}_nodes`, at282, 'corridor.tasks_per_second'),
    { name: 'corridor.user_tasks_per_second', value: one.userTasks, unit: '1/s' },
    ms('corridor.p50_ms', one.p50),
    ms('corridor.p99_ms', one.p99),
    ms('corridor.p50_ms.half_load', half.p50),
    ms('corridor.p99_ms.half_load', half.p99),
    ms('corridor.server_cpu_ms_per_task', one.serverCpuMs),
    ms('corridor.postgres_cpu_ms_per_task', one.postgresCpuMs),
    ms(`corridor.server_cpu_ms_per_task.${large.nodes}_nodes`, at282.serverCpuMs),
  ];
}

export interface Measured {
  /** User and service tasks completed a second. */
  readonly tasks: number;
  readonly userTasks: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU for each task, user and service alike; the officers' share is in the server's. */
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number;
}

export async function underLoad(place: Place, load: Load): Promise<Measured> {
  const officers = Math.max(1, Math.round(OFFICERS / load.servers));
  const servers = await startServers(place.ownerUrl, load.servers, officers + 4, place.profileFolder);
  try {
    await complete(place, servers, load, WARM_UP_MS);
    const before = postgresCpuMs(place.dataFolder);
    const worked = await complete(place, servers, load, MEASURED_MS);
    return summed(worked, postgresCpuMs(place.dataFolder) - before);
  } finally {
    await servers.close();
  }
}

async function complete({ office, ownerUrl }: Place, servers: Servers, load: Load, milliseconds: number): Promise<readonly Worked[]> {
  const executions = await walk(load.size);
  const officers = Math.max(1, Math.round(OFFICERS / load.servers));
  const model = await office.file(load.size);
  const cases = await copyCase(ownerUrl, model, Math.ceil((CASES_PER_SECOND * milliseconds) / 1_000));
  const pace = load.perSecond === undefined ? {} : { perSecond: load.perSecond / load.servers };
  return servers.tell(
    Array.from({ length: load.servers }, (_, server) => {
      const desk: Desk = { officer: office.officer, executions, cases: cases.filter((_id, index) => index % load.servers === server) };
      return { kind: 'complete', desk, officers, milliseconds, ...pace };
    }),
  );
}

function summed(worked: readonly Worked[], postgresCpu: number): Measured {
  const samples = worked.flatMap((one) => one.samples);
  const sum = (of: (one: Worked) => number): number => worked.reduce((total, one) => total + of(one), 0);
  const seconds = Math.max(...worked.map((one) => one.wallMs)) / 1_000;
  const tasks = samples.length + sum((one) => one.answered);
  return {
    tasks: tasks / seconds,
    userTasks: samples.length / seconds,
    p50: percentile(samples, 0.5),
    p99: percentile(samples, 0.99),
    serverCpuMs: sum((one) => one.cpuMs) / tasks,
    postgresCpuMs: postgresCpu / tasks,
  };
}
