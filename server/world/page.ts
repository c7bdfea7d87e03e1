// The first page of the simulated outside: where to go, what time it is, what is broken, and how to change both.
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { faultKinds } from '../integrations/fault-plan.ts';
import { readForm } from '../integrations/request-body.ts';
import { html, inOrder, list, showPage, showTime, table } from '../integrations/simulator-page.ts';
import type { Html } from '../integrations/simulator-page.ts';
import { readMove, tomorrow } from './clock-by-hand.ts';
import { faultNames, readFaultForm } from './faults-by-hand.ts';
import type { WorldContext } from './parts.ts';
import { addSystemPages } from './system-page.ts';

const DAY = 86_400_000;

export function createWorldPage(world: WorldContext): Middleware {
  const router = new Router();
  router.get('/', (ctx) =>
    showPage(ctx, { title: 'Rozcestník', body: body(world, undefined), back: { href: world.townUrl, text: 'Na portál města' } }),
  );
  router.post('/cas', async (ctx) => {
    const move = readMove(await readForm(ctx), world.clock.now());
    if (move !== undefined) {
      world.clock.forward(move);
      return ctx.redirect(`${world.baseUrl}/`);
    }
    ctx.status = 422;
    showPage(ctx, { title: 'Rozcestník', body: body(world, 'Čas lze posunout jen dopředu, nejvýš o 3650 dní.') });
  });
  router.post('/porucha', async (ctx) => {
    const wanted = readFaultForm(await readForm(ctx), world.clock.now());
    const part = world.parts.find(({ simulator }) => simulator.name === wanted?.simulator);
    if (wanted && part) {
      await part.faults.set([...part.faults.list(), wanted.rule]);
      return ctx.redirect(`${world.baseUrl}/`);
    }
    ctx.status = 422;
    showPage(ctx, { title: 'Rozcestník', body: body(world, 'Poruchu nelze nastavit: vyberte systém, druh a počet minut.') });
  });
  router.post('/opravit', async (ctx) => {
    for (const part of world.parts) await part.faults.set([]);
    ctx.redirect(`${world.baseUrl}/`);
  });
  addSystemPages(router, world);
  return inOrder(router);
}

function body(world: WorldContext, problem: string | undefined): Html {
  const rooms = world.parts.map(
    ({ simulator, baseUrl }) =>
      html`<li class="card">
        <a href="${baseUrl}/"><strong>${simulator.title}</strong></a
        ><br />${simulator.description}
        <p><a href="${world.baseUrl}/system/${simulator.name}">Deník a poruchy: ${simulator.title}</a></p>
      </li>`,
  );
  return html`${problem ? html`<p class="notice" role="alert">${problem}</p>` : undefined}
    <p>Datové schránky, banka, platební brána, pošta a přihlašování zkušebního města. Můžete tu jednat za druhou stranu.</p>
    <ul>
      ${rooms}
    </ul>
    ${clock(world)}${faults(world)}${accounts(world)}`;
}

function clock(world: WorldContext): Html {
  const days = Math.round(world.clock.offsetMs() / DAY);
  return html`<h2>Čas</h2>
    <div class="card">
      <p>
        Ve zkušebním světě je
        <strong>${showTime(world.clock.now())}</strong
        >${days > 0 ? `, o ${days} ${days === 1 ? 'den' : days < 5 ? 'dny' : 'dní'} napřed` : ''}. Vrátit čas nelze.
      </p>
      <form method="post" action="${world.baseUrl}/cas">
        <button name="hours" value="1" class="plain">O hodinu</button><button name="days" value="1" class="plain">O den</button
        ><button name="days" value="10" class="plain">O deset dní</button>
      </form>
      <form method="post" action="${world.baseUrl}/cas">
        <label for="days">O kolik dní posunout</label
        ><input id="days" name="days" type="number" min="1" max="3650" value="1" required /><button>Posunout čas</button>
      </form>
      <form method="post" action="${world.baseUrl}/cas">
        <label for="date">Posunout na den (na 8 hodin ráno)</label
        ><input id="date" name="date" type="date" min="${tomorrow(world.clock.now())}" required /><button>Posunout na den</button>
      </form>
    </div>`;
}

function faults(world: WorldContext): Html {
  const now = world.clock.now();
  const active = world.parts.flatMap(({ simulator, faults: plan }) =>
    plan
      .list()
      .filter(({ until }) => until === undefined || new Date(until) > now)
      .map((rule) => {
        const operation = rule.operation === '*' ? '' : ` (${rule.operation})`;
        return `${simulator.title}: ${faultNames[rule.kind]}${operation}${rule.until ? `, do ${showTime(rule.until)}` : ''}`;
      }),
  );
  const mend = html`<form method="post" action="${world.baseUrl}/opravit"><button class="plain">Všechno opravit</button></form>`;
  return html`<h2>Poruchy</h2>
    ${active.length > 0 ? html`${list(active)}${mend}` : html`<p>Všechno funguje.</p>`}
    <p>
      Porucha postihne každé volání vybraného systému, dokud nevyprší nebo ji neopravíte. Město se o ni nedozví jinak než jako o skutečné:
      práci zkusí znovu, zeptá se, zda už není hotová, a když to nepomůže, ohlásí incident. Poruchu jen jedné operace nastavíte na stránce
      systému.
    </p>
    <form class="card" method="post" action="${world.baseUrl}/porucha">
      <label for="simulator">Systém</label
      ><select id="simulator" name="simulator">
        ${world.parts.map(({ simulator }) => html`<option value="${simulator.name}">${simulator.title}</option>`)}
      </select>
      <label for="kind">Co se stane</label
      ><select id="kind" name="kind">
        ${faultKinds.map((kind) => html`<option value="${kind}" ${kind === 'unavailable' ? { html: ' selected' } : undefined}>${faultNames[kind]}</option>`)}
      </select>
      <label for="minutes">Na kolik minut</label
      ><input id="minutes" name="minutes" type="number" min="1" max="100000" value="60" required /> <button>Způsobit poruchu</button>
    </form>`;
}

function accounts(world: WorldContext): Html {
  const rows = world.parts.flatMap(({ simulator }) => (simulator.accounts ?? []).map(({ label, value }) => [label, value]));
  return html`<h2>Účty</h2>
    ${table('Účty', ['Co', 'Údaje'], rows)}`;
}
