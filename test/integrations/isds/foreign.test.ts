// ISDS spoken by programs that we did not write, from the official WSDL: zeep (Python) as a client of our simulator, npm soap as a server for our client.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import soap from 'soap';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIsdsClient, type IsdsClient } from '../../../server/integrations/isds/client.ts';
import { isdsConfigSchema } from '../../../server/integrations/isds/config.ts';
import { readTrust } from '../../../server/integrations/isds/seal-trust.ts';
import { createIsdsSimulator, portalBox, townBox, type IsdsSimulator } from '../../../server/integrations/isds/simulator.ts';
import { verifyZfo } from '../../../server/integrations/isds/zfo.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';
import { hasProgram, hasSpecs, specs } from './schema.ts';
import { pdf, townConfig } from './town.ts';

const PYTHON = '/usr/bin/python3';
const hasZeep = hasProgram(PYTHON, '-c', 'import zeep');
if (!hasZeep) console.warn('SKIPPED: python3-zeep is not installed, the simulated ISDS is not tried by a foreign client');
const wsdl = resolve(specs, 'wsdl');

describe.runIf(hasSpecs && hasZeep)('zeep against the simulated ISDS', () => {
  let isds: SimulatedServer<IsdsSimulator>;
  beforeEach(async () => {
    const limits = { ordinary: 100_000, bigFrom: 90_000, largest: 1_000_000 };
    isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0, limits }));
  });
  afterEach(() => isds.close());

  it('sends, lists, downloads, searches, and does so with large messages in SOAP 1.2', { timeout: 90_000 }, async () => {
    const logins = [portalBox.user, portalBox.password, townBox.user, townBox.password];
    const script = join(import.meta.dirname, 'zeep-client.py');
    const { stdout } = await promisify(execFile)(PYTHON, [script, isds.baseUrl, wsdl, ...logins], {
      timeout: 80_000,
      maxBuffer: 10_000_000,
    });
    const { signed, report, ...seen } = JSON.parse(stdout) as Record<string, unknown>;
    expect(seen).toEqual({
      create: '0000',
      received: ['Zpráva od zeepu'],
      sent: ['zeep-1'],
      states: [4, 6],
      file: '%PDF-1.4 zeep',
      signedSent: true,
      events: ['EV0', 'EV5', 'EV1'],
      hash: true,
      envelope: 'Zpráva od zeepu',
      author: [['userType', 'OFFICIAL_CERT']],
      genuine: true,
      read: '0000',
      found: ['jnovot7'],
      search: [[1, 'jnovot7', 'Jana |$*HL_START*$|Novotná|$*HL_END*$|']],
      state: 1,
      owner: portalBox.id,
      user: 'PRIMARY_USER',
      multiple: ['0004', ['0000', '5001']],
      hashes: [true, true],
      big: '0000',
      attachment: ['velka.pdf', true],
      pastTheLast: '1299',
      bigSigned: true,
      wrongService: '1281',
    });
    const trust = readTrust([isds.simulator.authorityPem], 'datových schránek');
    const kinds = [signed, report].map((file) => verifyZfo(Buffer.from(String(file), 'base64'), trust).content?.kind);
    expect(kinds).toEqual(['received', 'delivery']);
  });
});

