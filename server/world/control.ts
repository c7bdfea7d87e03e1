// The door for tests: ledgers, faults, clock and acts of people as JSON. Same powers as the pages, nothing more.
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import { faultRuleSchema } from '../integrations/fault-plan.ts';
import { readBody } from '../integrations/request-body.ts';
import { inOrder } from '../integrations/simulator-page.ts';
import type { WorldContext, WorldPart } from './parts.ts';

const YEARS_10 = 3650 * 86_400_000;
const moveSchema = z.object({
  days: z.number().min(0).default(0),
  hours: z.number().min(0).default(0),
  minutes: z.number().min(0).default(0),
  ms: z.number().int().min(0).default(0),
});

export function createControl(world: WorldContext): Middleware {
  const router = new Router();
  const partOf = (ctx: Context & { params: Record<string, string | undefined> }): WorldPart =>
    world.parts.find(({ simulator }) => simulator.name === ctx.params['name']) ?? ctx.throw(404);
  const showClock = (): unknown => ({ now: world.clock.now().toISOString(), offsetMs: world.clock.offsetMs() });

  router.get('/', (ctx) => {
    ctx.body = world.parts.map(({ simulator, baseUrl }) => ({
      name: simulator.name,
      baseUrl,
      operations: simulator.operations ?? [],
      actions: Object.keys(simulator.control ?? {}),
      accounts: simulator.accounts ?? [],
    }));
  });
  router.get('/ledger', (ctx) => {
    ctx.body = Object.fromEntries(world.parts.map(({ simulator }) => [simulator.name, simulator.ledger()]));
  });
  router.get('/clock', (ctx) => {
    ctx.body = showClock();
  });
  router.post('/clock', async (ctx) => {
    const move = await readJson(ctx, moveSchema);
    if (!move) return;
    const milliseconds = Math.round(move.days * 86_400_000 + move.hours * 3_600_000 + move.minutes * 60_000 + move.ms);
    if (milliseconds > YEARS_10) ctx.throw(422);
    world.clock.forward(milliseconds);
    ctx.body = showClock();
  });
  router.get('/:name/ledger', (ctx) => {
    ctx.body = partOf(ctx).simulator.ledger() as object;
  });
  router.get('/:name/faults', (ctx) => {
    ctx.body = partOf(ctx).faults.list();
  });
  router.put('/:name/faults', async (ctx) => {
    const part = partOf(ctx);
    const rules = await readJson(ctx, z.array(faultRuleSchema));
    if (!rules) return;
    await part.faults.set(rules);
    ctx.body = part.faults.list();
  });
  router.post('/:name/:action', async (ctx) => {
    const act = partOf(ctx).simulator.control?.[ctx.params['action'] ?? ''] ?? ctx.throw(404);
    const input = await readJson(ctx, z.unknown());
    try {
      ctx.body = (await act(input ?? {})) as object;
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      refuse(ctx, error);
    }
  });
  return inOrder(router);
}

async function readJson<Value>(ctx: Context, schema: z.ZodType<Value>): Promise<Value | undefined> {
  const text = (await readBody(ctx)).toString('utf8');
  const parsed = schema.safeParse(parse(text || '{}'));
  if (parsed.success) return parsed.data;
  refuse(ctx, parsed.error);
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refuse(ctx: Context, error: z.ZodError): void {
  ctx.status = 422;
  ctx.body = { issues: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) };
}
