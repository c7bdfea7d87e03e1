// The simulated ISDS in the hands of a person or a test: its board, switches, fiction over days off, messages written from a citizen's box.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import type { DataBoxMessage } from '../../../server/integrations/isds/index.ts';
import { readTrust } from '../../../server/integrations/isds/seal-trust.ts';
import { fictionTime } from '../../../server/integrations/isds/simulator-state.ts';
import { createIsdsSimulator, townBox, type IsdsSimulator } from '../../../server/integrations/isds/simulator.ts';
import { verifyZfo } from '../../../server/integrations/isds/zfo.ts';
import { createMemoryStore, type SimulatorStore } from '../../../server/integrations/simulator-store.ts';
import { serve, testClock, type SimulatedServer, type TestClock } from '../simulated-server.ts';
import { townConfig } from './town.ts';

const DAY = 86_400_000;
let isds: SimulatedServer<IsdsSimulator>;
let store: SimulatorStore;
let clock: TestClock;

const start = async (): Promise<void> => {
  isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }), { store, clock });
};
beforeEach(async () => {
  store = createMemoryStore();
  clock = testClock();
  await start();
});
afterEach(() => isds.close());

const send = async (more: Record<string, unknown> = {}): Promise<string> => {
  const sent = await isds.act('send', { from: townBox.id, to: 'jnovot7', subject: 'Výzva', text: 'Přijďte.', ...more });
  return (sent as { id: string }).id;
};
const stateOf = (id: string): unknown =>
  (isds.simulator.ledger() as { messageId: string; state: number }[]).find((row) => row.messageId === id)?.state;
const page = async (path = '/'): Promise<string> => (await fetch(`${isds.baseUrl}${path}`)).text();
const press = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(`${isds.baseUrl}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
const prague = (text: string): number => Date.parse(`${text}+01:00`);

describe('the end of a fiction', () => {
  it.each([
    ['2026-03-02T10:00:00', '2026-03-12T23:59:59', '2026-03-12T23:59:59'], // a Thursday
    ['2026-03-04T10:00:00', '2026-03-14T23:59:59', '2026-03-16T23:59:59'], // a Saturday
    ['2026-12-14T10:00:00', '2026-12-24T23:59:59', '2026-12-28T23:59:59'], // Christmas and a weekend
    ['2027-03-16T10:00:00', '2027-03-26T23:59:59', '2027-03-30T23:59:59'], // Good Friday to Easter Monday
  ])('of a message of %s is %s, with days off shifted %s', (at, plain, shifted) => {
    const summer = shifted.startsWith('2027-03-30') ? '+02:00' : '+01:00';
    expect([fictionTime(prague(at)), fictionTime(prague(at), true)]).toEqual([prague(plain), Date.parse(`${shifted}${summer}`)]);
  });

  it('is shifted for what still waits, and what was delivered before the switch stays delivered, also after a restart', async () => {
    clock.forward(2 * DAY);
    const old = await send();
    clock.forward(10 * DAY + DAY);
    expect(stateOf(old)).toBe(5);
    const waiting = await send();
    await isds.act('switch', { name: 'weekend', isOn: true });
    expect([stateOf(old), stateOf(waiting)]).toEqual([5, 4]);
    clock.forward(11 * DAY);
    const before = isds.simulator.ledger();
    await isds.close();
    await start();
    expect(isds.simulator.ledger()).toEqual(before);
  });
});

describe('the board', () => {
  it('shows all messages and makes one a virus, undeliverable or erased', async () => {
    const [virus, dead, erased] = [await send(), await send(), await send()];
    const shown = await page();
    expect([virus, dead, erased].every((id) => shown.includes(id))).toBe(true);
    for (const [id, state] of [
      [virus, '3'],
      [dead, '8'],
      [erased, '9'],
    ] as const)
      expect((await press(`/zprava/${id}/stav`, { state })).status).toBe(302);
    expect([stateOf(virus), stateOf(dead), stateOf(erased)]).toEqual([3, 8, 9]);
    expect(await page()).toContain('odmítnuta, obsahuje virus');
    expect((await press('/zprava/1/stav', { state: '3' })).status).toBe(404);
  });

  it('switches the maintenance on and off', async () => {
    const check = (): Promise<{ ok: boolean }> => createIsdsConnector(townConfig(isds.baseUrl)).check();
    expect((await check()).ok).toBe(true);
    await press('/prepinac', { name: 'maintenance', on: 'true' });
    expect(await check()).toMatchObject({ ok: false, text: expect.stringContaining('Probíhá plánovaná údržba') });
    await press('/prepinac', { name: 'maintenance', on: 'false' });
    expect((await check()).ok).toBe(true);
  });

  it('gives a person the sealed message and its delivery report, with the events', async () => {
    const id = await send();
    await isds.act('login', { box: 'jnovot7' });
    expect(await page(`/schranka/jnovot7/zprava/${id}`)).toContain('EV1: Doručeno přihlášením');
    const trust = readTrust([isds.simulator.authorityPem], 'datových schránek');
    const kinds = await Promise.all(
      ['zprava', 'dorucenka'].map(async (what) => {
        const file = await fetch(`${isds.baseUrl}/schranka/jnovot7/zprava/${id}/${what}.zfo`);
        return verifyZfo(Buffer.from(await file.arrayBuffer()), trust).content?.kind;
      }),
    );
    expect(kinds).toEqual(['received', 'delivery']);
    expect((await fetch(`${isds.baseUrl}/schranka/zrehor8/zprava/${id}/zprava.zfo`)).status).toBe(404);
  });
});

it('prints where the certificate of its authority is', async () => {
  const address = isds.simulator.accounts?.find(({ label }) => label.includes('autority'))?.value ?? '';
  expect(await (await fetch(address)).text()).toBe(isds.simulator.authorityPem);
});

describe('a message written for a citizen', () => {
  it('carries references, addressee and attachments as told', async () => {
    const content = Buffer.from('%PDF-1.4').toString('base64');
    const messageId = await send({
      from: 'jnovot7',
      to: townBox.id,
      recipientRef: 'MULI/7/2026',
      recipientIdent: 'SZ 7',
      senderRef: 'J-1',
      toHands: 'paní Malá',
      personalDelivery: true,
      files: [{ name: 'příloha.pdf', mime: 'application/pdf', content }],
    });
    const { inbox } = createIsdsConnector(townConfig(isds.baseUrl, { trustedCertificates: [isds.simulator.authorityPem] }), { clock });
    const polled = await inbox?.poll(undefined);
    const message = polled?.messages.find(({ kind }) => kind === 'data-box-message');
    expect(message?.payload).toMatchObject({
      messageId,
      senderBox: 'jnovot7',
      senderType: 40,
      recipientRef: 'MULI/7/2026',
      recipientIdent: 'SZ 7',
      senderRef: 'J-1',
      toHands: 'paní Malá',
      personalDelivery: true,
      zfo: { valid: true },
    } satisfies Partial<Omit<DataBoxMessage, 'zfo'>> & { zfo: object });
    expect(message?.files?.map(({ name }) => name)).toEqual(['zprava.txt', 'příloha.pdf', `${messageId}.zfo`]);
  });

  it.each([[{ subject: '' }], [{ text: undefined }], [{ files: [{ name: 'a.pdf', content: '???' }] }]])(
    'is refused without sense: %o',
    async (more) => {
      await expect(send(more)).rejects.toThrow();
      expect(isds.simulator.ledger()).toEqual([]);
    },
  );
});
