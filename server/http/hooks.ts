// Doors that other systems knock at. What they say is never believed: it only makes us ask.
import type Router from '@koa/router';
import { Problem } from '../domain/problem.ts';
import { authState } from './auth/guards.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import type { House } from './house.ts';

export function addHooks(router: Router, house: House): void {
  // GoPay: GET notification_url?id=…; answered 200 only after the state was asked for and kept, else GoPay repeats it.
  router.get('/api/hooks/gopay', async (ctx) => {
    const id = String(ctx.query['id'] ?? '');
    if (!/^\d{1,20}$/.test(id)) throw new Problem('invalid', 'payment-id-invalid');
    try {
      await house.askGateway(authState(ctx).tenantId, id);
      ctx.body = 'OK';
    } catch (error) {
      if (!(error instanceof OutsideFailure)) throw error;
      ctx.status = error.retryable ? 503 : 404;
      ctx.body = error.code;
    }
  });
}
