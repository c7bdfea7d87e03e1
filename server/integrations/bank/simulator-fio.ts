// The simulated Fio API: movements by days as JSON; one request in 30 seconds, a token in the address, no history older than 90 days.
import Router from '@koa/router';
import { underFaults } from '../fault-plan.ts';
import type { FaultPlan } from '../fault-plan.ts';
import { writeFio } from './fio-writer.ts';
import type { BankCore } from './simulator-core.ts';
import { isDay } from './statement.ts';

const APART_MS = 30_000;
const OLDEST_MS = 90 * 86_400_000;
/** Most movements in one answer. */
const MOST = 1000;

export function createFioApi(core: BankCore, faults: FaultPlan, token: string): Router {
  const router = new Router();
  let last = -Infinity;
  router.get('/periods/:token/:from/:to/transactions.json', (ctx) => {
    const { from = '', to = '' } = ctx.params;
    const now = core.now().getTime();
    const status = refusal();
    if (status !== undefined) {
      ctx.status = status;
      return;
    }
    last = now;
    return underFaults(ctx, faults, 'statements', () => {
      ctx.type = 'application/json';
      ctx.body = writeFio(core.movements(from, to), { from, to });
      return Promise.resolve();
    });

    function refusal(): number | undefined {
      if (ctx.params['token'] !== token) return 500;
      if (now - last < APART_MS) return 409;
      if (!isDay(from) || !isDay(to) || from > to) return 404;
      if (now - Date.parse(from) > OLDEST_MS) return 422;
      return core.movements(from, to).transfers.length > MOST ? 413 : undefined;
    }
  });
  return router;
}
