// Every effect of every connector with its other side, as the contract kit runs it.
import { createBankConnector } from '../../../server/integrations/bank/index.ts';
import { createBankSimulator, demoBankToken, townAccount } from '../../../server/integrations/bank/simulator.ts';
import { createCityPoliceConnector } from '../../../server/integrations/city-police/index.ts';
import { createCityPoliceSimulator, demoPoliceToken } from '../../../server/integrations/city-police/simulator.ts';
import { createComgateConnector } from '../../../server/integrations/comgate/index.ts';
import { createComgateSimulator, demoMerchant } from '../../../server/integrations/comgate/simulator.ts';
import type { Connector, Effect } from '../../../server/integrations/connector.ts';
import { createEconomyConnector } from '../../../server/integrations/economy/index.ts';
import { createEconomySimulator, demoEconomyToken } from '../../../server/integrations/economy/simulator.ts';
import { createEsslConnector } from '../../../server/integrations/essl/index.ts';
import { createEsslSimulator, demoEssl } from '../../../server/integrations/essl/simulator.ts';
import { createGopayConnector } from '../../../server/integrations/gopay/index.ts';
import { createGopaySimulator, demoShop } from '../../../server/integrations/gopay/simulator.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import { createIsdsSimulator, townBox } from '../../../server/integrations/isds/simulator.ts';
import { createMailConnector } from '../../../server/integrations/mail/index.ts';
import { createMailSimulator, type MailSimulator } from '../../../server/integrations/mail/simulator.ts';
import { createSmsConnector } from '../../../server/integrations/sms/index.ts';
import { createSmsSimulator, demoGosms, demoSmsbrana } from '../../../server/integrations/sms/simulator.ts';
import { pdf, townConfig } from '../isds/town.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';
import { TIMEOUT_MS, type Stage, type Subject } from './kit.ts';

export const subjects: readonly Subject[] = [
  { effect: 'isds.send', operation: 'CreateMessage', open: openIsds },
  {
    effect: 'isds.send',
    way: 'velká zpráva',
    operation: 'CreateBigMessage',
    open: () => openIsds({ ordinaryBytes: 4, bigTimeoutMs: TIMEOUT_MS * 2 }),
  },
  {
    effect: 'mail.send',
    operation: 'message',
    mayRepeat: 'Poštovního serveru se nelze zeptat, co odeslal; druhý e-mail má stejné Message-ID.',
    open: openMail,
  },
  {
    effect: 'sms.send',
    way: 'GoSMS',
    operation: 'send',
    mayRepeat: 'GoSMS nezná náš klíč a nelze se jí zeptat.',
    open: () => openSms({ provider: 'gosms', ...demoGosms }),
  },
  { effect: 'sms.send', way: 'SMSbrána', operation: 'send', open: () => openSms({ provider: 'smsbrana', ...demoSmsbrana }) },
  {
    effect: 'gopay.create',
    operation: 'create',
    mayRepeat: 'Brány se nelze zeptat podle našeho čísla; platbu založenou navíc nikdo nezaplatí, její adresu nikdo nezná.',
    open: () => openGateway('gopay', 'create'),
  },
  { effect: 'essl.register-document', operation: 'DokumentZalozeni', open: () => openEssl('register-document') },
  { effect: 'essl.open-file', operation: 'SpisZalozeni', open: () => openEssl('open-file') },
  { effect: 'essl.add-document', operation: 'Udalosti', open: () => openEssl('add-document') },
  { effect: 'essl.attach-file', operation: 'Udalosti', open: () => openEssl('attach-file') },
  { effect: 'essl.dispatch', operation: 'Udalosti', open: () => openEssl('dispatch') },
  { effect: 'essl.note-delivery', operation: 'Udalosti', open: () => openEssl('note-delivery') },
  { effect: 'essl.settle-document', operation: 'Udalosti', open: () => openEssl('settle-document') },
  { effect: 'essl.settle-file', operation: 'Udalosti', open: () => openEssl('settle-file') },
  { effect: 'essl.close-file', operation: 'Udalosti', open: () => openEssl('close-file') },
  { effect: 'essl.reopen-file', operation: 'Udalosti', open: () => openEssl('reopen-file') },
  { effect: 'economy.export', operation: 'davky', open: openEconomy },
  { effect: 'bank.order', operation: 'order', open: openBank },
  { effect: 'city-police.note-payment', operation: 'payment', open: openPolice },
  { effect: 'gopay.refund', operation: 'refund', open: () => openGateway('gopay', 'refund') },
  {
    effect: 'comgate.create',
    operation: 'create',
    mayRepeat: 'Brány se nelze zeptat podle našeho čísla; platbu založenou navíc nikdo nezaplatí, její adresu nikdo nezná.',
    open: () => openGateway('comgate', 'create'),
  },
  {
    effect: 'comgate.refund',
    operation: 'refund',
    asksPerson: 'Comgate nemá seznam vrácených plateb; zda vrátila, ověří úředník v jejím portálu.',
    open: () => openGateway('comgate', 'refund'),
  },
];

