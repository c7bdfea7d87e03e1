// Simulated economic system of the town: takes accounting cases by their ids, never changes one, and says so when it already has it.
import { createHash } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import { inOrder, showMoney, showPage, html, table } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';

export const demoEconomyToken = 'ucetni-pripady-mesta-lipova';
const MAX_BYTES = 4_000_000;

const amount = z.number().int().nonnegative();
const document = z.object({
  id: z.uuid(),
  date: z.iso.date(),
  kind: z.string(),
  text: z.string(),
  stornoOf: z.uuid().nullable(),
  lines: z.array(z.object({ account: z.string(), debit: amount, credit: amount, variableSymbol: z.string() })).min(2),
});
type Document = z.output<typeof document>;
interface Batch {
  readonly accepted: number;
  readonly alreadyHad: number;
}
interface State {
  readonly documents: Map<string, { readonly hash: string; readonly document: Document; readonly batch: string }>;
  readonly batches: Map<string, Batch>;
}
interface Taken {
  readonly batch: string;
  readonly answer: Batch;
  readonly documents: readonly Document[];
}

const hashOf = (one: Document): string => createHash('sha256').update(JSON.stringify(one)).digest('hex');

/** Why a batch is not taken; undefined when it is. */
function refusal(state: State, documents: readonly Document[]): { readonly code: string; readonly text: string } | undefined {
  const own = new Set(documents.map(({ id }) => id));
  for (const one of documents) {
    const had = state.documents.get(one.id);
    if (had && had.hash !== hashOf(one))
      return { code: 'doklad-se-lisi', text: `Doklad ${one.id} už máme s jiným obsahem. Opravuje se jen stornem.` };
    const sum = one.lines.reduce((total, line) => total + line.debit - line.credit, 0);
    if (sum !== 0) return { code: 'doklad-nevyrovnany', text: `Strany MD a D dokladu ${one.id} se nerovnají.` };
    if (one.stornoOf !== null && !own.has(one.stornoOf) && !state.documents.has(one.stornoOf))
      return { code: 'storno-neznameho', text: `Doklad ${one.id} stornuje doklad ${one.stornoOf}, který nemáme.` };
  }
  return undefined;
}

export function createEconomySimulator(options: SimulatorOptions & { readonly token?: string }): Simulator {
  const { state, record } = journaled<State, Taken>(options.store, { documents: new Map(), batches: new Map() }, (into, taken) => {
    for (const one of taken.documents) into.documents.set(one.id, { hash: hashOf(one), document: one, batch: taken.batch });
    into.batches.set(taken.batch, taken.answer);
  });
  const token = options.token ?? demoEconomyToken;
  const guarded = (ctx: Context, work: () => Promise<void>): Promise<void> => {
    if (ctx.get('authorization') === `Bearer ${token}`) return underFaults(ctx, options.faults, 'davky', work);
    ctx.status = 401;
    return Promise.resolve();
  };
  const router = new Router();
  router.get('/stav', (ctx) => guarded(ctx, () => Promise.resolve(void (ctx.body = { ok: true }))));
  router.get('/davky/:id', (ctx) =>
    guarded(ctx, () => {
      const batch = state.batches.get(String(ctx.params['id']));
      ctx.status = batch ? 200 : 404;
      ctx.body = batch ?? { code: 'davka-neznama', text: 'Takovou dávku nemáme.' };
      return Promise.resolve();
    }),
  );
  router.put('/davky/:id', (ctx) => guarded(ctx, () => take(ctx, state, record)));
  return {
    name: 'economy',
    title: 'Ekonomický systém',
    description: 'Účetní případy, které úřad předal do hlavní knihy.',
    middleware: inOrder(router, pages(state)),
    ledger: () => [...state.documents.values()].map(({ document: one, batch }) => ({ ...one, batch })) as unknown as Json,
    operations: ['davky'],
    close: () => options.store.close(),
  };
}

async function take(ctx: Context, state: State, record: (taken: Taken) => Promise<void>): Promise<void> {
  const batch = String((ctx as Context & { params: Record<string, string> }).params['id']);
  const parsed = z.object({ doklady: z.array(document).min(1) }).safeParse(JSON.parse((await readBody(ctx, MAX_BYTES)).toString('utf8')));
  const refused = parsed.success ? refusal(state, parsed.data.doklady) : { code: 'davka-chybna', text: 'Dávka nemá dohodnutý tvar.' };
  if (!parsed.success || refused) {
    ctx.status = refused?.code === 'doklad-se-lisi' ? 409 : 422;
    ctx.body = refused;
    return;
  }
  const fresh = parsed.data.doklady.filter(({ id }) => !state.documents.has(id));
  const answer = { accepted: fresh.length, alreadyHad: parsed.data.doklady.length - fresh.length };
  if (fresh.length > 0) await record({ batch, answer, documents: fresh });
  ctx.status = fresh.length > 0 ? 201 : 200;
  ctx.body = answer;
}

function pages(state: State): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    const rows = [...state.documents.values()].slice(-200).reverse();
    const debit = (one: Document): number => one.lines.reduce((sum, line) => sum + line.debit, 0);
    const shown = rows.map(
      ({ document: one }) => [one.date, one.kind, one.text, showMoney(debit(one)), one.stornoOf ?? '', one.id] as const,
    );
    showPage(ctx, {
      title: 'Ekonomický systém',
      back: { href: '../', text: 'Zkušební svět' },
      body: html`<p>Převzatých účetních případů: ${state.documents.size}. Posledních 200:</p>
        ${table('Účetní případy', ['Den', 'Druh', 'Text', 'Obrat', 'Storno dokladu', 'Číslo'], shown)}`,
    });
  });
  return router;
}
