// The citizen's account (konto plátce): reading, paying several debts at once, asking for money back, reminders, the statement.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { askReturn, takeBackReturn } from '../../cases/account/ask-return.ts';
import { payTogether } from '../../cases/account/pay-together.ts';
import { keepReminders, noteRead } from '../../cases/account/reminders.ts';
import { NOTICE_KINDS } from '../../domain/notices/index.ts';
import { Problem } from '../../domain/problem.ts';
import { debtPage } from '../../queries/account/debt-page.ts';
import { groupPage } from '../../queries/account/group.ts';
import { moneyNotices, reminderSettings } from '../../queries/account/notices.ts';
import { accountPage, accountSummary } from '../../queries/account/page.ts';
import { accountStatement } from '../../queries/account/statement.ts';
import { accountViewer, citizenOf, idParam, sendFile, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const id = z.uuid();
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text <= '2100-12-31');
const question = z.object({
  holder: id.optional(),
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  kind: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
});
const period = z.object({ holder: id.optional(), from: day, to: day });
const together = z.object({ prescriptionIds: z.array(id).max(200) });
const wish = z.object({ paymentId: id, account: z.string().max(60), name: z.string().trim().min(1).max(140) });
const reminders = z.object({
  events: z
    .array(z.object({ event: z.enum(NOTICE_KINDS), byEmail: z.boolean(), bySms: z.boolean(), byDataBox: z.boolean() }))
    .min(1)
    .max(NOTICE_KINDS.length)
    .refine((list) => new Set(list.map((one) => one.event)).size === list.length),
  daysBefore: z.number().int().min(1).max(60),
});

export function addAccountRoutes(router: Router, house: House): void {
  const { reader } = house;
  router.get('/api/account', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const { holder, year, kind } = asked(ctx, question);
    ctx.body = await accountPage(reader, tenantId, { personId: accountViewer(actor), holder, year: year ?? null, kind: kind ?? null });
  });
  router.get('/api/account/summary', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await accountSummary(reader, tenantId, accountViewer(actor));
  });
  router.get('/api/account/statement.pdf', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const statement = await accountStatement(reader, tenantId, { personId: accountViewer(actor), ...asked(ctx, period) });
    const name = `vypis-z-konta-${statement.from}-${statement.to}.pdf`;
    sendFile(ctx, { name, mime: 'application/pdf', content: await house.printStatement(tenantId, statement) }, false);
  });
  router.get('/api/account/prescriptions/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await debtPage(reader, tenantId, accountViewer(actor), idParam(ctx, 'id'));
  });
  router.get('/api/account/prescriptions/:id/qr.svg', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await sendQr(house, ctx, (await debtPage(reader, tenantId, accountViewer(actor), idParam(ctx, 'id'))).spayd);
  });
  addGroupRoutes(router, house);
  addReturnRoutes(router, house);
  addNoticeRoutes(router, house);
}

function addGroupRoutes(router: Router, house: House): void {
  const { reader, corridor } = house;
  router.post('/api/account/groups', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const { prescriptionIds } = await readJson(ctx, together);
    const groupId = await payTogether(corridor, tenantId, accountViewer(actor), prescriptionIds);
    ctx.status = 201;
    ctx.body = await groupPage(reader, tenantId, accountViewer(actor), groupId);
  });
  router.get('/api/account/groups/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = await groupPage(reader, tenantId, accountViewer(actor), idParam(ctx, 'id'));
  });
  router.get('/api/account/groups/:id/qr.svg', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await sendQr(house, ctx, (await groupPage(reader, tenantId, accountViewer(actor), idParam(ctx, 'id'))).spayd);
  });
}

function addReturnRoutes(router: Router, house: House): void {
  const { corridor } = house;
  router.post('/api/account/returns', house.auth.limitForms, async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = { id: await askReturn(corridor, tenantId, accountViewer(actor), await readJson(ctx, wish)) };
    ctx.status = 201;
  });
  router.delete('/api/account/returns/:id', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await takeBackReturn(corridor, tenantId, actor.id, idParam(ctx, 'id'));
    ctx.status = 204;
  });
}

function addNoticeRoutes(router: Router, house: House): void {
  const { reader, corridor } = house;
  router.get('/api/account/notices', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = { notices: await moneyNotices(reader, tenantId, actor.id) };
  });
  router.post('/api/account/notices/read', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    const { ids } = await readJson(ctx, z.object({ ids: z.array(id).max(200) }));
    await noteRead(corridor, tenantId, actor.id, ids);
    ctx.status = 204;
  });
  router.get('/api/account/reminders', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    ctx.body = { ...(await reminderSettings(reader, tenantId, actor.id)), sms: house.sendsSms() };
  });
  router.put('/api/account/reminders', async (ctx) => {
    const { tenantId, actor } = citizenOf(ctx);
    await keepReminders(corridor, tenantId, actor.id, await readJson(ctx, reminders));
    ctx.body = { ...(await reminderSettings(reader, tenantId, actor.id)), sms: house.sendsSms() };
  });
}

async function sendQr(house: House, ctx: Context, text: string): Promise<void> {
  if (text === '') throw new Problem('not-found', 'nothing-to-pay');
  ctx.type = 'image/svg+xml';
  ctx.body = await house.qrSvg(text);
}

/** The query as the page wrote it; an empty value counts as none. Anything else is refused as `request-invalid`. */
function asked<T>(ctx: Context, schema: z.ZodType<T>): T {
  return schema.parse(Object.fromEntries(Object.entries(ctx.query).filter(([, value]) => value !== '')));
}
