// Simulated ISDS: SOAP under /DS, pages where a person reads and writes data messages. Keeps its boxes in the journal.
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { firstElement } from '../soap.ts';
import { parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { answer } from './simulator-answers.ts';
import { controls, ledger } from './simulator-controls.ts';
import { createIsdsCore } from './simulator-core.ts';
import type { IsdsCore } from './simulator-core.ts';
import { demoBoxes } from './simulator-boxes.ts';
import { operations } from './simulator-operations.ts';
import { createIsdsPages } from './simulator-pages.ts';
import type { SimulatedBox } from './simulator-state.ts';

export { demoBoxes, portalBox, townBox } from './simulator-boxes.ts';
export type { SimulatedBox } from './simulator-state.ts';

export interface IsdsSimulatorOptions extends SimulatorOptions {
  /** Default: the demo town, its portal and three citizens. */
  readonly boxes?: readonly SimulatedBox[];
  /** Milliseconds from submission into the recipient's box, default 1 000. */
  readonly deliverMs?: number;
  /** Answer 3008 to a request that comes while another of the same account is running. Default false. */
  readonly refusesParallel?: boolean;
}

const MAX_REQUEST_BYTES = 40_000_000;

export interface IsdsSimulator extends Simulator {
  /** PEM of the authority behind its seal; the town that lists it among `trustedCertificates` believes its signed messages. */
  readonly authorityPem: string;
}

export function createIsdsSimulator(options: IsdsSimulatorOptions): IsdsSimulator {
  const deliverMs = options.deliverMs ?? 1000;
  const core = createIsdsCore(options, options.boxes ?? demoBoxes, { stampMs: Math.min(300, deliverMs), deliverMs });
  const pages = createIsdsPages(core, options.baseUrl);
  const running = new Set<string>();
  return {
    name: 'isds',
    authorityPem: core.seal.authorityPem,
    title: 'Datové schránky',
    description: 'Přečtěte zprávy ve schránkách, přihlaste se za občana, napište úřadu.',
    middleware: async (ctx, next) => {
      const service = /^\/DS\/(\w+)$/.exec(ctx.path)?.[1];
      const table = service === undefined ? undefined : operations[service];
      if (!table || ctx.method !== 'POST') return pages(ctx, next);
      const box = authenticated(ctx, core);
      if (!box) {
        ctx.status = 401;
        ctx.set('WWW-Authenticate', 'Basic realm="ISDS"');
        return;
      }
      const request = readRequest((await readBody(ctx, MAX_REQUEST_BYTES)).toString('utf8'));
      const name = request?.localName ?? 'Unknown';
      await underFaults(ctx, options.faults, name, async (twice) => {
        ctx.type = 'text/xml; charset=utf-8';
        if (options.refusesParallel && running.has(box.id)) return void (ctx.body = answer(name, '3008'));
        running.add(box.id);
        const operation = table[name];
        try {
          ctx.body = request && operation ? await operation({ core, box, request, twice }) : answer(name, '2006');
        } finally {
          running.delete(box.id);
        }
      });
    },
    ledger: () => ledger(core),
    control: controls(core),
    operations: Object.values(operations).flatMap((table) => Object.keys(table)),
    accounts: core.boxes.map((box) => ({
      label: `Datová schránka: ${box.name}`,
      value: `${box.id}, přihlášení ${box.user} / ${box.password}`,
    })),
    close: () => options.store.close(),
  };
}

function authenticated(ctx: Context, core: IsdsCore): SimulatedBox | undefined {
  const encoded = /^Basic (.+)$/i.exec(ctx.get('authorization'))?.[1] ?? '';
  const login = Buffer.from(encoded, 'base64').toString('utf8');
  return core.boxes.find((box) => login === `${box.user}:${box.password}`);
}

function readRequest(text: string): Element | undefined {
  const root = parseUntrustedXml(text, { maxBytes: MAX_REQUEST_BYTES }).documentElement;
  return root?.localName === 'Envelope' ? firstElement(firstElement(root, 'Body')) : undefined;
}
