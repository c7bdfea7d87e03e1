// Simulated bank: internet banking where a person orders a transfer or "scans" a QR code, and the channel with GPC statements.
import Router from '@koa/router';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { inOrder } from '../simulator-page.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';
import { readBody } from '../request-body.ts';
import { ibanOfAccount } from './account-number.ts';
import { writeCamt } from './camt-writer.ts';
import { writeGpc } from './gpc-writer.ts';
import { createCore } from './simulator-core.ts';
import type { BankCore } from './simulator-core.ts';
import { createFioApi } from './simulator-fio.ts';
import { createBankPages } from './simulator-pages.ts';
import { demoPayers, townAccount } from './simulator-state.ts';
import type { BankAccount } from './simulator-state.ts';

export { demoPayers, townAccount } from './simulator-state.ts';
export const demoBankToken = 'vypisy-mesta-lipova';

export function createBankSimulator(
  options: SimulatorOptions & { readonly owner?: BankAccount; readonly payers?: readonly BankAccount[]; readonly token?: string },
): Simulator {
  const core = createCore(options, options.owner ?? townAccount, options.payers ?? demoPayers);
  const token = options.token ?? demoBankToken;
  const router = new Router();
  const guarded = (ctx: Context, operation: string, work: (twice: boolean) => Promise<void>): Promise<void> => {
    if (ctx.get('authorization') === `Bearer ${token}`) return underFaults(ctx, options.faults, operation, work);
    ctx.status = 401;
    return Promise.resolve();
  };
  router.get('/vypisy', (ctx) =>
    guarded(ctx, 'statements', async (twice) => {
      await core.issue();
      const list = core.state.statements.map(({ year, number }) => ({ year, number }));
      ctx.body = twice ? [...list, ...list] : list;
    }),
  );
  router.get('/vypisy/:year/:file', (ctx) =>
    guarded(ctx, 'statement', () => {
      const [, number = '', ending = ''] = /^(\d+)\.(gpc|xml)$/.exec(ctx.params['file'] ?? '') ?? [];
      const found = core.state.statements.find((one) => one.year === Number(ctx.params['year']) && one.number === Number(number));
      const statement = core.statement(found ?? ctx.throw(404));
      ctx.type = 'application/octet-stream';
      ctx.body = ending === 'xml' ? writeCamt(statement, ibanOfAccount(core.owner.account)) : writeGpc(statement);
      return Promise.resolve();
    }),
  );
  addOrders(router, core, guarded);
  return {
    name: 'bank',
    title: 'Banka',
    description: 'Zadejte převod na účet města nebo zaplaťte QR kódem.',
    middleware: inOrder(createFioApi(core, options.faults, token), router, createBankPages(core)),
    ledger: () => ({ transfers: core.state.transfers as unknown as Json, statements: core.state.statements as unknown as Json }),
    control: {
      transfer: async (input) => (await core.order(input)) as unknown as Json,
      reverse: async (input) => (await core.reverse(input)) as unknown as Json,
      statementAgain: async () => {
        await core.issue(true);
        return null;
      },
    },
    operations: ['statements', 'statement', 'order'],
    accounts: [
      { label: 'Účet města', value: core.owner.account },
      ...core.payers.map((payer) => ({ label: `Účet plátce: ${payer.name}`, value: payer.account })),
    ],
    close: () => options.store.close(),
  };
}

type Guarded = (ctx: Context, operation: string, work: (twice: boolean) => Promise<void>) => Promise<void>;

function addOrders(router: Router, core: BankCore, guarded: Guarded): void {
  router.get('/prikazy/:key', (ctx) =>
    guarded(ctx, 'order', () => {
      ctx.body = core.state.orders.find((order) => order.key === ctx.params['key']) ?? ctx.throw(404);
      return Promise.resolve();
    }),
  );
  router.post('/prikazy/:key', (ctx) =>
    guarded(ctx, 'order', async () => {
      const taken = await core.take(ctx.params['key'] ?? '', (await readBody(ctx)).toString('latin1'));
      if (typeof taken === 'string') ctx.status = 422;
      ctx.body = typeof taken === 'string' ? { reason: taken } : taken;
    }),
  );
}
