// Simulated eSSL: SOAP by the National standard's interface, numbers of its own, files with states, events told back in batches.
import Router from '@koa/router';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import { html, inOrder, showPage, showTime, table } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { firstElement, soapEnvelope } from '../soap.ts';
import { parseUntrustedXml, XmlRefused } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { esslActs } from './simulator-acts.ts';
import type { EsslCore } from './simulator-events.ts';
import { operations } from './simulator-operations.ts';
import { applyEsslEvent, emptyState, type KeptDocument } from './simulator-state.ts';

export const demoEssl = { user: 'portal', password: 'demo-essl-heslo', source: 'PORTAL', target: 'ESSL' };
const MAX_REQUEST = 60_000_000;

export function createEsslSimulator(options: SimulatorOptions): Simulator {
  const journal = journaled(options.store, emptyState(), applyEsslEvent);
  const core: EsslCore = { ...options, state: journal.state, record: journal.record };
  return {
    name: 'essl',
    title: 'Spisová služba',
    description: 'Dokumenty a spisy, které úřad zapsal do spisové služby.',
    middleware: inOrder(pages(core), service(core)),
    ledger: () => ({
      documents: [...core.state.documents.values()].map(({ dispatches = [], state = 'nevyrizen', changes = 0, ...document }) => ({
        ...document,
        files: [...document.files],
        dispatches: dispatches.map((sent) => ({ ...sent, deliveredOn: sent.deliveredOn ?? null })),
        state,
        changes,
      })),
      files: [...core.state.files.values()].map((file) => ({ ...file, documents: [...file.documents] })),
    }),
    control: esslActs(core),
    operations: Object.keys(operations),
    accounts: [{ label: 'Spisová služba', value: `${demoEssl.user} / ${demoEssl.password}` }],
    close: () => options.store.close(),
  };
}

function service(core: EsslCore): Router {
  const router = new Router();
  router.post('/ermsAPI', async (ctx) => {
    const expected = `Basic ${Buffer.from(`${demoEssl.user}:${demoEssl.password}`).toString('base64')}`;
    if (ctx.get('Authorization') !== expected) {
      ctx.status = 401;
      return;
    }
    const request = bodyOf(await readBody(ctx, MAX_REQUEST));
    const name = request?.localName?.replace(/Request$/, '') ?? '';
    const operation = operations[name];
    if (!request || !operation) return fault(ctx, 'Neznámá operace');
    await underFaults(ctx, core.faults, name, async () => {
      ctx.type = 'text/xml; charset=utf-8';
      ctx.body = soapEnvelope(await operation(core, request), 'soap');
    });
  });
  return router;
}

function bodyOf(bytes: Buffer): Element | undefined {
  try {
    const root = parseUntrustedXml(bytes.toString('utf8'), { maxBytes: MAX_REQUEST }).documentElement ?? undefined;
    return root?.localName === 'Envelope' ? firstElement(firstElement(root, 'Body')) : undefined;
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
}

function fault(ctx: Context, words: string): void {
  ctx.status = 500;
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = soapEnvelope(`<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${words}</faultstring></soap:Fault>`, 'soap');
}

function pages(core: EsslCore): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    const documents = [...core.state.documents.values()].toReversed();
    const rows = documents.map((document) => [
      document.number,
      document.title,
      document.fileId === null ? '' : (core.state.files.get(document.fileId)?.mark ?? ''),
      showTime(document.createdAt),
      sendings(document),
    ]);
    const files = [...core.state.files.values()]
      .toReversed()
      .map(({ mark, title, state, documents: inside }) => [mark, title, state, inside.length]);
    const body =
      rows.length === 0
        ? html`<p>Úřad sem zatím nic nezapsal.</p>`
        : html`${table('Podací deník', ['Číslo jednací', 'Název', 'Spis', 'Zapsáno', 'Vypravení'], rows)}
          ${table('Spisy', ['Značka', 'Název', 'Stav', 'Dokumentů'], files)}`;
    showPage(ctx, { title: 'Spisová služba', body });
  });
  return router;
}

const sendings = ({ dispatches = [] }: KeptDocument): string =>
  dispatches.map(({ way, state, deliveredOn }) => `${way}: ${state}${deliveredOn ? ` ${deliveredOn}` : ''}`).join(', ');
