// The simulated outside of a demo town ("Zkušební svět"): all simulators under one address, one clock, faults by hand, and a door for tests.
// For demonstrations and tests only; a real town never mounts it.
import { join } from 'node:path';
import type { Middleware } from 'koa';
import { createFaultPlan } from '../integrations/fault-plan.ts';
import type { TransferOut } from '../integrations/gopay/simulator.ts';
import type { NiaSimulatorOptions } from '../integrations/nia/simulator.ts';
import type { OfficerLoginSimulatorOptions } from '../integrations/officer-login/simulator.ts';
import { createFileStore } from '../integrations/simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../integrations/simulator.ts';
import { createDemoClock } from '../platform/clock.ts';
import { createControl } from './control.ts';
import { mount } from './mount.ts';
import { createWorldPage } from './page.ts';
import type { WorldClock, WorldPart } from './parts.ts';
import {
  createBankSimulator,
  createEconomySimulator,
  createCityPoliceSimulator,
  createGopaySimulator,
  createIsdsSimulator,
  createMailSimulator,
  createNiaSimulator,
  createOfficerLoginSimulator,
  createSmsSimulator,
} from './simulators.ts';

export type { WorldClock, WorldPart } from './parts.ts';

export interface WorldOptions {
  /** As browsers see it, with the path and without a trailing slash: `http://127.0.0.1:8080/zkusebni-svet`. */
  readonly baseUrl: string;
  /** Folder of the journals; survives restarts and kill -9. */
  readonly dataDir: string;
  /** Shared with the town: JSON `{ "offsetMs": number }`. */
  readonly clockFile: string;
  /** Port of the simulated mail server, 0 = any free one. */
  readonly smtpPort: number;
  /** Link to the town, shown on the page. */
  readonly townUrl: string;
  /** Milliseconds from sending a data message into the recipient's box, default 1 000. */
  readonly deliverMs?: number;
  /** Absent = not simulated here. */
  readonly nia?: Omit<NiaSimulatorOptions, keyof SimulatorOptions>;
  readonly officerLogin?: Omit<OfficerLoginSimulatorOptions, keyof SimulatorOptions>;
}

export interface World {
  /** Answers paths under the path of `baseUrl`; lets the others pass. */
  readonly middleware: Middleware;
  readonly parts: readonly WorldPart[];
  readonly smtpPort: number;
  close(): Promise<void>;
}

type Factory = (options: SimulatorOptions) => Simulator;

/** The gateway's own account at the simulated bank. */
const GATEWAY = { from: '2700000000/2010', payerName: 'Platební brána' } as const;

export async function createWorld(options: WorldOptions): Promise<World> {
  const clock = createWorldClock(options.clockFile);
  const stores: { close(): Promise<void> }[] = [];
  const part = (name: string, create: Factory): WorldPart => {
    const plan = createFileStore(join(options.dataDir, `${name}.faults.jsonl`));
    stores.push(plan);
    const faults = createFaultPlan(plan, clock);
    const baseUrl = `${options.baseUrl}/${name}`;
    const store = createFileStore(join(options.dataDir, `${name}.jsonl`));
    return { simulator: create({ baseUrl, store, clock, faults }), faults, baseUrl };
  };
  const { nia, officerLogin, deliverMs } = options;
  let listening: Promise<number> = Promise.resolve(0);
  const bank = part('bank', (given) => createBankSimulator(given));
  // What a gateway has collected comes to the town's account as one transfer.
  const transferOut: TransferOut = async (sent) => {
    await bank.simulator.control?.['transfer']?.({ ...GATEWAY, amount: sent.amount, vs: sent.variableSymbol, message: sent.message });
  };
  const parts = [
    part('isds', (given) => createIsdsSimulator({ ...given, ...(deliverMs === undefined ? {} : { deliverMs }) })),
    bank,
    part('gopay', (given) => createGopaySimulator({ ...given, transferOut })),
    part('economy', (given) => createEconomySimulator(given)),
    part('city-police', (given) => createCityPoliceSimulator(given)),
    part('mail', (given) => {
      const simulator = createMailSimulator({ ...given, smtpPort: options.smtpPort });
      listening = simulator.listening;
      return simulator;
    }),
    part('sms', (given) => createSmsSimulator(given)),
    ...(nia ? [part('nia', (given) => createNiaSimulator({ ...given, ...nia }))] : []),
    ...(officerLogin ? [part('oidc', (given) => createOfficerLoginSimulator({ ...given, ...officerLogin }))] : []),
  ];
  const context = { baseUrl: options.baseUrl, townUrl: options.townUrl, clock, parts };
  const prefix = new URL(options.baseUrl).pathname.replace(/\/$/, '');
  const rooms = parts.map(({ simulator, baseUrl }) => mount(new URL(baseUrl).pathname, simulator.middleware));
  return {
    middleware: mountAll([...rooms, mount(`${prefix}/ovladani`, createControl(context)), mount(prefix, createWorldPage(context))]),
    parts,
    smtpPort: await listening,
    close: async () => {
      for (const { simulator } of parts) await simulator.close();
      for (const store of stores) await store.close();
    },
  };
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
