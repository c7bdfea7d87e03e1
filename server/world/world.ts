// The simulated outside of a demo town ("Zkušební svět"): all simulators under one address, one clock, faults by hand, and a door for tests.
// For demonstrations and tests only; a real town never mounts it.
import { join } from 'node:path';
import type { Middleware } from 'koa';
import { createFaultPlan } from '../integrations/fault-plan.ts';
import { createFileStore, type SimulatorStore } from '../integrations/simulator-store.ts';
import { createDemoClock } from '../platform/clock.ts';
import { createControl } from './control.ts';
import { mount } from './mount.ts';
import { createWorldPage } from './page.ts';
import type { WorldClock, WorldGiven, WorldLogins, WorldPart } from './parts.ts';
import { simulatorRows, type SimulatorRow } from './simulators.ts';

export type { WorldClock, WorldPart } from './parts.ts';

export interface WorldOptions extends WorldLogins {
  /** As browsers see it, with the path and without a trailing slash: `http://127.0.0.1:8080/zkusebni-svet`. */
  readonly baseUrl: string;
  /** Folder of the journals; survives restarts and kill -9. */
  readonly dataDir: string;
  /** Shared with the town: JSON `{ "offsetMs": number }`. */
  readonly clockFile: string;
  /** Port of the simulated mail server, 0 = any free one. */
  readonly smtpPort: number;
  /** Ports of other simulators that listen beside HTTP, taken one after the other; any free one when they run out. */
  readonly ports?: number[];
  /** Link to the town, shown on the page. */
  readonly townUrl: string;
  /** Milliseconds from sending a data message into the recipient's box, default 1 000. */
  readonly deliverMs?: number;
}

export interface World {
  /** Answers paths under the path of `baseUrl`; lets the others pass. */
  readonly middleware: Middleware;
  readonly parts: readonly WorldPart[];
  readonly smtpPort: number;
  /** Port on which a simulator listens beside HTTP. Throws for one that does not. */
  port(simulator: string): number;
  /** Name and port of every simulator that listens beside HTTP. */
  ports(): readonly (readonly [simulator: string, port: number])[];
  /** PEM of the authority that a simulator has made for itself. Throws for one that has none. */
  authority(simulator: string): string;
  close(): Promise<void>;
}

/** The gateway's own account at the simulated bank. */
const GATEWAY = { from: '2700000000/2010', payerName: 'Platební brána' } as const;

export async function createWorld(options: WorldOptions): Promise<World> {
  const clock = createWorldClock(options.clockFile);
  const stores: SimulatorStore[] = [];
  const parts: WorldPart[] = [];
  const given: WorldGiven = {
    ...options,
    portFor: (name) => (name === 'mail' ? options.smtpPort : (options.ports?.shift() ?? 0)),
    shared: {},
    transferOut: async ({ amount, variableSymbol, message }) => {
      const bank = parts.find(({ simulator }) => simulator.name === 'bank')?.simulator;
      await bank?.control?.['transfer']?.({ ...GATEWAY, amount, vs: variableSymbol, message });
    },
  };
  for (const row of simulatorRows) {
    const part = openPart(row, { given, dataDir: options.dataDir, clock, stores });
    if (part) parts.push(part);
  }
  const ports = await listeningPorts(parts);
  const context = { baseUrl: options.baseUrl, townUrl: options.townUrl, clock, parts };
  const prefix = new URL(options.baseUrl).pathname.replace(/\/$/, '');
  const rooms = parts.map(({ simulator, baseUrl }) => mount(new URL(baseUrl).pathname, simulator.middleware));
  const port = (simulator: string): number => {
    const found = ports.get(simulator);
    if (found === undefined) throw new Error(`the simulator ${simulator} listens on no port of its own`);
    return found;
  };
  return {
    middleware: mountAll([...rooms, mount(`${prefix}/ovladani`, createControl(context)), mount(prefix, createWorldPage(context))]),
    parts,
    smtpPort: port('mail'),
    port,
    ports: () => [...ports],
    authority: (name) => {
      const pem = parts.find(({ simulator }) => simulator.name === name)?.simulator.authorityPem;
      if (pem === undefined) throw new Error(`the simulator ${name} has no authority`);
      return pem;
    },
    close: async () => {
      for (const { simulator } of parts) await simulator.close();
      for (const store of stores) await store.close();
    },
  };
}

interface PartGiven {
  readonly given: WorldGiven;
  readonly dataDir: string;
  readonly clock: WorldClock;
  /** Opened here, closed with the world. */
  readonly stores: SimulatorStore[];
}

function openPart({ name, create }: SimulatorRow, { given, dataDir, clock, stores }: PartGiven): WorldPart | undefined {
  const plan = createFileStore(join(dataDir, `${name}.faults.jsonl`));
  stores.push(plan);
  const faults = createFaultPlan(plan, clock);
  const baseUrl = `${given.baseUrl}/${name}`;
  const simulator = create({ baseUrl, store: createFileStore(join(dataDir, `${name}.jsonl`)), clock, faults }, given);
  return simulator && { simulator, faults, baseUrl };
}

async function listeningPorts(parts: readonly WorldPart[]): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const { simulator } of parts) if (simulator.listening) ports.set(simulator.name, await simulator.listening);
  return ports;
}

function mountAll(rooms: readonly Middleware[]): Middleware {
  return (ctx, next) => {
    const enter = (index: number): Promise<unknown> => {
      const room = rooms[index];
      return Promise.resolve(room ? room(ctx, () => enter(index + 1)) : next());
    };
    return enter(0);
  };
}

function createWorldClock(file: string): WorldClock {
  const clock = createDemoClock(file);
  return {
    now: clock.now,
    offsetMs: clock.offsetMs,
    forward: (milliseconds) => {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) throw new RangeError('time moves only forward');
      clock.moveTo(clock.offsetMs() + milliseconds);
    },
  };
}
