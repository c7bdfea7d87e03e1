// Our requests and our reading of answers against the official schema and real samples, and the simulator's strictness.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIsdsClient } from '../../../server/integrations/isds/client.ts';
import { isdsConfigSchema } from '../../../server/integrations/isds/config.ts';
import * as request from '../../../server/integrations/isds/messages.ts';
import { deliveryInfo, downloadedMessage, hashOfRaw, statusOf } from '../../../server/integrations/isds/parsing.ts';
import { boxOwners } from '../../../server/integrations/isds/parsing-boxes.ts';
import { createIsdsSimulator, portalBox, townBox } from '../../../server/integrations/isds/simulator.ts';
import { callSoap, firstElement } from '../../../server/integrations/soap.ts';
import { parseUntrustedXml } from '../../../server/integrations/untrusted-xml.ts';
import type { Element } from '../../../server/integrations/untrusted-xml.ts';
import { serve } from '../simulated-server.ts';
import type { SimulatedServer } from '../simulated-server.ts';
import { pdf, townConfig } from './town.ts';

const specs = join(process.env['SPECS_DIR'] ?? join('..', 'shared', 'specs'), 'isds');
const hasSpecs = existsSync(specs);
if (!hasSpecs) console.warn(`SKIPPED: official ISDS schema and samples not found in ${specs} (set SPECS_DIR)`);
const hasXmllint = (() => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (hasSpecs && !hasXmllint)
  console.warn('SKIPPED: xmllint is not installed, requests are compared with the schema by order of elements only');

const root = (text: string): Element => {
  const element = parseUntrustedXml(text, { maxBytes: 1_000_000 }).documentElement;
  if (!element) throw new Error('empty');
  return element;
};
const sample = (name: string): string => readFileSync(join(specs, 'samples', name), 'utf8');
const inBody = (text: string): Element => firstElement(firstElement(root(text), 'Body')) ?? root(text);
const namesIn = (element: Element | undefined): string[] => [...(element?.childNodes ?? [])].flatMap((node) => node.localName ?? []);

const requests: Readonly<Record<string, string>> = {
  CreateMessage: request.createMessage({
    envelope: { dbIDRecipient: 'abc2def', dmAnnotation: 'Věc & <spol>', dmPersonalDelivery: false, dmAllowSubstDelivery: true },
    publicAuthority: true,
    files: [pdf],
  }),
  GetDeliveryInfo: request.byMessageId('GetDeliveryInfo', '1'),
  MessageDownload: request.byMessageId('MessageDownload', '1'),
  MarkMessageAsDownloaded: request.byMessageId('MarkMessageAsDownloaded', '1'),
  GetListOfSentMessages: request.listOfMessages('GetListOfSentMessages', { from: new Date(0), to: new Date(1), offset: 1, limit: 10 }),
  GetListOfReceivedMessages: request.listOfMessages('GetListOfReceivedMessages', {
    from: new Date(0),
    to: new Date(1),
    offset: 1,
    limit: 10,
  }),
  GetMessageStateChanges: request.getMessageStateChanges(undefined, undefined),
  FindDataBox2: request.findDataBox2({ dbType: 'OVM', ic: '00006947' }),
  CheckDataBox: request.checkDataBox('abc2def'),
  GetOwnerInfoFromLogin2: request.aboutLogin('GetOwnerInfoFromLogin2'),
};

describe.runIf(hasSpecs)('our requests and the official schema', () => {
  it.runIf(hasXmllint).each(Object.keys(requests))('%s is valid', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'isds-'));
    const schema = /^(FindDataBox2|CheckDataBox|GetOwner)/.test(name) ? 'dbTypes.xsd' : 'dmBaseTypes.xsd';
    writeFileSync(join(folder, 'request.xml'), requests[name] ?? '');
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', join(specs, 'wsdl', schema), join(folder, 'request.xml')], {
      stdio: 'pipe',
    });
    rmSync(folder, { recursive: true });
  });

  it('the envelope has the elements of gMessageEnvelopeSub, all and in order', () => {
    const xsd = readFileSync(join(specs, 'wsdl', 'dmBaseTypes.xsd'), 'utf8');
    const group = /<xs:group name="gMessageEnvelopeSub">([\s\S]*?)<\/xs:group>/.exec(xsd)?.[1] ?? '';
    const official = [...group.matchAll(/<xs:element name="(\w+)"/g)].map((match) => match[1]);
    expect(request.envelopeFields).toEqual(official);
    expect(namesIn(firstElement(root(requests['CreateMessage'] ?? ''), 'dmEnvelope'))).toEqual([...official, 'dmOVM']);
  });

  it.each(['FindDataBox2', 'CheckDataBox', 'GetListOfReceivedMessages', 'GetMessageStateChanges', 'GetOwnerInfoFromLogin2'])(
    '%s has the elements of the validated example',
    (name) => {
      const example = root(readFileSync(join(specs, 'examples', `${name}.xml`), 'utf8'));
      const ours = root(requests[name] ?? '');
      const inner = (element: Element): string[] => [...namesIn(element), ...namesIn(firstElement(element))];
      expect([ours.localName, ours.namespaceURI, inner(ours)]).toEqual([example.localName, example.namespaceURI, inner(example)]);
    },
  );
});