describe.runIf(hasSpecs)('our client against npm soap on the official WSDL', () => {
  let server: Server;
  let client: IsdsClient;
  let asked: Record<string, unknown>;
  const ok = { dmStatusCode: '0000', dmStatusMessage: 'Provedeno úspěšně.' };
  const dbOk = { dbStatusCode: '0000', dbStatusMessage: 'Provedeno úspěšně.' };
  const answers: Readonly<Record<string, unknown>> = {
    CreateMessage: { dmID: '123', dmStatus: ok },
    CreateMultipleMessage: {
      dmMultipleStatus: { dmSingleStatus: [{ dmID: '1', dmStatus: ok }, { dmStatus: { ...ok, dmStatusCode: '1007' } }] },
      dmStatus: { ...ok, dmStatusCode: '0004' },
    },
    SignedMessageDownload: { dmSignature: Buffer.from('zfo').toString('base64'), dmStatus: ok },
    GetMessageStateChanges: {
      dmRecords: { dmRecord: [{ dmID: '123', dmEventTime: '2026-03-02T09:00:00.000+01:00', dmMessageStatus: 6 }] },
      dmStatus: ok,
    },
    MarkMessageAsDownloaded: { dmStatus: { dmStatusCode: '1219', dmStatusMessage: 'Zpráva neexistuje.' } },
    FindDataBox2: {
      dbResults: { dbOwnerInfo: [{ dbID: 'abc2def', dbType: 'FO', pnGivenNames: 'Jana', pnLastName: 'Novotná', dbState: 1 }] },
      dbStatus: dbOk,
    },
    ISDSSearch3: {
      totalCount: 1,
      currentCount: 1,
      position: 0,
      lastPage: true,
      dbResults: {
        dbResult: [
          { dbID: 'abc2def', dbType: 'OVM', dbName: 'Obec |$*HL_START*$|Lhota|$*HL_END*$|', dbAddress: 'Lhota 1', dbSendOptions: 'DZ' },
        ],
      },
      dbStatus: dbOk,
    },
    CheckDataBox: { dbState: 2, dbStatus: dbOk },
    GetOwnerInfoFromLogin2: { dbOwnerInfo: { dbID: 'abc2def', dbType: 'OVM', firmName: 'Obec Lhota', dbState: 1 }, dbStatus: dbOk },
  };
  const services = [
    ['dz', 'dm_operations'],
    ['dx', 'dm_info'],
    ['df', 'db_search'],
    ['DsManage', 'db_access'],
  ] as const;

  beforeEach(async () => {
    asked = {};
    server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const operation = (name: string) => (given: unknown) => {
      asked[name] = given;
      return answers[name];
    };
    const implementation = Object.fromEntries(Object.keys(answers).map((name) => [name, operation(name)]));
    for (const [path, file] of services) {
      const text = readFileSync(join(wsdl, `${file}.wsdl`), 'utf8');
      const [service, port] = [/<(?:wsdl:)?service name="(\w+)"/, /<(?:wsdl:)?port [^>]*name="(\w+)"/].map(
        (shape) => shape.exec(text)?.[1] ?? '',
      );
      await new Promise<void>((done, fail) => {
        soap.listen(server, {
          path: `/DS/${path}`,
          services: { [service ?? '']: { [port ?? '']: implementation } },
          xml: text,
          uri: join(wsdl, `${file}.wsdl`),
          callback: (error?: unknown) => (error ? fail(error instanceof Error ? error : new Error('wsdl')) : done()),
        });
      });
    }
    const settings = isdsConfigSchema.parse(townConfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    const account = settings.accounts['town'];
    if (!account) throw new Error('town');
    client = createIsdsClient(settings, account, fetch);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it('is understood when it sends', async () => {
    const envelope = {
      dbIDRecipient: 'abc2def',
      dmAnnotation: 'Věc & <spol>',
      dmSenderRefNumber: 'MUXX/1/2026',
      dmPersonalDelivery: true,
      dmAllowSubstDelivery: true,
    };
    expect(await client.createMessage(envelope, [pdf])).toMatchObject({ messageId: '123' });
    expect(asked['CreateMessage']).toMatchObject({
      dmEnvelope: {
        dbIDRecipient: 'abc2def',
        dmAnnotation: 'Věc & <spol>',
        dmSenderRefNumber: 'MUXX/1/2026',
        dmPersonalDelivery: true,
        dmOVM: true,
      },
      dmFiles: {
        dmFile: [{ attributes: { dmFileDescr: 'podani.pdf', dmFileMetaType: 'main' }, dmEncodedContent: pdf.content.toString('base64') }],
      },
    });
    const { status, each } = await client.createMultipleMessage([{ boxId: 'abc2def' }, { boxId: 'xyz3ghi' }], envelope, [pdf]);
    expect([status.code, each.map((one) => one.status.code)]).toEqual(['0004', ['0000', '1007']]);
  });

  it('understands what it is told', async () => {
    expect((await client.downloadSigned('received', '123')).toString()).toBe('zfo');
    expect(await client.getMessageStateChanges(new Date(0), new Date(1))).toMatchObject([{ messageId: '123', state: 6 }]);
    await expect(client.markAsDownloaded('123')).rejects.toMatchObject({ code: 'isds-message-not-found', retryable: false });
    expect(await client.findDataBox({ dbType: 'FO', pnLastName: 'Novotná' })).toEqual([
      { boxId: 'abc2def', type: 'FO', state: 1, name: 'Jana Novotná' },
    ]);
    expect((await client.searchBoxes({ text: 'lhota', page: 0, pageSize: 10 })).boxes).toMatchObject([
      { name: 'Obec Lhota', hits: ['Lhota'] },
    ]);
    expect([await client.checkDataBox('abc2def'), (await client.ownerOfLogin()).name]).toEqual([2, 'Obec Lhota']);
  });
});
