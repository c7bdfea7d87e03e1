// Simulated register of the municipal police: an officer imposes and cancels fines on its page, the town fetches them and says what was paid.
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody, readForm } from '../request-body.ts';
import { html, inOrder, showMoney, showPage, table, type Html } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';

export const demoPoliceToken = 'pokuty-mestske-policie-lipova';

interface Fine {
  readonly id: string;
  readonly zmena: number;
  readonly stav: 'ulozena' | 'zrusena';
  readonly platce: { readonly cislo: string; readonly jmeno: string; readonly narozen: string | null; readonly adresa: string };
  readonly castka: number;
  readonly vs: string;
  readonly ulozeno: string;
  readonly splatnost: string;
  readonly pravniZaklad: string;
  readonly skutek: string;
}
interface Payment {
  readonly klic: string;
  readonly pokuta: string;
  readonly stav: string;
  readonly zaplaceno: number;
  readonly den: string | null;
  readonly potvrzeni: string;
}
interface State {
  readonly fines: Map<string, Fine>;
  readonly payments: Payment[];
  changes: number;
}
type Event = { readonly fine: Fine } | { readonly payment: Payment };

const day = z.iso.date();
const imposed = z.object({
  payer: z.string().min(1).max(200),
  registry: z.string().max(60).default(''),
  /** Haléře. At most 10 000 Kč on the spot (§ 91 zákona č. 250/2016 Sb.). */
  amount: z.coerce.number().int().positive().max(1_000_000),
  deed: z.string().min(1).max(300).default('Neoprávněné stání'),
  due: day.optional(),
  vs: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
});
const cancelled = z.object({ id: z.string().min(1) });
const told = z.object({
  klic: z.string().min(1).max(60),
  stav: z.string(),
  zaplaceno: z.number().int().nonnegative(),
  den: day.nullable(),
});
const DUE_DAYS = 15;

export function createCityPoliceSimulator(options: SimulatorOptions & { readonly token?: string }): Simulator {
  const { state, record } = journaled<State, Event>(options.store, { fines: new Map(), payments: [], changes: 0 }, apply);
  const today = (): string => options.clock.now().toLocaleDateString('sv-SE', { timeZone: 'Europe/Prague' });
  const impose = async (input: unknown): Promise<Fine> => {
    const wish = imposed.parse(input);
    const number = state.fines.size + 1;
    const due = new Date(Date.parse(today()) + DUE_DAYS * 86_400_000).toISOString().slice(0, 10);
    const fine: Fine = {
      id: `MP-${today().slice(0, 4)}-${number}`,
      zmena: state.changes + 1,
      stav: 'ulozena',
      platce: { cislo: wish.registry, jmeno: wish.payer, narozen: null, adresa: '' },
      castka: wish.amount,
      vs: wish.vs === '' ? `21${String(number).padStart(8, '0')}` : wish.vs,
      ulozeno: today(),
      splatnost: wish.due ?? due,
      pravniZaklad: '§ 125c odst. 1 písm. k) zákona č. 361/2000 Sb.',
      skutek: wish.deed,
    };
    await record({ fine });
    return fine;
  };
  const cancel = async (input: unknown): Promise<Fine> => {
    const known = state.fines.get(cancelled.parse(input).id);
    if (!known) throw new RangeError('no such fine');
    const fine: Fine = { ...known, stav: 'zrusena', zmena: state.changes + 1 };
    await record({ fine });
    return fine;
  };
  return {
    name: 'city-police',
    title: 'Městská policie',
    description: 'Uložte pokutu a sledujte, jestli ji město nahlásilo jako zaplacenou.',
    middleware: inOrder(channel(options, state, record), pages(options, state, { impose, cancel })),
    ledger: () => ({ fines: [...state.fines.values()], payments: state.payments }) as unknown as Json,
    control: {
      impose: async (input) => (await impose(input)) as unknown as Json,
      cancel: async (input) => (await cancel(input)) as unknown as Json,
    },
    operations: ['fines', 'payment'],
    close: () => options.store.close(),
  };
}

function apply(state: State, event: Event): void {
  if ('fine' in event) {
    state.fines.set(event.fine.id, event.fine);
    state.changes = Math.max(state.changes, event.fine.zmena);
  } else state.payments.push(event.payment);
}