/** Effects that touch no machine: what they promise is said in their README. */
export const withoutOtherSide: readonly string[] = ['post.print'];

function effectOf(connector: Connector, name: string): Effect {
  const effect = connector.effects[name];
  if (!effect) throw new Error(`${name} is missing`);
  return effect;
}

const rows = ({ simulator }: SimulatedServer): readonly Record<string, unknown>[] =>
  simulator.ledger() as readonly Record<string, unknown>[];

async function openIsds(more: Parameters<typeof townConfig>[1] = {}): Promise<Stage> {
  const limits = { ordinary: 1000, bigFrom: 1, largest: 100_000 };
  const world = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0, limits }));
  const config = townConfig(world.baseUrl, { timeoutMs: TIMEOUT_MS, ...more });
  const input = { from: 'portal', to: townBox.id, subject: 'Podání', senderRef: 'MULO/1/2026', documents: [] };
  return {
    effect: effectOf(createIsdsConnector(config, { clock: world.clock }), 'isds.send'),
    faults: world.faults,
    input,
    refused: { ...input, to: 'zzzzzz1' },
    files: [pdf],
    done: () => rows(world).length,
    close: () => world.close(),
  };
}

async function openMail(): Promise<Stage> {
  let simulator: MailSimulator | undefined;
  const world = await serve((options) => (simulator = createMailSimulator({ ...options, smtpPort: 0 })));
  const port = (await simulator?.listening) ?? 0;
  const config = {
    host: '127.0.0.1',
    port,
    requireTls: false,
    from: 'Podatelna <podatelna@lipova.example>',
    domain: 'lipova.example',
    timeoutMs: TIMEOUT_MS,
  };
  const input = { to: 'jana@example.cz', subject: 'Přijato', text: 'Podání jsme přijali.' };
  return {
    effect: effectOf(createMailConnector(config), 'mail.send'),
    faults: world.faults,
    input,
    refused: { ...input, to: 'nikdo@neexistuje.example' },
    done: () => rows(world).length,
    close: () => world.close(),
  };
}

async function openSms(account: object): Promise<Stage> {
  const world = await serve(createSmsSimulator);
  const config = { ...account, baseUrl: world.baseUrl, timeoutMs: TIMEOUT_MS } as Parameters<typeof createSmsConnector>[0];
  const input = { to: '+420777123456', text: 'Podání má nový stav.' };
  return {
    effect: effectOf(createSmsConnector(config), 'sms.send'),
    faults: world.faults,
    input,
    refused: { ...input, to: '+420777000000' },
    done: () => rows(world).length,
    close: () => world.close(),
  };
}

async function openBank(): Promise<Stage> {
  const world = await serve((options) => createBankSimulator(options));
  const payment = { to: '1265098001/5500', amount: 15_000, vs: '1341000017', ks: '', ss: '', message: 'Vrácení přeplatku' };
  const order = { name: townAccount.name, payOn: '2026-03-02', payments: [payment] };
  const config = { baseUrl: world.baseUrl, token: demoBankToken, account: townAccount.account, timeoutMs: TIMEOUT_MS };
  return {
    effect: effectOf(createBankConnector(config), 'bank.order'),
    faults: world.faults,
    input: order,
    refused: { ...order, payments: [{ ...payment, to: townAccount.account }] },
    done: () => (world.simulator.ledger() as { readonly transfers: readonly unknown[] }).transfers.length,
    close: world.close,
  };
}

async function openEconomy(): Promise<Stage> {
  const world = await serve((options) => createEconomySimulator(options));
  const line = (debit: number, credit: number): object => ({ account: debit > 0 ? 'bank' : 'payment', debit, credit, variableSymbol: '' });
  const document = {
    id: '018f4e5a-0000-7000-8000-000000000001',
    date: '2026-03-02',
    kind: 'receive',
    text: 'Platba',
    stornoOf: null,
    lines: [line(100, 0), line(0, 100)],
  };
  const exportId = '018f4e5a-0000-7000-8000-000000000002';
  return {
    effect: effectOf(createEconomyConnector({ baseUrl: world.baseUrl, token: demoEconomyToken, timeoutMs: TIMEOUT_MS }), 'economy.export'),
    faults: world.faults,
    input: { exportId, documents: [document] },
    refused: { exportId, documents: [{ ...document, lines: [line(100, 0), line(0, 90)] }] },
    done: () => rows(world).length,
    close: () => world.close(),
  };
}

async function openPolice(): Promise<Stage> {
  const world = await serve((options) => createCityPoliceSimulator(options));
  const { id } = (await world.act('impose', { payer: 'Jana Novotná', registry: 'R1', amount: 50_000 })) as { id: string };
  const input = { fineId: id, state: 'paid', paid: 50_000, on: '2026-03-05' };
  const connector = createCityPoliceConnector({ baseUrl: world.baseUrl, token: demoPoliceToken, timeoutMs: TIMEOUT_MS });
  return {
    effect: effectOf(connector, 'city-police.note-payment'),
    faults: world.faults,
    input,
    refused: { ...input, fineId: 'MP-1999-1' },
    done: () => (world.simulator.ledger() as unknown as { payments: readonly unknown[] }).payments.length,
    close: () => world.close(),
  };
}

