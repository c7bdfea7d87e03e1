// The simulated outside as a whole: one address, one clock, faults by hand and by test, and a memory that survives kill -9.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quietPort } from '../setup/port.ts';
import { createWorld } from '../../server/world/world.ts';
import type { World } from '../../server/world/world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'world-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const json = async (answer: Response): Promise<unknown> => answer.json();
const post = (url: string, body: unknown, method = 'POST'): Promise<Response> =>
  fetch(url, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

describe('the world in one process', () => {
  let world: World;
  let server: Server;
  let base: string;

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/zkusebni-svet`;
    world = await createWorld({
      baseUrl: base,
      dataDir: folder,
      clockFile: join(folder, 'clock.json'),
      smtpPort: 0,
      townUrl: '/',
      deliverMs: 0,
    });
    const app = new Koa();
    app.use(world.middleware);
    app.use((ctx) => {
      ctx.body = `town at ${ctx.path}`;
    });
    server.on('request', app.callback());
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await world.close();
  });
  const form = (path: string, fields: Record<string, string>): Promise<Response> =>
    fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

  it('answers under its own path only', async () => {
    expect(await (await fetch(base.replace('/zkusebni-svet', '/sluzby'))).text()).toBe('town at /sluzby');
    expect(await (await fetch(`${base}-jinde`)).text()).toBe('town at /zkusebni-svet-jinde');
  });

  it.each(['', '/system/isds', '/system/comgate', '/comgate/', '/isds/', '/isds/schranka/jnovot7', '/bank', '/gopay/', '/mail/', '/imap/'])(
    'shows %s as a page with one heading, a language and a label for every field',
    async (path) => {
      const answer = await fetch(`${base}${path}`);
      const text = await answer.text();
      const fields = [...text.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g)].map((match) => match[1]);
      expect([
        answer.status,
        answer.headers.get('content-security-policy')?.includes("default-src 'none'"),
        /<html lang="cs">/.test(text),
        text.match(/<h1>/g)?.length,
      ]).toEqual([200, true, true, 1]);
      for (const field of fields) expect(text).toContain(`<label for="${field}">`);
    },
  );

  it('moves its clock by an hour, by days or to a morning, and never back', async () => {
    const now = async (): Promise<number> => Date.parse(((await json(await fetch(`${base}/ovladani/clock`))) as { now: string }).now);
    const before = await now();
    expect((await form('/cas', { hours: '1' })).status).toBe(302);
    expect(Math.round(((await now()) - before) / 3_600_000)).toBe(1);
    await form('/cas', { days: '10' });
    expect(Math.round(((await now()) - before) / 86_400_000)).toBe(10);
    const day = new Date((await now()) + 40 * 86_400_000).toISOString().slice(0, 10);
    await form('/cas', { date: day });
    expect(new Date(await now()).toLocaleString('sv-SE', { timeZone: 'Europe/Prague' })).toMatch(new RegExp(`^${day} 08:0`));
    for (const fields of [{ date: '2020-01-01' }, { date: 'zítra' }, { days: '-1' }, { hours: '0' }, {}])
      expect((await form('/cas', fields as Record<string, string>)).status).toBe(422);
  });

  it('sets a fault on one operation of one system, tells what it means, shows the ledger, and mends that fault alone', async () => {
    await post(`${base}/ovladani/bank/transfer`, { amount: 1_234, vs: '77' });
    await form('/system/bank/porucha', { operation: 'statements', kind: 'malformed', minutes: '5' });
    await form('/system/bank/porucha', { operation: '*', kind: 'slow', minutes: '5' });
    const page = await (await fetch(`${base}/system/bank`)).text();
    expect(page).toContain('odpoví nesmyslem, statements');
    expect(page).toContain('město tomu nesmí věřit');
    expect(page).toContain('&#34;vs&#34;: &#34;77&#34;');
    await form('/system/bank/odstranit', { index: '1' });
    expect(await json(await fetch(`${base}/ovladani/bank/faults`))).toMatchObject([{ operation: 'statements', kind: 'malformed' }]);
    expect((await form('/system/bank/porucha', { kind: 'kouzlo', minutes: '5' })).status).toBe(422);
    expect((await fetch(`${base}/system/neni`)).status).toBe(404);
  });

  it('leads from the first page to every simulator', async () => {
    const text = await (await fetch(base)).text();
    for (const { baseUrl } of world.parts) {
      expect(text).toContain(`href="${baseUrl}/"`);
      expect((await fetch(`${baseUrl}/`)).status).toBe(200);
    }
  });

  it('moves the clock by days from the page, for all simulators, and never back', async () => {
    expect((await form('/cas', { days: '30' })).status).toBe(302);
    expect(JSON.parse(readFileSync(join(folder, 'clock.json'), 'utf8'))).toEqual({ offsetMs: 30 * 86_400_000 });
    expect((await form('/cas', { days: '-1' })).status).toBe(422);
    expect((await post(`${base}/ovladani/clock`, { days: -1 })).status).toBe(422);
    expect(await json(await post(`${base}/ovladani/clock`, { hours: 1 }))).toMatchObject({ offsetMs: 30 * 86_400_000 + 3_600_000 });
    await post(`${base}/ovladani/isds/send`, { from: 'jnovot7', to: 'mulipo5', subject: 'x', text: 'y' });
    const [message] = (await json(await fetch(`${base}/ovladani/isds/ledger`))) as { at: string }[];
    expect(Date.parse(message?.at ?? '') - Date.now()).toBeGreaterThan(29 * 86_400_000);
  });

  it('breaks a system for an hour by hand, and the hour passes with the clock', async () => {
    expect((await form('/porucha', { simulator: 'isds', kind: 'unavailable', minutes: '60' })).status).toBe(302);
    const status = async (): Promise<number> =>
      (
        await fetch(`${base}/isds/DS/dz`, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa('lipova:Lipova-1')}` },
          body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><DummyOperation/></e:Body></e:Envelope>',
        })
      ).status;
    expect(await status()).toBe(503);
    expect(await (await fetch(base)).text()).toContain('Datové schránky: nefunguje (odstávka)');
    await post(`${base}/ovladani/clock`, { minutes: 61 });
    expect(await status()).toBe(200);
  });

  it('is mended by one button', async () => {
    await form('/porucha', { simulator: 'bank', kind: 'slow', minutes: '5' });
    await form('/opravit', {});
    expect(await json(await fetch(`${base}/ovladani/bank/faults`))).toEqual([]);
  });

  it('takes faults from tests, refuses nonsense', async () => {
    const rules = [{ operation: 'CreateMessage', kind: 'lose-answer', times: 2 }];
    expect(await json(await post(`${base}/ovladani/isds/faults`, rules, 'PUT'))).toEqual(rules);
    expect((await post(`${base}/ovladani/isds/faults`, [{ operation: 'x', kind: 'explode' }], 'PUT')).status).toBe(422);
    expect((await post(`${base}/ovladani/nobody/faults`, [], 'PUT')).status).toBe(404);
  });

  it('lets a test act as people do and read every ledger', async () => {
    expect(await json(await post(`${base}/ovladani/bank/transfer`, { amount: 15_000, vs: '42' }))).toMatchObject({ ok: true });
    expect((await post(`${base}/ovladani/isds/login`, {})).status).toBe(422);
    expect((await post(`${base}/ovladani/bank/rob`, {})).status).toBe(404);
    expect(await json(await fetch(`${base}/ovladani/ledger`))).toMatchObject({
      isds: [],
      gopay: [],
      mail: [],
      imap: [
        { folder: 'INBOX', messages: [] },
        { folder: 'Prevzato', messages: [] },
      ],
      bank: { transfers: [{ amount: 15_000, vs: '42' }] },
    });
  });
});

