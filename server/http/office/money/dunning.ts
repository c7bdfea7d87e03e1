// Dunning in bulk: what is overdue by stage, a preview, the run with its letters, deliveries.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { noteLettersDelivered, runDunning, type Letter } from '../../../books/desk/dunning.ts';
import type { DunningPreview } from '../../../contract/money.ts';
import { dayOf } from '../../../domain/calendar.ts';
import { dunningFigures, increaseOf } from '../../../domain/money/dunning.ts';
import { permitMoney } from '../../../domain/permission.ts';
import { Problem } from '../../../domain/problem.ts';
import { dunningFile, dunningList, dunningPlan, type OverdueLine } from '../../../queries/dunning-list.ts';
import { idParam, officerOf, sendFile, type House } from '../../house.ts';
import { readJson } from '../../middleware/body.ts';
import { askedOf, commandId, deskOf, legalDay } from './asked.ts';
import { byPayer, enforcementFile, letterOf, letterSheet, letterText, listSheet, type DunningWords } from './dunning-letters.ts';

const stage = z.enum(['reminder', 'assessment', 'enforcement']);
const order = z.object({
  commandId,
  stage,
  ids: z.array(z.uuid()).min(1).max(200),
  way: z.enum(['letters', 'list', 'file']),
  times: z.number().min(1).max(dunningFigures.timesAtMost).default(1),
});
type Order = Omit<z.output<typeof order>, 'commandId'>;

export function addDunningRoutes(router: Router, house: House): void {
  router.get('/urad/api/dunning', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    ctx.body = await dunningList(house.reader, tenantId, z.object({ stage: stage.default('reminder') }).parse({ ...ctx.query }).stage);
  });
  router.post('/urad/api/dunning/preview', async (ctx) => {
    permitMoney(officerOf(ctx).actor);
    const asked = await readJson(ctx, order.omit({ commandId: true }));
    const { ready, left } = await dunningPlan(house.reader, officerOf(ctx).tenantId, asked);
    ctx.body = preview(ready, left, asked, wordsOf(ctx, house, asked));
  });
  router.post('/urad/api/dunning/run', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const asked = await askedOf(ctx, order);
    permitWay(asked.data);
    const { ready } = await dunningPlan(house.reader, tenantId, asked.data);
    await runDunning(deskOf(ctx, house), asked, await lettersOf(ctx, house, ready, asked.data));
    ctx.body = await dunningList(house.reader, tenantId, asked.data.stage);
  });
  router.post('/urad/api/dunning/:batchId/delivered', async (ctx) => {
    const asked = await askedOf(ctx, z.object({ commandId, ids: z.array(z.uuid()).max(500).default([]), on: legalDay }));
    ctx.body = await noteLettersDelivered(deskOf(ctx, house), { ...asked, data: { batchId: idParam(ctx, 'batchId'), ...asked.data } });
  });
  router.get('/urad/api/dunning/:batchId/file', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitMoney(actor);
    const file = await dunningFile(house.reader, tenantId, idParam(ctx, 'batchId'));
    sendFile(ctx, file, file.mime === 'application/pdf');
  });
}

/** A bulk list is an assessment; the hand-over is a file and nothing else. Refuses `dunning-way`. */
function permitWay({ stage: asked, way }: Order): void {
  const fits = asked === 'enforcement' ? way === 'file' : asked === 'assessment' ? way !== 'file' : way === 'letters';
  if (!fits) throw new Problem('invalid', 'dunning-way');
}

function wordsOf(ctx: Context, house: House, asked: Order): DunningWords {
  const { tenantId } = officerOf(ctx);
  const on = dayOf(house.corridor.clock.now().toISOString());
  return { stage: asked.stage, times: asked.stage === 'assessment' ? asked.times : 1, on, account: house.corridor.town(tenantId).account };
}

function preview(ready: readonly OverdueLine[], left: DunningPreview['left'], asked: Order, words: DunningWords): DunningPreview {
  const channels: Record<string, number> = {};
  const letters = byPayer(ready);
  for (const [first] of letters) if (first) channels[first.channel] = (channels[first.channel] ?? 0) + 1;
  return {
    count: ready.length,
    payers: new Set(ready.map(({ payerId }) => payerId)).size,
    total: ready.reduce((sum, { open }) => sum + open, 0),
    increase: asked.stage === 'assessment' ? ready.reduce((sum, { open }) => sum + increaseOf(open, asked.times), 0) : 0,
    channels: asked.way === 'letters' ? channels : {},
    left,
    sample: letters[0] === undefined || asked.way === 'file' ? '' : letterText(letters[0], words).join('\n\n'),
  };
}

/** All papers of a run, drawn before its transaction. Letters to be printed stand in one file, carried by the first of them. */
async function lettersOf(ctx: Context, house: House, ready: readonly OverdueLine[], asked: Order): Promise<readonly Letter[]> {
  if (ready.length === 0) return [];
  const { tenantId } = officerOf(ctx);
  const words = wordsOf(ctx, house, asked);
  const print = (sheets: Parameters<House['printSheets']>[1]): Promise<Uint8Array> => house.printSheets(tenantId, sheets);
  if (asked.way === 'file')
    return [
      {
        ...letterOf(ready, words, { field: 'csv', name: `vymahani-${words.on}.csv`, mime: 'text/csv', content: enforcementFile(ready) }),
        channel: 'file',
      },
    ];
  if (asked.way === 'list') {
    const content = await print([listSheet(ready, words)]);
    return [
      {
        ...letterOf(ready, words, { field: 'list', name: `predpisny-seznam-${words.on}.pdf`, mime: 'application/pdf', content }),
        channel: 'notice-board',
      },
    ];
  }
  const groups = byPayer(ready);
  const printed = groups.filter(([first]) => first?.channel === 'print');
  const tied = printed.length === 0 ? undefined : await print(printed.map((lines) => letterSheet(lines, words)));
  const letters: Letter[] = [];
  for (const lines of groups) {
    const isPrinted = lines[0]?.channel === 'print';
    const content = isPrinted ? (lines === printed[0] ? tied : undefined) : await print([letterSheet(lines, words)]);
    const file =
      content === undefined
        ? null
        : {
            field: isPrinted ? 'print' : 'letter',
            name: `${isPrinted ? 'tisk' : 'dopis'}-${words.on}.pdf`,
            mime: 'application/pdf',
            content,
          };
    letters.push(letterOf(lines, words, file));
  }
  return letters;
}
