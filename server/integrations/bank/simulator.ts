// Simulated bank: internet banking where a person orders a transfer or "scans" a QR code, and the channel with GPC statements.
import Router from '@koa/router';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { inOrder } from '../simulator-page.ts';
import type { Json, Simulator, SimulatorOptions } from '../simulator.ts';
import { createCore } from './simulator-core.ts';
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
  const guarded = (ctx: Context, work: (twice: boolean) => Promise<void>): Promise<void> => {
    if (ctx.get('authorization') === `Bearer ${token}`) return underFaults(ctx, options.faults, 'statements', work);
    ctx.status = 401;
    return Promise.resolve();
  };
  router.get('/vypisy', (ctx) =>
    guarded(ctx, async (twice) => {
      await core.issue();
      const list = core.state.statements.map(({ year, number }) => ({ year, number }));
      ctx.body = twice ? [...list, ...list] : list;
    }),
  );
  router.get('/vypisy/:year/:number.gpc', (ctx) =>
    guarded(ctx, async () => {
      const { year, number } = ctx.params;
      const statement = core.state.statements.find((one) => one.year === Number(year) && one.number === Number(number)) ?? ctx.throw(404);
      ctx.type = 'application/octet-stream';
      ctx.body = core.file(statement);
    }),
  );
  return {
    name: 'bank',
    title: 'Banka',
    description: 'Zadejte převod na účet města nebo zaplaťte QR kódem.',
    middleware: inOrder(router, createBankPages(core)),
    ledger: () => ({ transfers: core.state.transfers as unknown as Json, statements: core.state.statements as unknown as Json }),
    control: { transfer: async (input) => (await core.order(input)) as unknown as Json },
    operations: ['statements'],
    accounts: [
      { label: 'Účet města', value: core.owner.account },
      ...core.payers.map((payer) => ({ label: `Účet plátce: ${payer.name}`, value: payer.account })),
    ],
    close: () => options.store.close(),
  };
}