describe('the world in its own process', () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  const start = async (port: number): Promise<string> => {
    child = spawn(process.execPath, ['tools/simulators.ts', '--port-base', String(port), '--data-dir', folder, '--deliver-ms', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const base = `http://127.0.0.1:${port}/zkusebni-svet/ovladani`;
    const status = (): Promise<number | string> => fetch(base).then(({ status: code }) => code, String);
    await vi.waitFor(async () => expect([await status(), said]).toEqual([200, expect.anything()]), { timeout: 60_000, interval: 100 });
    return base;
  };
  const kill = async (): Promise<void> => {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await ended;
  };

  it(
    'remembers after kill -9 all it has answered, cuts off what was half written, and a used-up fault stays used up',
    { timeout: 180_000 },
    async () => {
      const port = await quietPort();
      const before = await start(port);
      await post(`${before}/isds/faults`, [{ operation: 'DummyOperation', kind: 'unavailable', times: 1 }], 'PUT');
      const dummy = async (): Promise<number> =>
        (
          await fetch(before.replace('ovladani', 'isds/DS/dz'), {
            method: 'POST',
            headers: { authorization: `Basic ${btoa('lipova:Lipova-1')}` },
            body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><DummyOperation/></e:Body></e:Envelope>',
          })
        ).status;
      expect(await dummy()).toBe(503);
      await Promise.all(Array.from({ length: 50 }, (_, index) => post(`${before}/bank/transfer`, { amount: index + 1 })));
      await kill();
      appendFileSync(join(folder, 'bank.jsonl'), '{"type":"transfer","transf');

      const after = await start(port);
      const ledger = (await json(await fetch(`${after}/bank/ledger`))) as { transfers: { amount: number }[] };
      expect(ledger.transfers.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
      expect(await dummy()).toBe(200);
      await post(`${after}/bank/transfer`, { amount: 99 });
      await kill();
      const again = await start(port);
      expect(((await json(await fetch(`${again}/bank/ledger`))) as { transfers: unknown[] }).transfers).toHaveLength(51);
    },
  );
});