describe.runIf(hasSpecs)('answers of the real test environment', () => {
  it('a received message is read, its hash agrees with its bytes', () => {
    const text = sample('received_message-151916.xml');
    const message = downloadedMessage(root(text), Buffer.from(text, 'utf8'));
    expect(message).toMatchObject({
      messageId: '151916',
      senderBox: 'vqbab52',
      recipientBox: 'mw7dqvw',
      subject: 'Vaše datová zpráva byla přijata',
      senderRef: 'AB-81558',
      senderIdent: 'ZN-336',
      state: 7,
      hash: { algorithm: 'SHA-1' },
      deliveredAt: '2009-11-06T22:39:20.905+01:00',
    });
    expect(
      Buffer.from(message.files[0]?.content ?? [])
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
  });

  it('a received message changed by one letter is not believed', () => {
    const text = sample('received_message-151916.xml').replace('byla přijata', 'byla přijatá');
    expect(() => downloadedMessage(root(text), Buffer.from(text, 'utf8'))).toThrow(expect.objectContaining({ code: 'isds-hash-mismatch' }));
  });

  it('a delivery info is read with its events', () => {
    expect(deliveryInfo(root(sample('delivery_info-316590.xml')))).toMatchObject({
      messageId: '316590',
      state: 7,
      events: [{ code: 'EV1', at: '2010-03-18T15:44:56.376+01:00' }],
    });
  });

  it.each([
    ['CreateMessageResponse-9005.xml', '9005'],
    ['DummyOperationResponse-0000.xml', '0000'],
    ['X-BogusOperationResponse-2006.xml', '2006'],
    ['GetOwnerInfoFromLogin-0000.xml', '0000'],
  ])('%s has status %s', (name, code) => {
    expect(statusOf(inBody(sample(name))).code).toBe(code);
  });
});

describe('the simulated ISDS', () => {
  let isds: SimulatedServer;
  beforeEach(async () => {
    isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }));
  });
  afterEach(() => isds.close());

  const call = async (service: string, body: string, box = portalBox): Promise<Element> =>
    (
      await callSoap(
        {
          url: `${isds.baseUrl}/DS/${service}`,
          user: box.user,
          password: box.password,
          body,
          timeoutMs: 2000,
          maxBytes: 1_000_000,
          service: 'isds',
          userAgent: 'test',
        },
        fetch,
      )
    ).content;
  const codeOf = async (service: string, body: string, box = portalBox): Promise<string> => statusOf(await call(service, body, box)).code;
  const envelope = { dbIDRecipient: townBox.id, dmAnnotation: 'Věc', dmPersonalDelivery: false, dmAllowSubstDelivery: true };
  const message = request.createMessage({ envelope, files: [pdf] });

  it.each(request.envelopeFields)('refuses an envelope without %s', async (name) => {
    const without = message.replace(new RegExp(`<${name}( xsi:nil="true"/>|>[^<]*</${name}>)`), '');
    expect(without).not.toBe(message);
    expect(await codeOf('dz', without)).toMatch(/^2/);
    expect(isds.simulator.ledger()).toEqual([]);
  });

  it.each([
    ['no main document', message.replace('"main"', '"enclosure"'), /^2/],
    ['no document', message.replace(/<dmFile .*<\/dmFile>/, ''), /^2/],
    [
      'a reference of 51 characters',
      request.createMessage({ envelope: { ...envelope, dmSenderIdent: 'x'.repeat(51) }, files: [pdf] }),
      /^2/,
    ],
    ['a name without extension', request.createMessage({ envelope, files: [{ ...pdf, name: 'podani' }] }), /^1214$/],
    ['an operation that does not exist', '<Bogus xmlns="http://isds.czechpoint.cz/v20"/>', /^2006$/],
  ])('refuses %s', async (_what, body, code) => {
    expect(await codeOf('dz', body)).toMatch(code);
  });

  it('gives a message only to its recipient and only after delivery', async () => {
    const client = createIsdsClient(
      isdsConfigSchema.parse(townConfig(isds.baseUrl)),
      {
        boxId: portalBox.id,
        access: 'password',
        user: portalBox.user,
        password: portalBox.password,
        receives: false,
        publicAuthority: false,
      },
      fetch,
    );
    const { messageId = '' } = await client.createMessage(envelope, [pdf]);
    const download = request.byMessageId('MessageDownload', messageId);
    expect(await codeOf('dz', download, townBox)).toBe('1219');
    await isds.act('login', { box: townBox.id });
    expect([await codeOf('dz', download), await codeOf('dz', download, townBox)]).toEqual(['1219', '0000']);
    expect(await client.getDeliveryInfo(messageId)).toMatchObject({
      state: 6,
      events: [{ code: 'EV0' }, { code: 'EV5' }, { code: 'EV1' }],
    });
    expect(await codeOf('dx', request.byMessageId('MarkMessageAsDownloaded', messageId), townBox)).toBe('0000');
    expect((await client.getDeliveryInfo(messageId)).state).toBe(6);
  });

  it('finds boxes by type and name, and tells their state', async () => {
    expect(boxOwners(await call('df', request.findDataBox2({ dbType: 'FO', pnLastName: 'Novotná' })))).toEqual([
      { boxId: 'jnovot7', type: 'FO', state: 1, name: 'Jana Novotná' },
    ]);
    expect(await codeOf('df', request.findDataBox2({ dbType: 'FO', pnLastName: 'Nikdo' }))).toBe('0002');
    expect(await codeOf('df', request.findDataBox2({ pnLastName: 'Novotná' }))).toBe('1101');
    expect(await codeOf('df', request.checkDataBox('zzzzzz1'))).toBe('5001');
  });

  it('counts the hash over the bytes it sends, whatever the prefix', () => {
    const bytes = Buffer.from('<x><q:dmDm a="1">ž</q:dmDm></x>', 'utf8');
    expect(hashOfRaw(bytes, 'SHA-256')).toBe('' + hashOfRaw(Buffer.from('<q:dmDm a="1">ž</q:dmDm>', 'utf8'), 'SHA-256'));
  });
});
