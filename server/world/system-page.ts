// The page of one simulated system: what it has received and done, which faults stand, and new ones for one of its operations.
import type Router from '@koa/router';
import type { Context } from 'koa';
import { faultKinds } from '../integrations/fault-plan.ts';
import { readForm } from '../integrations/request-body.ts';
import { html, showPage, showTime } from '../integrations/simulator-page.ts';
import type { Html } from '../integrations/simulator-page.ts';
import { faultExplanations, faultNames, readFaultForm } from './faults-by-hand.ts';
import type { WorldContext, WorldPart } from './parts.ts';

export function addSystemPages(router: Router, world: WorldContext): void {
  const partOf = (ctx: Context & { params: Record<string, string | undefined> }): WorldPart =>
    world.parts.find(({ simulator }) => simulator.name === ctx.params['name']) ?? ctx.throw(404);
  const show = (ctx: Context, part: WorldPart, problem?: string): void =>
    showPage(ctx, {
      title: `${part.simulator.title}: deník a poruchy`,
      body: body(world, part, problem),
      back: { href: `${world.baseUrl}/`, text: 'Na rozcestník' },
    });
  router.get('/system/:name', (ctx) => show(ctx, partOf(ctx)));
  router.post('/system/:name/porucha', async (ctx) => {
    const part = partOf(ctx);
    const form = await readForm(ctx);
    form.set('simulator', part.simulator.name);
    const wanted = readFaultForm(form, world.clock.now());
    if (wanted) {
      await part.faults.set([...part.faults.list(), wanted.rule]);
      return ctx.redirect(addressOf(world, part));
    }
    ctx.status = 422;
    return show(ctx, part, 'Poruchu nelze nastavit: vyberte operaci, druh a počet minut.');
  });
  router.post('/system/:name/odstranit', async (ctx) => {
    const part = partOf(ctx);
    const index = Number((await readForm(ctx)).get('index'));
    await part.faults.set(part.faults.list().filter((_, at) => at !== index));
    ctx.redirect(addressOf(world, part));
  });
}

const addressOf = (world: WorldContext, { simulator }: WorldPart): string => `${world.baseUrl}/system/${simulator.name}`;

function body(world: WorldContext, part: WorldPart, problem: string | undefined): Html {
  const { simulator, baseUrl } = part;
  return html`${problem ? html`<p class="notice" role="alert">${problem}</p>` : undefined}
    <p><a href="${baseUrl}/">Stránka systému ${simulator.title}</a></p>
    ${standing(world, part)}${newFault(world, part)}
    <h2>Deník</h2>
    <p>Všechno, co systém přijal a udělal. Totéž čtou zkoušky a porovnávají to s tím, co si myslí město.</p>
    <pre tabindex="0" role="region" aria-label="Deník">${JSON.stringify(simulator.ledger(), undefined, 2)}</pre>`;
}

function standing(world: WorldContext, part: WorldPart): Html {
  const rows = part.faults.list().map((rule, index) => {
    const operation = rule.operation === '*' ? 'všechny operace' : rule.operation;
    const until = rule.until ? `do ${showTime(rule.until)}` : rule.times ? `ještě ${rule.times}×` : 'dokud ji neodstraníte';
    return html`<li>
      ${faultNames[rule.kind]}, ${operation}, ${until}
      <form method="post" action="${addressOf(world, part)}/odstranit">
        <button class="plain" name="index" value="${index}">Odstranit: ${faultNames[rule.kind]}, ${operation}</button>
      </form>
    </li>`;
  });
  return html`<h2>Co je porouchané</h2>
    ${
      rows.length > 0
        ? html`<ul>
            ${rows}
          </ul>`
        : html`<p>Nic, systém odpovídá správně.</p>`
    }`;
}

function newFault(world: WorldContext, part: WorldPart): Html {
  const operations = part.simulator.operations ?? [];
  return html`<h2>Způsobit poruchu</h2>
    <form class="card" method="post" action="${addressOf(world, part)}/porucha">
      <label for="operation">Operace</label
      ><select id="operation" name="operation">
        <option value="*">všechny</option>
        ${operations.map((operation) => html`<option value="${operation}">${operation}</option>`)}
      </select>
      <label for="kind">Co se stane</label
      ><select id="kind" name="kind">
        ${faultKinds.map((kind) => html`<option value="${kind}">${faultNames[kind]}</option>`)}
      </select>
      <label for="minutes">Na kolik minut</label
      ><input id="minutes" name="minutes" type="number" min="1" max="100000" value="60" required /> <button>Způsobit poruchu</button>
    </form>
    <h3>Co která porucha znamená</h3>
    <ul>
      ${faultKinds.map((kind) => html`<li><strong>${faultNames[kind]}</strong>: ${faultExplanations[kind]}</li>`)}
    </ul>`;
}
