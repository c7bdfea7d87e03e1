// Puts one simulator behind a real HTTP server on a free port, with a clock and faults the test holds in its hands.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createFaultPlan } from '../../server/integrations/fault-plan.ts';
import type { FaultPlan } from '../../server/integrations/fault-plan.ts';
import { createMemoryStore } from '../../server/integrations/simulator-store.ts';
import type { SimulatorStore } from '../../server/integrations/simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../../server/integrations/simulator.ts';

export interface TestClock {
  now(): Date;
  forward(milliseconds: number): void;
}

export function testClock(start = '2026-03-02T09:00:00+01:00'): TestClock {
  let at = Date.parse(start);
  return { now: () => new Date(at), forward: (milliseconds) => void (at += milliseconds) };
}

export interface SimulatedServer<Kind extends Simulator = Simulator> {
  readonly simulator: Kind;
  readonly baseUrl: string;
  readonly faults: FaultPlan;
  readonly clock: TestClock;
  /** Calls an action the way a person's click does. */
  act(action: string, input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export async function serve<Kind extends Simulator>(
  create: (options: SimulatorOptions) => Kind,
  given: { readonly store?: SimulatorStore; readonly clock?: TestClock } = {},
): Promise<SimulatedServer<Kind>> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = given.clock ?? testClock();
  const faults = createFaultPlan(createMemoryStore(), clock);
  const simulator = create({ baseUrl, store: given.store ?? createMemoryStore(), clock, faults });
  const app = new Koa();
  app.use(simulator.middleware);
  server.on('request', app.callback());
  return {
    simulator,
    baseUrl,
    faults,
    clock,
    act: async (action, input) => {
      const control = simulator.control?.[action];
      if (!control) throw new Error(`no action ${action}`);
      return control(input);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await simulator.close();
    },
  };
}
