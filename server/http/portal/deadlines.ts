// The citizen's deadlines: until when, why just then, and a file for his calendar.
import type Router from '@koa/router';
import { citizenDeadlines, deadlineFile } from '../../queries/case-deadlines.ts';
import { sendCalendar } from '../calendar.ts';
import { citizenOf, idParam, param, type House } from '../house.ts';
import { apiLanguage } from '../language.ts';

export function addCitizenDeadlineRoutes(router: Router, house: House): void {
  const { reader, corridor } = house;
  router.get('/api/cases/:id/deadlines', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await citizenDeadlines(reader, tenantId, actor.id, idParam(ctx, 'id'), apiLanguage(ctx));
  });
  router.get('/api/cases/:id/deadlines/:name.ics', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const { publicUrl } = corridor.town(tenantId);
    const about = { caseId: idParam(ctx, 'id'), name: param(ctx, 'name'), personId: actor.id, lang: apiLanguage(ctx), publicUrl };
    sendCalendar(ctx, await deadlineFile(reader, tenantId, about), 'lhuta.ics');
  });
}
