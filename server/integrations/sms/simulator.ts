// Simulated SMS gateways: GoSMS and SMSbrána under one roof, with the phones of all who were written to.
import { createHash } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { underFaults } from '../fault-plan.ts';
import { readBody, readForm } from '../request-body.ts';
import { html, inOrder, showPage, showTime, table } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';

export interface SimulatedSms {
  readonly id: number;
  readonly via: 'gosms' | 'smsbrana';
  readonly to: string;
  readonly text: string;
  readonly key: string | null;
  readonly at: string;
}
interface SmsState {
  readonly messages: SimulatedSms[];
  readonly salts: Set<string>;
}
type SmsEvent = { readonly sent: SimulatedSms } | { readonly salt: string };
interface Core extends SimulatorOptions {
  readonly state: SmsState;
  readonly record: (event: SmsEvent) => Promise<void>;
}

export const demoGosms = { clientId: '10001_demo', clientSecret: 'demo-gosms-heslo', channel: 299_862 };
export const demoSmsbrana = { login: 'lipova', password: 'demo-smsbrana-heslo' };
const TOKEN = 'demo-gosms-token';
/** Nobody has such a number. */
const UNKNOWN = /000000$/;
const LONGEST = 459;

export function createSmsSimulator(options: SimulatorOptions): Simulator {
  const journal = journaled<SmsState, SmsEvent>(options.store, { messages: [], salts: new Set() }, (state, event) => {
    if ('sent' in event) state.messages.push(event.sent);
    else state.salts.add(event.salt);
  });
  const core: Core = { ...options, state: journal.state, record: journal.record };
  return {
    name: 'sms',
    title: 'SMS',
    description: 'Telefony všech, komu město poslalo SMS.',
    middleware: inOrder(pages(core), gosms(core), smsbrana(core)),
    ledger: () => core.state.messages.map((message) => ({ ...message })),
    control: {
      /** Messages of one number, newest last. */
      phone: async (input) => {
        const { number } = z.object({ number: z.string() }).parse(input);
        return core.state.messages.filter(({ to }) => to === number).map((message) => ({ ...message }));
      },
    },
    operations: ['token', 'send', 'credit'],
    accounts: [
      { label: 'GoSMS', value: `${demoGosms.clientId} / ${demoGosms.clientSecret}, kanál ${demoGosms.channel}` },
      { label: 'SMSbrána', value: `${demoSmsbrana.login} / ${demoSmsbrana.password}` },
    ],
    close: () => options.store.close(),
  };
}

async function keep(core: Core, sms: Omit<SimulatedSms, 'id' | 'at'>): Promise<number> {
  const id = core.state.messages.length + 42;
  await core.record({ sent: { ...sms, id, at: core.clock.now().toISOString() } });
  return id;
}

const messageSchema = z.object({
  message: z.string().min(1),
  recipients: z.array(z.string()).min(1),
  channel: z.literal(demoGosms.channel),
});

