// Bank statements that a clerk brings as files, and the list of all that came. The file is the body, its name a parameter.
import type Router from '@koa/router';
import type { TakenStatement } from '../../../contract/statements.ts';
import { permitMoney, permitSeeingMoney } from '../../../domain/permission.ts';
import { Problem } from '../../../domain/problem.ts';
import { statementDesk, statementItems } from '../../../queries/bank-statements.ts';
import { idParam, officerOf, type House } from '../../house.ts';
import { readBytes } from '../../middleware/body.ts';

const MAX_STATEMENT_BYTES = 33_554_432;

export function addStatementRoutes(router: Router, house: House): void {
  router.get('/urad/api/statements', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    ctx.body = await statementDesk(house.reader, tenantId);
  });
  router.get('/urad/api/statements/:id/items', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitSeeingMoney(actor);
    const items = await statementItems(house.reader, tenantId, idParam(ctx, 'id'));
    if (!items) throw new Problem('not-found', 'not-found');
    ctx.body = items;
  });
  // The content names the file: bringing it twice is bringing it once. Only a way that ends in /files takes anything else than JSON.
  router.post('/urad/api/statements/files', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const content = await readBytes(ctx, MAX_STATEMENT_BYTES, 'file-too-large');
    const name = typeof ctx.query['name'] === 'string' ? ctx.query['name'] : 'výpis';
    const { inboxId: id, result, reason, repeated } = await house.takeStatement(tenantId, { name, content, by: `officer:${actor.id}` });
    const taken: TakenStatement = { id, result, reason, repeated };
    ctx.body = taken;
  });
}
