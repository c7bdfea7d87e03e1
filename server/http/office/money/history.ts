// Old prescriptions and payments that an accountant brings as a file. The file is the body, its name and the system it comes from are parameters.
import type Router from '@koa/router';
import { z } from 'zod';
import { takeHistory } from '../../../cases/account/take-history.ts';
import { permitBooks } from '../../../domain/permission.ts';
import { historyDesk } from '../../../queries/history-imports.ts';
import { officerOf, type House } from '../../house.ts';
import { readBytes } from '../../middleware/body.ts';

const MAX_HISTORY_BYTES = 8_388_608;
const about = z.object({
  system: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .refine((text) => text.isWellFormed() && !text.includes('\0')),
  name: z.string().max(200).default('historie'),
});

export function addHistoryRoutes(router: Router, house: House): void {
  router.get('/urad/api/money-history', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitBooks(actor);
    ctx.body = await historyDesk(house.reader, tenantId);
  });
  // Bringing the same record twice is bringing it once; the answer names every line that was not taken, and why.
  router.post('/urad/api/money-history/files', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitBooks(actor);
    const { system, name } = about.parse({ ...ctx.query });
    const content = await readBytes(ctx, MAX_HISTORY_BYTES, 'file-too-large');
    ctx.body = await takeHistory(house.corridor, tenantId, actor, { system, fileName: name, content });
  });
}