function gosms(core: Core): Router {
  const router = new Router();
  const json = (ctx: Context, status: number, body: unknown): void => {
    ctx.status = status;
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(body);
  };
  const isKnown = (ctx: Context): boolean => ctx.get('Authorization') === `Bearer ${TOKEN}`;
  router.post('/oauth/v2/token', (ctx) =>
    underFaults(ctx, core.faults, 'token', async () => {
      const form = await readForm(ctx);
      const isRight = form.get('client_id') === demoGosms.clientId && form.get('client_secret') === demoGosms.clientSecret;
      if (!isRight || form.get('grant_type') !== 'client_credentials') return json(ctx, 400, { error: 'invalid_client' });
      return json(ctx, 200, { access_token: TOKEN, expires_in: 3600, token_type: 'bearer', scope: 'user' });
    }),
  );
  router.post('/api/v1/messages', (ctx) =>
    underFaults(ctx, core.faults, 'send', async () => {
      if (!isKnown(ctx)) return json(ctx, 401, { error: 'invalid_grant' });
      const parsed = messageSchema.safeParse(JSON.parse((await readBody(ctx)).toString('utf8')));
      if (!parsed.success) return json(ctx, 400, { type: 'about:blank', title: 'Validation failed', status: 400 });
      const { recipients, message } = parsed.data;
      const invalid = recipients.filter((to) => UNKNOWN.test(to));
      let id = 0;
      for (const to of recipients) if (!invalid.includes(to)) id = await keep(core, { via: 'gosms', to, text: message, key: null });
      return json(ctx, 201, { recipients: { invalid }, link: `/api/v1/messages/${id}` });
    }),
  );
  router.get('/api/v1/', (ctx) =>
    underFaults(ctx, core.faults, 'credit', async () =>
      isKnown(ctx) ? json(ctx, 200, { name: 'Lipová', currentCredit: 500 }) : json(ctx, 401, { error: 'invalid_grant' }),
    ),
  );
  return router;
}

function smsbrana(core: Core): Router {
  const router = new Router();
  router.all('/smsconnect/http.php', async (ctx) => {
    const given = ctx.method === 'POST' ? await readForm(ctx) : new URLSearchParams(ctx.querystring);
    const action = given.get('action');
    await underFaults(ctx, core.faults, action === 'send_sms' ? 'send' : 'credit', async () => {
      ctx.type = 'text/xml; charset=utf-8';
      ctx.body = `<?xml version="1.0" encoding="utf-8"?>\n<result>${await answerOf(core, given, action)}</result>`;
    });
  });
  return router;
}

async function answerOf(core: Core, given: URLSearchParams, action: string | null): Promise<string> {
  const refused = await loginError(core, given);
  if (refused !== undefined) return `<err>${refused}</err>`;
  if (action === 'credit_info') return '<err>0</err><credit>250.50</credit>';
  if (action !== 'send_sms') return '<err>6</err>';
  const text = given.get('message') ?? '';
  const to = given.get('number') ?? '';
  const key = given.get('user_id');
  if (key !== null && core.state.messages.some((message) => message.key === key)) return '<err>-1</err>';
  if (text === '') return '<err>11</err>';
  if (text.length > LONGEST) return '<err>12</err>';
  if (!/^\+?\d{9,15}$/.test(to) || UNKNOWN.test(to)) return '<err>10</err>';
  const id = await keep(core, { via: 'smsbrana', to, text, key });
  return `<err>0</err><price>1.1</price><sms_count>1</sms_count><credit>249.40</credit><sms_id>${id}</sms_id>`;
}

/** 2 login, 3 hash, 7 salt used before; undefined = welcome. */
async function loginError(core: Core, given: URLSearchParams): Promise<number | undefined> {
  if (given.get('login') !== demoSmsbrana.login) return 2;
  if (given.get('password') === demoSmsbrana.password) return undefined;
  const [time, salt, auth] = [given.get('time') ?? '', given.get('sul') ?? '', given.get('auth') ?? given.get('hash')];
  if (!/^\d{8}T\d{6}$/.test(time)) return 4;
  if (
    auth !==
    createHash('md5')
      .update(demoSmsbrana.password + time + salt)
      .digest('hex')
  )
    return 3;
  if (salt === '' || core.state.salts.has(salt)) return 7;
  await core.record({ salt });
  return undefined;
}

function pages(core: Core): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    const rows = core.state.messages
      .toReversed()
      .map(({ to, text, via, at }) => [showTime(at), to, text, via === 'gosms' ? 'GoSMS' : 'SMSbrána']);
    const body =
      rows.length === 0 ? html`<p>Město zatím neposlalo žádnou SMS.</p>` : table('Odeslané SMS', ['Kdy', 'Komu', 'Text', 'Brána'], rows);
    showPage(ctx, { title: 'SMS', body });
  });
  return router;
}
