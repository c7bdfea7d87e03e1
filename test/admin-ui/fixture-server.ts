// A contract-shaped office server in memory, over real HTTP, with the Content-Security-Policy of the real one.
// Only for the office app's browser tests; it knows no process and no law.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import Router from '@koa/router';
import Koa from 'koa';
import type { Context } from 'koa';
import type { UnmatchedDesk } from '../../server/contract/money.ts';
import type { OutsideWork } from '../../server/contract/operations.ts';
import type { OfficeSession, QueueName, SituationDraft, TaskRow } from '../../server/contract/office.ts';
import { fixtureFiles, remedyForm } from './fixture-situation.ts';
import { caseOf, foundTown, letterOf, now, officers, rowOf, vocabulary } from './fixture-town.ts';
import type { Task, Town } from './fixture-town.ts';

export const csp =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export interface FixtureServer {
  readonly url: string;
  readonly town: Town;
  /** From now on every call of the office interface is answered as if the login had ended. */
  endLogins(): void;
  /** Calls whose path contains the text are answered with 503 until `heal`. */
  breakPath(part: string): void;
  heal(): void;
  stop(): Promise<void>;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(status: number, code: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

interface State {
  readonly town: Town;
  sessions: Map<string, string>;
  broken: string;
  readonly answers: Map<string, unknown>;
}

export async function startFixture(dist: string): Promise<FixtureServer> {
  const state: State = { town: foundTown(), sessions: new Map(), broken: '', answers: new Map() };
  const app = new Koa();
  app.use(async (ctx, next) => {
    ctx.set('content-security-policy', csp);
    await answerRefusals(ctx, next);
  });
  const router = routes(state);
  app.use(router.routes());
  app.use((ctx) => serveStatic(ctx, dist));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/urad/`,
    town: state.town,
    endLogins: () => state.sessions.clear(),
    breakPath: (part) => {
      state.broken = part;
    },
    heal: () => {
      state.broken = '';
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answerRefusals(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    ctx.status = error.status;
    ctx.type = 'application/problem+json';
    ctx.body = JSON.stringify({ type: 'about:blank', title: error.code, status: error.status, code: error.code, ...error.extra });
  }
}

async function serveStatic(ctx: Context, dist: string): Promise<void> {
  const path = normalize(ctx.path).replace(/^\/urad\/?/, '');
  const asset =
    path.startsWith('assets/') &&
    (await stat(join(dist, path)).then(
      (found) => found.isFile(),
      () => false,
    ));
  const file = join(dist, asset ? path : 'index.html');
  ctx.type = extname(file);
  ctx.body = createReadStream(file);
}

async function bodyOf(ctx: Context): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { raw: text };
  }
}

function routes(state: State): Router {
  const router = new Router();
  router.get('/urad/prihlaseni', (ctx) => {
    const key = `s-${state.sessions.size + 1}-${Math.round(performance.now())}`;
    state.sessions.set(key, String(ctx.query['kdo'] ?? 'o-jana'));
    ctx.cookies.set('urad', key, { path: '/', httpOnly: true });
    ctx.redirect(String(ctx.query['cil'] ?? '/urad/'));
  });
  const api = new Router({ prefix: '/urad/api' });
  api.use(async (ctx, next) => {
    if (state.broken !== '' && ctx.path.includes(state.broken)) throw new Refusal(503, 'unavailable');
    if (!ctx.path.endsWith('/session') && officerOf(ctx, state) === null) throw new Refusal(401, 'login-required');
    if (ctx.method !== 'GET' && ctx.get('x-csrf-token') !== 'csrf-of-fixture') throw new Refusal(403, 'csrf-token');
    await next();
  });
  api.get('/session', (ctx) => {
    ctx.body = sessionFor(officerOf(ctx, state));
  });
  workRoutes(api, state);
  moneyRoutes(api, state);
  analystRoutes(api, state);
  router.use(api.routes());
  return router;
}

function officerOf(ctx: Context, state: State): (typeof officers)[number] | null {
  const id = state.sessions.get(ctx.cookies.get('urad') ?? '');
  return officers.find((officer) => officer.id === id) ?? null;
}
function me(ctx: Context, state: State): (typeof officers)[number] {
  const officer = officerOf(ctx, state);
  if (officer === null) throw new Refusal(401, 'login-required');
  return officer;
}

function sessionFor(officer: (typeof officers)[number] | null): OfficeSession {
  const all = officer !== null;
  return {
    officer,
    csrf: 'csrf-of-fixture',
    town: { name: 'Kvasice', demo: true },
    now,
    can: {
      work: all,
      assign: officer?.id === 'o-petr',
      model: all,
      publish: all,
      repair: all,
      money: all,
      intervene: officer?.id === 'o-petr',
      migrate: all,
      configure: all,
    },
  };
}

const open = (town: Town): readonly Task[] => town.tasks.filter(({ completed }) => completed === undefined);
function inQueue(task: Task, queue: QueueName, officer: string): boolean {
  if (queue === 'mine') return task.assignee?.id === officer;
  if (queue === 'unassigned') return task.assignee === null;
  if (queue === 'overdue') return (task.daysLeft ?? 0) < 0;
  return true;
}
function taskOf(ctx: Context, town: Town): Task {
  const params = ctx['params'] as Record<string, string>;
  const task = town.tasks.find(({ caseId, executionId }) => caseId === params['caseId'] && executionId === params['executionId']);
  if (task === undefined) throw new Refusal(404, 'task-not-found');
  return task;
}
function refuseDone(task: Task): void {
  if (task.completed !== undefined) throw new Refusal(409, 'task-already-completed', task.completed);
}

function workRoutes(api: Router, state: State): void {
  const { town } = state;
  api.get('/queues', (ctx) => {
    const n = (queue: QueueName): number => open(town).filter((task) => inQueue(task, queue, me(ctx, state).id)).length;
    ctx.body = {
      counts: { mine: n('mine'), group: n('group'), unassigned: n('unassigned'), overdue: n('overdue'), all: n('all') },
      incidents: town.incidents.length,
      unmatchedPayments: town.payments.length,
      unsortedMessages: town.messages.length,
    };
  });
  api.get('/officers', (ctx) => {
    ctx.body = { officers };
  });
  api.get('/tasks', (ctx) => {
    ctx.body = listTasks(ctx, state);
  });
  api.get('/tasks/:caseId/:executionId', (ctx) => {
    const task = taskOf(ctx, town);
    refuseDone(task);
    ctx.body = {
      row: rowOf(task),
      form: remedyForm,
      values: task.draft,
      files: task.files,
      help: 'Zkontrolujte, zda oznámení obsahuje jméno psa, druh stavby a doklad o osvobození.',
      law: '§ 14a zákona č. 565/1990 Sb.',
      mine: task.assignee?.id === me(ctx, state).id,
    };
  });
  api.post('/tasks/:caseId/:executionId/claim', (ctx) => {
    const task = taskOf(ctx, town);
    refuseDone(task);
    if (task.assignee !== null && task.assignee.id !== me(ctx, state).id)
      throw new Refusal(409, 'task-claimed-by-other', { name: task.assignee.name });
    task.assignee = { id: me(ctx, state).id, name: me(ctx, state).name };
    ctx.body = rowOf(task);
  });
  api.post('/tasks/:caseId/:executionId/release', (ctx) => {
    const task = taskOf(ctx, town);
    task.assignee = null;
    ctx.body = rowOf(task);
  });
  api.post('/tasks/:caseId/:executionId/assign', async (ctx) => {
    const task = taskOf(ctx, town);
    const { officerId } = await bodyOf(ctx);
    const chosen = officers.find(({ id }) => id === officerId);
    if (chosen === undefined) throw new Refusal(404, 'officer-not-found');
    task.assignee = { id: chosen.id, name: chosen.name };
    ctx.body = rowOf(task);
  });
  api.put('/tasks/:caseId/:executionId/draft', async (ctx) => {
    taskOf(ctx, town).draft = (await bodyOf(ctx))['values'] as Task['draft'];
    ctx.status = 204;
  });
  api.post('/tasks/:caseId/:executionId/complete', (ctx) => complete(ctx, state));
  api.get('/cases', (ctx) => {
    ctx.body = listCases(ctx, town);
  });
  api.get('/cases-due', (ctx) => {
    ctx.body = {};
  });
  api.get('/cases/:id/deadlines', (ctx) => {
    ctx.body = { deadlines: [], records: [], forecasts: [], awaitedLetters: [], events: {} };
  });
  api.get('/cases/:id', (ctx) => {
    ctx.body = found(caseOf(town, String(ctx['params'].id)));
  });
  api.get('/cases/:id/documents/:doc', (ctx) => {
    ctx.type = 'application/pdf';
    ctx.body = '%PDF-1.4\n';
  });
  api.get('/cases/:id/diagram', (ctx) => {
    ctx.body = {
      xml: fixtureFiles['process.bpmn'],
      tokens: { kontrola: 1 },
      visited: ['start', 'zapis', 'f1', 'f2'],
      incidents: ['zprava'],
    };
  });
  api.post('/cases/:id/notes', async (ctx) => {
    const id = String(ctx['params'].id);
    const note = { id: `n-${performance.now()}`, at: now, author: me(ctx, state).name, text: String((await bodyOf(ctx))['text']) };
    town.notes.set(id, [...(town.notes.get(id) ?? []), note]);
    ctx.body = note;
  });
}

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Refusal(404, 'not-found');
  return value;
}

function listTasks(ctx: Context, { town, sessions }: State): object {
  const query = ctx.query as Record<string, string | undefined>;
  const officer = sessions.get(ctx.cookies.get('urad') ?? '') ?? '';
  const words = (query['q'] ?? '').toLocaleLowerCase('cs');
  const rows = open(town).filter(
    (task) =>
      inQueue(task, (query['queue'] ?? 'mine') as QueueName, officer) &&
      `${task.title} ${task.mark} ${task.applicant}`.toLocaleLowerCase('cs').includes(words),
  );
  const due = (row: TaskRow): string => row.dueAt ?? '9';
  const by: Record<string, (row: TaskRow) => string> = {
    due,
    opened: (row) => row.openedAt,
    mark: (row) => row.mark,
    title: (row) => row.title,
  };
  const key = by[query['sort'] ?? 'due'] ?? due;
  const sorted = rows.toSorted((a, b) => key(a).localeCompare(key(b), 'cs') * (query['dir'] === 'desc' ? -1 : 1));
  const page = Number(query['page'] ?? 1);
  return {
    queue: query['queue'] ?? 'mine',
    total: rows.length,
    page,
    pageSize: 50,
    tasks: sorted.slice((page - 1) * 50, page * 50).map(rowOf),
  };
}

function listCases(ctx: Context, town: Town): object {
  const query = ctx.query as Record<string, string | undefined>;
  const words = (query['q'] ?? '').toLocaleLowerCase('cs');
  const wanted = query['state'] ?? 'open';
  const all = town.tasks
    .map(({ caseId }) => found(caseOf(town, caseId)))
    .filter(
      ({ mark, applicant, state }) =>
        `${mark} ${applicant}`.toLocaleLowerCase('cs').includes(words) && (wanted === 'all' || state.ended === (wanted === 'ended')),
    );
  const page = Number(query['page'] ?? 1);
  return { total: all.length, page, pageSize: 50, cases: all.slice((page - 1) * 50, page * 50) };
}

async function complete(ctx: Context, state: State): Promise<void> {
  const { commandId, values } = (await bodyOf(ctx)) as { commandId: string; values: Record<string, unknown> };
  if (state.answers.has(commandId)) {
    ctx.body = state.answers.get(commandId);
    return;
  }
  const task = taskOf(ctx, state.town);
  refuseDone(task);
  if (task.assignee?.id !== me(ctx, state).id) throw new Refusal(409, 'task-not-claimed');
  if (values['uplne'] === undefined)
    throw new Refusal(422, 'form-invalid', {
      issues: [{ key: 'uplne', path: 'uplne', code: 'required', message: 'Vyberte, zda je oznámení úplné.' }],
    });
  task.completed = { name: me(ctx, state).name, at: '2026-11-22T13:03:00Z' };
  const next =
    open(state.town).find((one) => one.assignee?.id === me(ctx, state).id) ?? open(state.town).find((one) => one.assignee === null);
  ctx.body = { next: next === undefined ? null : rowOf(next), case: caseOf(state.town, task.caseId) };
  state.answers.set(commandId, ctx.body);
}

/** The one prescription of the town that is not paid. */
const debt = {
  prescriptionId: 'pr-1',
  title: 'Poplatek ze psa 2026',
  kind: 'pes',
  payerId: 'y-1',
  payerName: 'Karel Svoboda',
  address: 'Náves 1',
  variableSymbol: '1341000100',
  dueDate: '2026-12-15',
  daysOverdue: 0,
  open: 150_000,
};
function unmatchedRoutes(api: Router, town: Town): void {
  const gone = (ctx: Context): void => {
    town.payments = town.payments.filter(({ id }) => id !== ctx['params'].id);
    ctx.body = { done: true };
  };
  api.get('/money/unmatched', (ctx) => {
    const payments = town.payments.map(({ receivedAt, amount, ...rest }) => ({
      ...rest,
      receivedOn: receivedAt.slice(0, 10),
      amount,
      free: amount,
      state: 'unmatched',
      source: 'bank',
      reason: 'unknown-symbol',
      waitsForApproval: false,
      suggestions: rest.id === 'p-1' ? [{ ...debt, amount: Math.min(amount, debt.open), reasons: ['symbol-slip', 'amount-and-name'] }] : [],
    }));
    const desk: UnmatchedDesk = { payments, total: payments.length, rules: [], requests: [], fourEyesAbove: 1_000_000 };
    ctx.body = desk;
  });
  api.get('/debts', (ctx) => {
    ctx.body = { debts: ctx.query['q'] === debt.variableSymbol ? [debt] : [] };
  });
  api.get('/money/gateway-troubles', (ctx) => {
    ctx.body = { transfers: [] };
  });
  api.get('/money/held', (ctx) => {
    ctx.body = { items: [], accounts: [] };
  });
  api.get('/statements', (ctx) => {
    ctx.body = { files: [], accounts: [] };
  });
  api.post('/payments/:id/allocate', async (ctx) => {
    const { shares } = (await bodyOf(ctx)) as { readonly shares: readonly { readonly amount: number }[] };
    if (shares.some(({ amount }) => amount > debt.open)) throw new Refusal(409, 'more-than-owed');
    gone(ctx);
  });
  api.post('/payments/:id/give-back', gone);
}

function moneyRoutes(api: Router, { town }: State): void {
  api.get('/outside-work', (ctx) => {
    const stuck: OutsideWork = { work: town.outsideWork };
    ctx.body = stuck;
  });
  api.post('/outside-work/:key/decision', (ctx) => {
    if (!town.outsideWork.some(({ key }) => key === ctx['params'].key)) throw new Refusal(409, 'outside-work-not-stuck');
    town.outsideWork = town.outsideWork.filter(({ key }) => key !== ctx['params'].key);
    ctx.status = 204;
  });
  api.get('/failing-connectors', (ctx) => {
    ctx.body = { failing: [] };
  });
  api.get('/incidents/board', (ctx) => {
    const incidents = town.incidents.map((incident) => ({ ...incident, version: 1, serviceTitle: 'Přihlášení psa', executionId: null }));
    ctx.body = { total: incidents.length, incidents, groups: [] };
  });
  api.post('/incidents/:id/retry', (ctx) => {
    town.outsideWork = town.outsideWork.filter(({ key }) => `effect:${key}` !== ctx['params'].id);
    town.incidents = town.incidents.filter(({ id }) => id !== ctx['params'].id);
    ctx.status = 204;
  });
  unmatchedRoutes(api, town);
  api.get('/cases/:id/messages', (ctx) => {
    ctx.body = { messages: [] };
  });
  api.get('/cases/:id/paper-letters', (ctx) => {
    ctx.body = { letters: [letterOf(found(caseOf(town, String(ctx['params'].id))))] };
  });
  api.get('/messages', (ctx) => {
    ctx.body = { messages: ctx.query['view'] === 'unsorted' ? town.messages : [] };
  });
  for (const act of ['assign', 'dismiss']) {
    api.post(`/messages/:id/${act}`, (ctx) => {
      town.messages = town.messages.filter(({ id }) => id !== ctx['params'].id);
      ctx.status = 204;
    });
  }
}

function draftOf(town: Town): SituationDraft {
  town.draft ??= {
    situation: 'prihlaseni-psa',
    title: 'Přihlášení psa',
    files: fixtureFiles,
    revision: 1,
    savedAt: null,
    basedOn: 2,
    changedFiles: [],
  };
  return town.draft;
}
/** One real rule is enough here: a user task must name a form. */
function check(files: Readonly<Record<string, string>>): { readonly findings: readonly object[]; readonly scenarios: readonly object[] } {
  const tasks = [...(files['process.bpmn'] ?? '').matchAll(/<bpmn:userTask id="([^"]+)"([^>]*)>/g)];
  const bare = tasks.filter(([, , attributes]) => !(attributes ?? '').includes('spis:form=')).map(([, id]) => id);
  return {
    findings: [
      ...bare.map((element) => ({
        rule: 'task-form',
        severity: 'error',
        file: 'process.bpmn',
        element,
        message: 'Úkol nemá formulář. Vyberte ho ve vlastnostech.',
      })),
      {
        rule: 'input-missing',
        severity: 'warning',
        file: 'process.bpmn',
        element: 'zprava',
        message: 'Účinek „Poslat e-mail“ nemá vyplněný předmět.',
      },
    ],
    scenarios: [
      { name: 'Vše v pořádku', ok: bare.length === 0, text: bare.length === 0 ? 'Prošel celý.' : 'Zastavil se na úkolu bez formuláře.' },
    ],
  };
}

function analystRoutes(api: Router, state: State): void {
  const { town } = state;
  api.get('/situations', (ctx) => {
    ctx.body = {
      situations: [
        {
          id: 'prihlaseni-psa',
          title: 'Přihlášení psa',
          department: 'Finanční odbor',
          versions: town.versions,
          hasDraft: town.draft !== null,
          draftSavedAt: town.draft?.savedAt ?? null,
          draftBy: town.draft === null ? null : 'Jana Malá',
        },
      ],
    };
  });
  api.get('/vocabulary', (ctx) => {
    ctx.body = vocabulary;
  });
  api.get('/situations/:id/draft', (ctx) => {
    ctx.body = draftOf(town);
  });
  api.put('/situations/:id/draft', async (ctx) => {
    const draft = draftOf(town);
    const body = (await bodyOf(ctx)) as { files: Record<string, string>; revision: number };
    if (body.revision !== draft.revision) throw new Refusal(409, 'draft-changed-elsewhere', { revision: draft.revision });
    const changedFiles = Object.keys({ ...fixtureFiles, ...body.files }).filter((path) => fixtureFiles[path] !== body.files[path]);
    town.draft = { ...draft, files: body.files, revision: draft.revision + 1, savedAt: now, changedFiles };
    ctx.body = { revision: town.draft.revision, savedAt: now };
  });
  api.delete('/situations/:id/draft', (ctx) => {
    town.draft = null;
    ctx.status = 204;
  });
  api.post('/situations/:id/check', async (ctx) => {
    ctx.body = check((await bodyOf(ctx))['files'] as Record<string, string>);
  });
  api.post('/situations/:id/publish', async (ctx) => {
    const draft = draftOf(town);
    const { note, revision } = await bodyOf(ctx);
    if (revision !== draft.revision) throw new Refusal(409, 'draft-changed-elsewhere', { revision: draft.revision });
    const { findings } = check(draft.files);
    if (findings.some((finding) => (finding as { severity: string }).severity === 'error'))
      throw new Refusal(422, 'publication-refused', { findings });
    if (draft.changedFiles.length === 0) throw new Refusal(409, 'same-content', { number: town.versions[0]?.number });
    const number = (town.versions[0]?.number ?? 0) + 1;
    const version = {
      number,
      publishedAt: now,
      publishedBy: me(ctx, state).name,
      note: String(note),
      runningCases: 0,
      endedCases: 0,
      contentHash: `sha256:${number}`,
    };
    town.versions.unshift(version);
    town.versionFiles.set(number, draft.files);
    town.draft = null;
    ctx.body = version;
  });
  api.get('/situations/:id/versions/:n', (ctx) => {
    const number = Number(ctx['params'].n);
    ctx.body = {
      situation: 'prihlaseni-psa',
      title: 'Přihlášení psa',
      number,
      files: found(town.versionFiles.get(number)),
      tokens: town.tokens,
      overdue: { kontrola: 2 },
      runningCases: 14,
      newest: town.versions[0]?.number ?? number,
      doubts: ['Tabulka „Roční sazba“ se opírá o nejistou nejvyšší sazbu (poplatek za odpad, 1200 Kč, § 10h zákona č. 565/1990 Sb.).'],
    };
  });
  api.get('/situations/:id/versions/:n/heat', (ctx) => {
    ctx.body = { waiting: town.tokens, overdue: { kontrola: 2 }, incidents: {} };
  });
}
