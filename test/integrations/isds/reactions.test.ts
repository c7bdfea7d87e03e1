// What we do when ISDS says no, not now, or not you: each with its reaction and a Czech sentence.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutsideFailure, type Answer, type Connector, type OutgoingFile } from '../../../server/integrations/connector.ts';
import { prepareAttachments } from '../../../server/integrations/isds/attachments.ts';
import { isdsConfigSchema } from '../../../server/integrations/isds/config.ts';
import { rewrittenName } from '../../../server/integrations/isds/file-names.ts';
import { createIsdsConnector } from '../../../server/integrations/isds/index.ts';
import { failureOf, refusalOf, sentenceOf } from '../../../server/integrations/isds/statuses.ts';
import { zipFault } from '../../../server/integrations/isds/zip-rules.ts';
import { createIsdsSimulator, portalBox, townBox } from '../../../server/integrations/isds/simulator.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';
import { pdf, townConfig } from './town.ts';
import { zipOf } from './zip.ts';

let isds: SimulatedServer;
let requests = 0;

const counted: typeof fetch = (input, init) => {
  requests += 1;
  return fetch(input, init);
};
const connect = (password = portalBox.password): Connector =>
  createIsdsConnector(townConfig(isds.baseUrl, { accounts: { portal: { boxId: portalBox.id, user: portalBox.user, password } } }), {
    clock: isds.clock,
    fetch: counted,
  });
const send = async (connector: Connector, files: readonly OutgoingFile[] = [pdf]): Promise<Answer<unknown> | OutsideFailure> => {
  const effect = connector.effects['isds.send'];
  const input = effect?.input.parse({ from: 'portal', to: townBox.id, subject: 'Věc', documents: [] });
  try {
    return (await effect?.perform('klic', input, files)) as Answer<unknown>;
  } catch (error) {
    if (error instanceof OutsideFailure) return error;
    throw error;
  }
};

beforeEach(async () => {
  requests = 0;
  isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }));
});
afterEach(() => isds.close());

describe('planned maintenance', () => {
  it('is told with its reason and tried again later', async () => {
    await isds.act('switch', { name: 'maintenance', isOn: true });
    expect(await send(connect())).toMatchObject({
      code: 'isds-unavailable',
      retryable: true,
      message: 'Služba má odstávku (HTTP 503): Probíhá plánovaná údržba.',
    });
    await isds.act('switch', { name: 'maintenance', isOn: false });
    expect(await send(connect())).toMatchObject({ done: {} });
  });

  it('comes on Fridays from midnight to one', async () => {
    await isds.act('switch', { name: 'friday', isOn: true });
    isds.clock.forward(Date.parse('2026-03-06T00:30:00+01:00') - isds.clock.now().getTime());
    expect(await send(connect())).toMatchObject({ code: 'isds-unavailable' });
    isds.clock.forward(30 * 60_000);
    expect(await send(connect())).toMatchObject({ done: {} });
  });
});

describe('a refused login', () => {
  it('is not repeated by other work, because a few tries block the account; a person who checks asks once more', async () => {
    const connector = connect('spatne');
    const [first, second] = [await send(connector), await send(connector)];
    expect([first, second]).toMatchObject([
      { code: 'isds-login-refused', retryable: false },
      { code: 'isds-login-refused', retryable: false },
    ]);
    await expect(connector.inbox?.poll(undefined)).rejects.toMatchObject({ code: 'isds-login-refused' });
    expect(requests).toBe(1);
    expect(await connector.check()).toEqual({ ok: false, text: expect.stringMatching(/^Účet „portal“: Přihlášení bylo odmítnuto/) });
    expect(requests).toBe(2);
  });
});

