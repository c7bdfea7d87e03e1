// A town in memory that speaks the citizen's HTTP contract, for the browser tests of states, errors and sizes. Real HTTP, real csrf, real revisions.
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import type { Level, LoginWay } from '../../server/contract/login.ts';
import type { CardPayment, Draft, FileCard, Lang, PortalSession, SaveDraft } from '../../server/contract/portal.ts';
import type * as Entry from '../../portal-ui/entry-server.ts';
import { accountPage, debtPage, groupPage, newAccountState, notices, type AccountState } from './fixture-account.ts';
import { CASE_ID, MARK, NOW, caseIn, form, person, remedyForm, servicePage, services, town, type CaseState } from './fixture-data.ts';

const CSRF = 'fixture-csrf';
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** The next requests that fit are answered so; `times` counts down. `drop` closes the connection instead. */
interface Trouble {
  readonly method: string;
  readonly path: RegExp;
  times: number;
  readonly status?: number;
  readonly code?: string;
  readonly drop?: boolean;
  readonly delayMs?: number;
  readonly afterwards?: boolean;
  readonly extra?: object;
}

export interface FixtureTown {
  readonly url: string;
  loggedIn: boolean;
  ways: readonly LoginWay[];
  /** Level of the session; the stronger login gives `substantial`. */
  loa: Level;
  caseState: CaseState;
  hasCase: boolean;
  card: CardPayment | null;
  account: AccountState;
  /** How often a page wanted the gateway to be asked. */
  gatewayAsked: number;
  readonly drafts: Map<string, Draft>;
  /** Command ids seen by submit, with the number of cases they made. */
  readonly submissions: string[];
  readonly saves: SaveDraft[];
  readonly troubles: Trouble[];
  touchCase(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  woff: 'font/woff',
};

export async function startFixtureTown(built: { readonly client: string; readonly server: string }): Promise<FixtureTown> {
  const entry = (await import(pathToFileURL(join(built.server, 'entry-server.js')).href)) as typeof Entry;
  const template = await readFile(join(built.client, 'index.html'), 'utf8');
  let lastActivityAt = '2026-11-20T10:00:00.000Z';
  let files = 0;
  const state = {
    loggedIn: false,
    ways: [{ name: 'nia', title: 'Identita občana', hint: '', highest: 'high' }] as readonly LoginWay[],
    loa: 'substantial' as Level,
    caseState: 'checking' as CaseState,
    hasCase: true,
    card: null as CardPayment | null,
    account: newAccountState(),
    gatewayAsked: 0,
    drafts: new Map<string, Draft>(),
    submissions: [] as string[],
    saves: [] as SaveDraft[],
    troubles: [] as Trouble[],
    touchCase: () => {
      lastActivityAt = '2026-11-21T12:59:00.000Z';
    },
  };
  const session = (): PortalSession => ({
    person: state.loggedIn ? { ...person, loa: state.loa } : null,
    csrf: CSRF,
    town,
    now: NOW,
    expiresAt: state.loggedIn ? new Date(Date.now() + 3_600_000).toISOString() : null,
  });
  const theCase = (): ReturnType<typeof caseIn> => caseIn(state.caseState, lastActivityAt);
  const refuse = (ctx: Context, status: number, code: string, extra: object = {}): void => {
    ctx.status = status;
    ctx.body = { type: 'about:blank', title: code, status, code, ...extra };
  };

  const app = new Koa({ proxy: false });
  app.silent = true;
  app.use(async (ctx, next) => {
    ctx.set('content-security-policy', CSP);
    const trouble = state.troubles.find((one) => one.times > 0 && one.method === ctx.method && one.path.test(ctx.path));
    if (trouble === undefined) return next();
    trouble.times -= 1;
    if (trouble.delayMs !== undefined) await new Promise((done) => setTimeout(done, trouble.delayMs));
    // The work is done and only the answer is lost.
    if (trouble.afterwards === true) await next();
    if (trouble.drop === true) {
      ctx.respond = false;
      ctx.req.socket.destroy();
      return undefined;
    }
    if (trouble.status !== undefined) {
      ctx.req.resume();
      refuse(ctx, trouble.status, trouble.code ?? 'broken', trouble.extra);
      return undefined;
    }
    return trouble.afterwards === true ? undefined : next();
  });
  app.use(async (ctx, next) => {
    if (ctx.path.startsWith('/api/') && !['GET', 'HEAD'].includes(ctx.method) && ctx.get('x-csrf-token') !== CSRF) {
      refuse(ctx, 403, 'csrf-invalid');
      return;
    }
    const open = /^\/api\/(session|services|login-ways)/.test(ctx.path);
    if (ctx.path.startsWith('/api/') && !open && !state.loggedIn) {
      refuse(ctx, 401, 'login-required');
      return;
    }
    await next();
  });

  const router = new Router();
  const list = (query: string): { services: typeof services; categories: string[]; query: string } => {
    const found = services.filter((service) => `${service.title} ${service.summary}`.toLowerCase().includes(query.toLowerCase()));
    return { services: found, categories: [...new Set(services.map((service) => service.category))], query };
  };
  router.get('/api/session', (ctx) => {
    ctx.body = session();
  });
  router.get('/api/services', (ctx) => {
    ctx.body = list(String(ctx.query.q ?? ''));
  });
  router.get('/api/services/:id', (ctx) => {
    const page = servicePage(ctx.params.id ?? '');
    if (page === null) refuse(ctx, 404, 'service-not-found');
    else ctx.body = page;
  });

  router.get('/api/drafts', (ctx) => {
    ctx.body = { drafts: [...state.drafts.values()] };
  });
  router.post('/api/drafts', async (ctx) => {
    const { service } = (await json(ctx)) as { service: string };
    const draft: Draft = {
      id: `n${state.drafts.size + 1}`,
      service,
      title: 'Přihlášení psa',
      savedAt: NOW,
      page: null,
      expiresAt: '2026-12-21T13:00:00.000Z',
      form,
      revision: 1,
      files: [],
      values: { jmeno: person.givenName, prijmeni: person.familyName },
      sources: { jmeno: 'identity', prijmeni: 'identity' },
    };
    state.drafts.set(draft.id, draft);
    ctx.body = draft;
  });
  const draftOf = (ctx: Context): Draft | null => state.drafts.get(String((ctx.params as Record<string, string>).id)) ?? null;
  router.get('/api/drafts/:id', (ctx) => {
    const draft = draftOf(ctx);
    if (draft === null) refuse(ctx, 404, 'draft-not-found');
    else ctx.body = draft;
  });
  router.put('/api/drafts/:id', async (ctx) => {
    const draft = draftOf(ctx);
    const body = (await json(ctx)) as SaveDraft;
    if (draft === null) {
      refuse(ctx, 404, 'draft-not-found');
      return;
    }
    if (body.revision !== draft.revision) {
      refuse(ctx, 409, 'draft-changed-elsewhere', { values: draft.values, revision: draft.revision });
      return;
    }
    state.saves.push(body);
    state.drafts.set(draft.id, { ...draft, values: body.values, page: body.page, revision: draft.revision + 1, savedAt: NOW });
    ctx.body = { revision: draft.revision + 1, savedAt: NOW };
  });
  router.delete('/api/drafts/:id', (ctx) => {
    state.drafts.delete(ctx.params.id ?? '');
    ctx.status = 204;
  });
  router.post('/api/drafts/:id/submit', async (ctx) => {
    const draft = draftOf(ctx);
    const body = (await json(ctx)) as { commandId: string };
    const known = state.submissions.includes(body.commandId);
    if (draft === null && !known) {
      refuse(ctx, 404, 'draft-not-found');
      return;
    }
    if (!known) state.submissions.push(body.commandId);
    if (draft !== null) state.drafts.delete(draft.id);
    state.hasCase = true;
    ctx.body = { caseId: CASE_ID, mark: MARK };
  });
  const upload = async (ctx: Context): Promise<void> => {
    const name = String(ctx.query.name);
    let size = 0;
    for await (const chunk of ctx.req) size += (chunk as Buffer).length;
    if (size === 0) {
      refuse(ctx, 422, 'file-empty');
      return;
    }
    if (name.endsWith('.exe')) {
      refuse(ctx, 415, 'file-type-not-allowed');
      return;
    }
    files += 1;
    const card: FileCard = { id: `file-${files}`, key: String(ctx.query.key), name, mime: 'application/pdf', size };
    const draft = draftOf(ctx);
    if (draft !== null) state.drafts.set(draft.id, { ...draft, files: [...draft.files, card] });
    ctx.status = 201;
    ctx.body = card;
  };
  router.post('/api/drafts/:id/files', upload);
  router.post('/api/cases/:caseId/tasks/:task/files', upload);
  router.delete('/api/drafts/:id/files/:file', (ctx) => {
    ctx.status = 204;
  });

  router.get('/api/cases', (ctx) => {
    ctx.body = { cases: state.hasCase ? [theCase()] : [] };
  });
  router.get('/api/cases/:caseId/deadlines', (ctx) => {
    ctx.body = { deadlines: [], forecast: null };
  });
  router.get('/api/calendar-feed', (ctx) => {
    ctx.body = { isOn: false, url: null, createdAt: null, readAt: null };
  });
  router.get('/api/cases/:caseId', (ctx) => {
    if (ctx.params.caseId === CASE_ID) ctx.body = theCase();
    else refuse(ctx, 404, 'case-not-found');
  });
  router.post('/api/cases/:caseId/withdraw', async (ctx) => {
    await json(ctx);
    state.caseState = 'withdrawn';
    ctx.body = theCase();
  });
  router.get('/api/cases/:caseId/tasks/:task', (ctx) => {
    if (state.caseState !== 'remedy') {
      refuse(ctx, 409, 'task-already-completed');
      return;
    }
    ctx.body = {
      executionId: 't1',
      title: 'Doplňte přihlášku',
      text: 'Doplňte prosím číslo čipu.',
      form: remedyForm,
      values: {},
      files: [],
      until: '2026-11-26',
      message: 'V přihlášce chybí číslo čipu. Najdete ho v očkovacím průkazu.',
    };
  });
  router.put('/api/cases/:caseId/tasks/:task/draft', async (ctx) => {
    await json(ctx);
    ctx.status = 204;
  });
  router.post('/api/cases/:caseId/tasks/:task/complete', async (ctx) => {
    await json(ctx);
    state.caseState = 'checking';
    ctx.body = theCase();
  });
  router.get('/api/cases/:caseId/prescriptions/:pid/qr.svg', (ctx) => {
    ctx.type = 'image/svg+xml';
    ctx.body =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path d="M0 0h29v29H0z" fill="#fff"/><path d="M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM14 14h3v3h-3zM20 20h5v2h-5z"/></svg>';
  });
  router.post('/api/cases/:caseId/prescriptions/:pid/card', async (ctx) => {
    await json(ctx);
    state.card = { id: 'k1', caseId: CASE_ID, state: 'preparing', gatewayUrl: null };
    ctx.body = state.card;
    state.card = { ...state.card, state: 'ready', gatewayUrl: `http://${ctx.host}/gateway/k1` };
  });
  router.get('/api/card-payments/:id', (ctx) => {
    if (state.card === null) refuse(ctx, 404, 'card-payment-not-found');
    else ctx.body = state.card;
    if (ctx.query.zeptat === '1') state.gatewayAsked += 1;
  });
  router.get('/gateway/k1', (ctx) => {
    ctx.type = 'html';
    ctx.body = `<!doctype html><title>Brána</title><a href="/moje/${CASE_ID}?platba=k1">Zpět do portálu</a>`;
  });

  addAccount(router, state, refuse);
  router.get('/api/login-ways', (ctx) => {
    ctx.body = { ways: state.ways };
  });
  router.get('/prihlaseni', (ctx, next) => {
    const [only, ...others] = state.ways;
    return only && others.length === 0 ? ctx.redirect(`/prihlaseni/${only.name}${ctx.search}`) : next();
  });
  router.get('/prihlaseni/:way', (ctx) => {
    state.loggedIn = true;
    ctx.redirect(String(ctx.query.cil));
  });
  router.post('/prihlaseni/:way/pripojit', (ctx) => {
    state.loa = 'substantial';
    ctx.status = 303;
    ctx.redirect(String(ctx.query.cil));
  });
  router.post('/odhlaseni', (ctx) => {
    state.loggedIn = false;
    if (ctx.is('application/x-www-form-urlencoded')) ctx.redirect('/?odhlaseno=1');
    else ctx.body = { location: '/?odhlaseno=1' };
  });
  router.get('/assets/portal/:file', async (ctx) => {
    const file = normalize(ctx.params.file ?? '').replaceAll('/', '');
    ctx.type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    ctx.body = await readFile(join(built.client, 'assets/portal', file));
  });
  app.use(router.routes());
  app.use(async (ctx) => {
    if (ctx.method !== 'GET') return;
    const lang: Lang = ctx.query.lang === 'en' || (ctx.query.lang !== 'cs' && ctx.cookies.get('lang') === 'en') ? 'en' : 'cs';
    if (ctx.query.lang !== undefined) ctx.cookies.set('lang', lang, { httpOnly: false });
    const service = /^\/sluzby\/([^/]+)$/.exec(ctx.path)?.[1];
    const data: Entry.PublicPageData = {
      session: session(),
      list: ['/', '/sluzby'].includes(ctx.path) ? list(String(ctx.query.q ?? '')) : null,
      service: service === undefined ? null : servicePage(service),
      ...(ctx.path === '/prihlaseni' ? { ways: state.ways } : {}),
    };
    const rendered = await entry.render({ path: ctx.url, lang, data });
    ctx.status = rendered.status;
    ctx.type = 'html';
    ctx.body = entry.fillDocument(template, rendered, data);
  });

  const server = await new Promise<Server>((resolve) => {
    const one = app.listen(0, '127.0.0.1', () => {
      resolve(one);
    });
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}

function addAccount(router: Router, state: { account: AccountState }, refuse: (ctx: Context, status: number, code: string) => void): void {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const known = (query: Context['query']): { holder?: string; year?: string; kind?: string } => {
    const [holder, year, kind] = [text(query.holder), text(query.year), text(query.kind)];
    return { ...(holder && { holder }), ...(year && { year }), ...(kind && { kind }) };
  };
  router.get('/api/account', (ctx) => {
    ctx.body = accountPage(state.account, known(ctx.query));
  });
  router.get('/api/account/summary', (ctx) => {
    const { totals, nextDue } = accountPage(state.account, {});
    ctx.body = { ...totals, nextDue, unread: state.account.reads.length > 0 ? 0 : 2 };
  });
  router.get('/api/account/prescriptions/:id', (ctx) => {
    const page = debtPage(ctx.params.id ?? '');
    if (page === null) refuse(ctx, 404, 'prescription-not-found');
    else ctx.body = page;
  });
  router.get(['/api/account/prescriptions/:id/qr.svg', '/api/account/groups/:id/qr.svg'], (ctx) => {
    ctx.type = 'image/svg+xml';
    ctx.body =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path d="M0 0h29v29H0z" fill="#fff"/><path d="M4 4h7v7H4z"/></svg>';
  });
  router.post('/api/account/groups', async (ctx) => {
    const { prescriptionIds } = (await json(ctx)) as { prescriptionIds: string[] };
    state.account.groups.push(prescriptionIds);
    ctx.status = 201;
    ctx.body = groupPage('g1', state.account);
  });
  router.get('/api/account/groups/:id', (ctx) => {
    ctx.body = groupPage(ctx.params.id ?? '', state.account);
  });
  router.post('/api/account/returns', async (ctx) => {
    const { account } = (await json(ctx)) as { account: string };
    if (!account.includes('/')) return refuse(ctx, 422, 'account-invalid');
    state.account.request = { id: 'r1', amount: 30_000, account, askedAt: NOW, dueOn: '2026-12-21', state: 'open', reason: '' };
    ctx.status = 201;
    ctx.body = { id: 'r1' };
  });
  router.delete('/api/account/returns/:id', (ctx) => {
    state.account.request = null;
    ctx.status = 204;
  });
  router.get('/api/account/notices', (ctx) => {
    ctx.body = { notices: notices(state.account) };
  });
  router.post('/api/account/notices/read', async (ctx) => {
    state.account.reads.push(((await json(ctx)) as { ids: string[] }).ids);
    ctx.status = 204;
  });
  router.post('/api/contacts/:channel', async (ctx) => {
    const { address } = (await json(ctx)) as { address: string };
    if (!/[@+0-9]/.test(address)) return refuse(ctx, 422, 'contact-invalid');
    const channel = ctx.params.channel === 'email' ? 'email' : 'phone';
    state.account.reminders = { ...state.account.reminders, [channel]: { ...state.account.reminders[channel], pending: address } };
    ctx.status = 202;
    ctx.body = state.account.reminders;
  });
  router.post('/api/contacts/:channel/confirm', async (ctx) => {
    const { secret } = (await json(ctx)) as { secret: string };
    if (secret !== '123456') return refuse(ctx, 409, 'contact-secret-wrong');
    const channel = ctx.params.channel === 'email' ? 'email' : 'phone';
    const { pending } = state.account.reminders[channel];
    state.account.reminders = { ...state.account.reminders, [channel]: { address: pending, broken: null, pending: null, offered: null } };
    ctx.body = state.account.reminders;
  });
  router.get('/api/account/reminders', (ctx) => {
    ctx.body = state.account.reminders;
  });
  router.put('/api/account/reminders', async (ctx) => {
    state.account.reminders = { ...state.account.reminders, ...((await json(ctx)) as object) };
    ctx.body = state.account.reminders;
  });
}

async function json(ctx: Context): Promise<unknown> {
  let text = '';
  for await (const chunk of ctx.req) text += String(chunk);
  return text === '' ? null : JSON.parse(text);
}