/** A document and a file are there already; what the effect does is counted by what changed. */
async function openEssl(name: string): Promise<Stage> {
  const world = await serve(createEsslSimulator);
  const connector = createEsslConnector({ baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: TIMEOUT_MS });
  const createdAt = '2026-03-02T08:15:00Z';
  const act = async (what: string, input: object): Promise<void> => {
    const effect = effectOf(connector, `essl.${what}`);
    await effect.perform('k', effect.input.parse(input), []);
  };
  for (const id of ['prvni', 'dalsi']) await act('register-document', { id, kind: 'own', title: 'Dokument', createdAt });
  await act('open-file', { id: 'spis', title: 'Spis', createdAt, firstDocument: 'prvni' });
  const change = { fileId: 'spis', at: createdAt };
  if (name === 'reopen-file') await act('close-file', change);
  const letter = { documentId: 'dalsi', at: createdAt };
  if (name === 'note-delivery') await act('dispatch', { ...letter, by: 'post' });
  const inputs: Readonly<Record<string, readonly [object, object]>> = {
    'register-document': [
      { id: 'novy', kind: 'own', title: 'Výzva', createdAt },
      { id: 'novy', kind: 'own', title: 'Zakázáno', createdAt },
    ],
    'open-file': [
      { id: 'novy', title: 'Spis', createdAt, firstDocument: 'dalsi' },
      { id: 'novy', title: 'Spis', createdAt, firstDocument: 'neznamy' },
    ],
    'add-document': [
      { fileId: 'spis', documentId: 'dalsi' },
      { fileId: 'neznamy', documentId: 'dalsi' },
    ],
  };
  const ofLetter: Readonly<Record<string, object>> = {
    'attach-file': { documentId: 'dalsi', documents: ['019a0000-0000-7000-8000-000000000001'] },
    dispatch: { ...letter, by: 'post' },
    'note-delivery': letter,
    'settle-document': letter,
  };
  const [input, refused] = ofLetter[name]
    ? [ofLetter[name], { ...ofLetter[name], documentId: 'neznamy' }]
    : (inputs[name] ?? [change, { ...change, fileId: 'neznamy' }]);
  const before = changesIn(world);
  return {
    effect: effectOf(connector, `essl.${name}`),
    faults: world.faults,
    input,
    refused,
    ...(name === 'attach-file' ? { files: [pdf] } : {}),
    done: () => changesIn(world) - before,
    close: () => world.close(),
  };
}

/** How many things were registered, opened, put in and changed. */
function changesIn({ simulator }: SimulatedServer): number {
  const { documents, files } = simulator.ledger() as unknown as {
    documents: readonly { changes: number }[];
    files: readonly { documents: readonly unknown[]; changes: number }[];
  };
  return (
    documents.reduce((sum, document) => sum + 1 + document.changes, 0) +
    files.reduce((sum, file) => sum + 1 + file.documents.length - 1 + file.changes, 0)
  );
}

async function openGateway(kind: 'gopay' | 'comgate', what: 'create' | 'refund'): Promise<Stage> {
  const world = await serve((options) =>
    kind === 'gopay'
      ? createGopaySimulator(options)
      : createComgateSimulator({ ...options, shop: { ...demoMerchant, notificationUrl: 'http://127.0.0.1:1/hook' } }),
  );
  const timeoutMs = TIMEOUT_MS;
  const connector =
    kind === 'gopay'
      ? createGopayConnector({
          baseUrl: `${world.baseUrl}/api`,
          ...demoShop,
          returnUrl: 'http://127.0.0.1:1/navrat',
          notificationUrl: 'http://127.0.0.1:1/hook',
          timeoutMs,
        })
      : createComgateConnector({ baseUrl: `${world.baseUrl}/v2.0`, ...demoMerchant, returnUrl: 'http://127.0.0.1:1/navrat', timeoutMs });
  const create = effectOf(connector, `${kind}.create`);
  const order = { amount: 15_000, description: 'Poplatek ze psa', variableSymbol: '1341000017', email: 'jana@example.cz' };
  const base = { faults: world.faults, close: () => world.close() };
  if (what === 'create') return { ...base, effect: create, input: order, done: () => rows(world).length };
  const founded = await create.perform('k', create.input.parse(order), []);
  const { paymentId } = ('done' in founded ? founded.done : {}) as { paymentId: string };
  await world.act('act', { id: paymentId, outcome: 'pay' });
  return {
    ...base,
    effect: effectOf(connector, `${kind}.refund`),
    input: { paymentId, amount: 5_000, known: [] },
    refused: { paymentId, amount: 99_000, known: [] },
    done: () => Number(rows(world)[0]?.['refunded'] ?? 0) / 5_000,
  };
}