/** What the town's connector calls. */
function channel(options: SimulatorOptions & { readonly token?: string }, state: State, record: (event: Event) => Promise<void>): Router {
  const router = new Router();
  const guarded = (ctx: Context, operation: string, work: (twice: boolean) => Promise<void>): Promise<void> => {
    if (ctx.get('authorization') === `Bearer ${options.token ?? demoPoliceToken}`) return underFaults(ctx, options.faults, operation, work);
    ctx.status = 401;
    return Promise.resolve();
  };
  router.get('/pokuty', (ctx) =>
    guarded(ctx, 'fines', async (twice) => {
      const since = Number(ctx.query['po'] ?? 0);
      const pokuty = [...state.fines.values()].filter(({ zmena }) => zmena > since).sort((a, b) => a.zmena - b.zmena);
      ctx.body = { pokuty: twice ? [...pokuty, ...pokuty] : pokuty, dalsi: state.changes };
    }),
  );
  router.get('/uhrady/:key', (ctx) =>
    guarded(ctx, 'payment', async () => {
      const known = state.payments.find(({ klic }) => klic === ctx.params['key']);
      if (known) ctx.body = { potvrzeni: known.potvrzeni };
      else ctx.status = 404;
    }),
  );
  router.post('/pokuty/:id/uhrada', async (ctx) => {
    const body = told.safeParse(await readJson(ctx));
    await guarded(ctx, 'payment', async () => {
      const fine = state.fines.get(ctx.params['id'] ?? '');
      if (!fine || !body.success) {
        ctx.status = fine ? 422 : 404;
        return;
      }
      let known = state.payments.find(({ klic }) => klic === body.data.klic);
      if (!known) {
        known = { ...body.data, pokuta: fine.id, potvrzeni: `U-${state.payments.length + 1}` };
        await record({ payment: known });
      }
      ctx.body = { potvrzeni: known.potvrzeni };
    });
  });
  return router;
}

async function readJson(ctx: Context): Promise<unknown> {
  try {
    return JSON.parse((await readBody(ctx)).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

interface Acts {
  readonly impose: (input: unknown) => Promise<Fine>;
  readonly cancel: (input: unknown) => Promise<Fine>;
}

function pages(options: SimulatorOptions, state: State, { impose, cancel }: Acts): Router {
  const router = new Router();
  router.get('/', (ctx) => showPage(ctx, { title: 'Městská policie', body: body(options.baseUrl, state) }));
  const act = (path: string, work: (form: Readonly<Record<string, string>>) => Promise<unknown>): void => {
    router.post(path, async (ctx) => {
      try {
        await work(Object.fromEntries(await readForm(ctx)));
        ctx.redirect(`${options.baseUrl}/`);
      } catch (error) {
        if (!(error instanceof z.ZodError || error instanceof RangeError)) throw error;
        ctx.status = 422;
        showPage(ctx, {
          title: 'Městská policie',
          body: html`<p class="notice" role="alert">Zkontrolujte jméno a částku.</p>
            ${body(options.baseUrl, state)}`,
        });
      }
    });
  };
  act('/ulozit', (form) => impose({ ...form, amount: Math.round(Number((form['crowns'] ?? '').replace(',', '.')) * 100) }));
  act('/zrusit', (form) => cancel(form));
  return router;
}

function body(baseUrl: string, state: State): Html {
  const rows = [...state.fines.values()].reverse().map((fine) => {
    const last = state.payments.findLast(({ pokuta }) => pokuta === fine.id);
    const paid = last ? `${showMoney(last.zaplaceno)} (${last.stav})` : 'město zatím nic nehlásí';
    const undo = html`<form method="post" action="${baseUrl}/zrusit">
      <input type="hidden" name="id" value="${fine.id}" /><button class="plain">Zrušit ${fine.id}</button>
    </form>`;
    return [fine.id, fine.platce.jmeno, fine.skutek, showMoney(fine.castka), fine.vs, paid, fine.stav === 'zrusena' ? 'zrušena' : undo];
  });
  const shown =
    rows.length > 0
      ? table('Pokuty', ['Číslo', 'Kdo', 'Za co', 'Kolik', 'VS', 'Zaplaceno', 'Stav'], rows)
      : html`<p>Zatím žádná pokuta.</p>`;
  return html`<form class="card" method="post" action="${baseUrl}/ulozit">
      <label for="payer">Komu</label><input id="payer" name="payer" required maxlength="200" />
      <label for="registry">Číslo v evidenci obyvatel</label><input id="registry" name="registry" maxlength="60" />
      <label for="crowns">Částka v Kč</label><input id="crowns" name="crowns" required inputmode="decimal" value="500" />
      <label for="deed">Za co</label><input id="deed" name="deed" required value="Neoprávněné stání" /><button>Uložit pokutu</button>
    </form>
    <h2>Pokuty</h2>
    ${shown}`;
}