describe('a status', () => {
  it.each([
    ['3008', 'isds-too-many-requests', true],
    ['3009', 'isds-too-many-requests', true],
    ['3005', 'isds-too-many-requests', true],
    ['9005', 'isds-component-failed', true],
    ['9999', 'isds-component-failed', true],
    ['2046', 'isds-not-yet', true],
    ['1286', 'isds-not-yet', true],
    ['2006', 'isds-request-rejected', false],
    ['2999', 'isds-request-rejected', false],
    ['4321', 'isds-component-failed', true],
  ])('%s is a failure %s, tried again: %s', async (code, failure, retryable) => {
    await isds.act('status', { operation: 'CreateMessage', code });
    const answer = await send(connect());
    expect(answer).toMatchObject({
      code: failure,
      retryable,
      message: expect.stringMatching(new RegExp(`^[A-ZÁ-Ž].* \\(stav ${code}.*\\)\\.$`)),
    });
  });

  it.each([
    ['1007', 'box-not-available'],
    ['1201', 'box-not-available'],
    ['1204', 'box-not-available'],
    ['1232', 'box-not-available'],
    ['2011', 'box-not-available'],
    ['5001', 'box-not-available'],
    ['1214', 'attachment-refused'],
    ['2010', 'attachment-refused'],
    ['1200', 'message-too-large'],
    ['1004', 'isds-refused'],
    ['1999', 'isds-refused'],
  ])('%s is a refusal %s with a sentence', async (code, refusal) => {
    await isds.act('status', { operation: 'CreateMessage', code });
    expect(await send(connect())).toEqual({
      refused: { code: refusal, reason: expect.stringMatching(new RegExp(`^[A-ZÁ-Ž].* \\(stav ${code}.*\\)\\.$`)) },
    });
  });

  it('after a wait is answered by the work', async () => {
    await isds.act('status', { operation: '*', code: '3009', times: 2 });
    const connector = connect();
    expect([await send(connector), await send(connector)]).toMatchObject([{ untouched: true }, { untouched: true }]);
    expect(await send(connector)).toMatchObject({ done: {} });
  });

  it('that we do not know says the words of ISDS too', () => {
    expect(sentenceOf({ code: '1777', message: ' Nová\n chyba. ' })).toBe('Datové schránky požadavek odmítly (stav 1777: Nová chyba).');
    expect(refusalOf({ code: '1777', message: '' })).toBe('isds-refused');
    expect(failureOf({ code: '1777', message: '' })).toMatchObject({ code: 'isds-refused', retryable: false });
  });
});

describe('attachments', () => {
  const settings = isdsConfigSchema.parse(townConfig('http://127.0.0.1'));
  const file = (name: string, content: Buffer = Buffer.from('x')): OutgoingFile => ({ name, mime: '', content });
  const reasonOf = (...files: OutgoingFile[]): string => {
    const prepared = prepareAttachments(files, settings);
    return 'refused' in prepared ? prepared.refused.reason : '';
  };

  it.each([
    ['zápis<1>.pdf', 'zápis_1_.pdf'],
    ['a\u00a0b\tc\u2003d.pdf', 'a b c d.pdf'],
    ['skryté\u200b\ufeff\u0007znaky.pdf', 'skrytéznaky.pdf'],
    ['od–do—konec.pdf', 'od-do-konec.pdf'],
    ['„smlouva“ «b».pdf', '"smlouva" "b".pdf'],
  ])('named %j are sent as ISDS would rewrite them', async (given, expected) => {
    expect(rewrittenName(given)).toBe(expected);
    expect(rewrittenName(expected)).toBe(expected);
    await send(connect(), [{ ...pdf, name: given }]);
    expect(isds.simulator.ledger()).toMatchObject([{ files: [expected] }]);
  });

  it('of a kind that ISDS does not take are refused before it is asked', async () => {
    expect(reasonOf(file('program.exe'))).toBe('Přílohu „program.exe“ datové schránky nepřijmou: soubor tohoto typu není povolený.');
    expect(reasonOf(file('bez přípony'))).toContain('není povolený');
    expect(reasonOf(file(`${'x'.repeat(252)}.pdf`))).toContain('není povolený');
    expect(reasonOf(...Array.from({ length: 101 }, () => file('a.pdf')))).toContain('nejvýš 100');
    expect(await send(connect(), [file('a.exe')])).toMatchObject({ refused: { code: 'attachment-refused' } });
    expect(requests).toBe(0);
  });

  it('in a ZIP must keep its rules', () => {
    expect(zipFault(zipOf([{ name: 'a/b/c/d/plan.pdf' }]))).toBeUndefined();
    expect(zipFault(zipOf([{ name: 'a/b/c/d/e/plan.pdf' }]))).toContain('4 úrovně');
    expect(zipFault(zipOf([{ name: 'a.pdf', isEncrypted: true }]))).toContain('zašifrovaný');
    expect(zipFault(zipOf([{ name: 'vnitrni.zip' }]))).toContain('další archiv');
    expect(zipFault(zipOf([{ name: 'program.exe' }]))).toContain('program.exe');
    expect(zipFault(zipOf([{ name: 'bomba.txt', unpacked: 4_000_000_000 }]))).toContain('3 GB');
    expect(zipFault(zipOf(Array.from({ length: 1001 }, (_, index) => ({ name: `${index}.txt` }))))).toContain('1000');
    expect(zipFault(Buffer.from('PK nic'))).toContain('čitelný');
    expect(zipFault(zipOf([{ name: 'a.pdf' }]).subarray(20))).toContain('čitelný');
    expect(reasonOf(file('spis.zip', zipOf([{ name: 'vir.exe' }])))).toBe(
      'Přílohu „spis.zip“ datové schránky nepřijmou: archiv obsahuje soubor nepovoleného typu (vir.exe).',
    );
  });
});
