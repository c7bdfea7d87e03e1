// Simulated ISDS: SOAP under /DS and the paths of certificates, pages where a person reads and writes data messages. Keeps its boxes in the journal.
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { demoBoxes } from './simulator-boxes.ts';
import { controls, ledger } from './simulator-controls.ts';
import { createIsdsCore } from './simulator-core.ts';
import type { Limits } from './simulator-core.ts';
import { enterDoor } from './simulator-door.ts';
import type { Door, KnownCertificate } from './simulator-door.ts';
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
  /** Attachments in bytes; default as in production: 20 MB, large messages from 18 MB to 100 MB. */
  readonly limits?: Limits;
  /** Client certificates that it knows, where it is served over TLS. */
  readonly certificates?: readonly KnownCertificate[];
}

export interface IsdsSimulator extends Simulator {
  /** PEM of the authority behind its seal; the town that lists it among `trustedCertificates` believes its signed messages. */
  readonly authorityPem: string;
}

const MB = 1024 * 1024;
const PRODUCTION: Limits = { ordinary: 20 * MB, bigFrom: 18 * MB, largest: 100 * MB };

export function createIsdsSimulator(options: IsdsSimulatorOptions): IsdsSimulator {
  const deliverMs = options.deliverMs ?? 1000;
  const core = createIsdsCore(options, {
    boxes: options.boxes ?? demoBoxes,
    timing: { stampMs: Math.min(300, deliverMs), deliverMs },
    limits: options.limits ?? PRODUCTION,
  });
  const pages = createIsdsPages(core, options.baseUrl);
  const door: Door = {
    core,
    options,
    certificates: options.certificates ?? [],
    refusesParallel: options.refusesParallel ?? false,
    running: new Set(),
  };
  return {
    name: 'isds',
    title: 'Datové schránky',
    description: 'Přečtěte zprávy ve schránkách, přihlaste se za občana, napište úřadu.',
    authorityPem: core.seal.authorityPem,
    middleware: async (ctx, next) => {
      if (!(await enterDoor(ctx, door, operations))) await pages(ctx, next);
    },
    ledger: () => ledger(core),
    control: controls(core),
    operations: Object.values(operations).flatMap((table) => Object.keys(table)),
    accounts: [
      ...core.boxes.map((box) => ({
        label: `Datová schránka: ${box.name}`,
        value: `${box.id}, přihlášení ${box.user} / ${box.password}`,
      })),
      { label: 'Certifikát autority pečetí', value: `${options.baseUrl}/autorita.pem` },
    ],
    close: () => options.store.close(),
  };
}
