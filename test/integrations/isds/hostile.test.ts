// Hostile answers to our client and hostile requests to the simulator: refused, nothing done, the process goes on.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutsideFailure } from '../../../server/integrations/connector.ts';
import { createIsdsSimulator, portalBox } from '../../../server/integrations/isds/simulator.ts';
import { callSoap, soapEnvelope, type SoapAnswer } from '../../../server/integrations/soap.ts';
import { PartsRefused, readParts, writeParts } from '../../../server/integrations/soap-parts.ts';
import { serve, type SimulatedServer } from '../simulated-server.ts';

const XML = 'text/xml; charset=utf-8';
const good = soapEnvelope('<A/>');
const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "&a;&a;&a;&a;&a;">`).join('')}]>`;
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]);
const xml: readonly (readonly [string, string | Buffer])[] = [
  ['an entity bomb', bomb + good.replace(/<\?xml.*?\?>/, '')],
  ['an external entity', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${good.replace(/<\?xml.*?\?>/, '')}`],
  ['a thousand levels', soapEnvelope('<a>'.repeat(1000) + '</a>'.repeat(1000))],
  ['a cut off envelope', good.slice(0, -20)],
  ['another encoding said', good.replace('utf-8', 'windows-1250')],
  ['UTF-16', utf16],
  ['bytes that are not UTF-8', Buffer.from(soapEnvelope('<A>\u00ff</A>'), 'latin1')],
  ['an envelope of nobody', '<Envelope><Body><A/></Body></Envelope>'],
  ['a message wrapped in another element', `<wrap>${good.replace(/<\?xml.*?\?>/, '')}</wrap>`],
  ['a message in the header instead of the body', good.replaceAll('Body', 'Header')],
  ['a processing instruction', soapEnvelope('<?php evil ?><A/>')],
  ['nothing', ''],
];

describe('our client', () => {
  let server: Server;
  let answer: (put: (type: string, body: string | Buffer) => void, raw: import('node:http').ServerResponse) => void = () => undefined;
  beforeAll(async () => {
    server = createServer((_request, response) =>
      answer((type, body) => response.writeHead(200, { 'content-type': type }).end(body), response),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const ask = (more: { parts?: readonly [] } = {}): Promise<SoapAnswer> =>
    callSoap(
      {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        user: 'u',
        password: 'p',
        body: '<A/>',
        timeoutMs: 5000,
        maxBytes: 100_000,
        service: 'isds',
        userAgent: 'test',
        ...more,
      },
      fetch,
    );
  const failure = async (work: Promise<unknown>): Promise<string> => {
    const error = await work.catch((reason: unknown) => reason);
    return error instanceof OutsideFailure ? error.code : 'no failure';
  };

  it.each(xml)('refuses %s', async (_what, body) => {
    answer = (put) => put(XML, body);
    expect(await failure(ask())).toBe('isds-malformed');
    answer = (put) => put(XML, good);
    expect((await ask()).content.localName).toBe('A');
  });

  it('stops reading an answer without end', async () => {
    let written = 0;
    answer = (_put, raw) => {
      raw.writeHead(200, { 'content-type': XML });
      const more = (): void => {
        while (written < 50_000_000 && raw.write(Buffer.alloc(65_536, 0x61))) written += 65_536;
      };
      raw.on('drain', more);
      more();
    };
    expect(await failure(ask())).toBe('isds-malformed');
    expect(written).toBeLessThan(50_000_000);
  });

  it('repeats nothing of a fault but its words, and survives a fault that is rubbish', async () => {
    answer = (_put, raw) =>
      raw.writeHead(503).end(soapEnvelope(`<soapenv:Fault><faultstring>${'x'.repeat(500)}</faultstring></soapenv:Fault>`));
    await expect(ask()).rejects.toMatchObject({ message: `Služba má odstávku (HTTP 503): ${'x'.repeat(200)}.` });
    answer = (_put, raw) => raw.writeHead(500).end('<!DOCTYPE a><a/>');
    await expect(ask()).rejects.toMatchObject({ message: 'Služba odpověděla chybou HTTP 500.' });
  });

  it('reads parts only where it has asked for them, and refuses broken ones', async () => {
    const { contentType, body } = writeParts(good, [{ id: 'a', mime: 'application/pdf', content: Buffer.from('%PDF') }]);
    answer = (put) => put(contentType, body);
    expect(await failure(ask())).toBe('isds-malformed');
    expect((await ask({ parts: [] })).parts.get('a')?.toString()).toBe('%PDF');
    answer = (put) => put(contentType.replace(/boundary=.*/, 'boundary="jina"'), body);
    expect(await failure(ask({ parts: [] }))).toBe('isds-malformed');
    answer = (put) => put(contentType, body.subarray(0, -10));
    expect(await failure(ask({ parts: [] }))).toBe('isds-malformed');
  });
});

describe('a body in parts', () => {
  const part = { id: 'a', mime: 'a/b', content: Buffer.from('x') };
  const { contentType, body } = writeParts(good, [part]);
  const text = body.toString('latin1');

  it.each([
    ['without a boundary', 'multipart/related; type="application/xop+xml"', body],
    ['of another type', contentType.replace('application/xop+xml', 'text/html'), body],
    ['whose root is not there', contentType.replace('<root@vyrizeno>', '<jiny>'), body],
    [
      'whose root is not XOP',
      contentType,
      Buffer.from(text.replace('Content-Type: application/xop+xml', 'Content-Type: text/html'), 'latin1'),
    ],
    ['with two parts of one id', contentType, Buffer.from(text.replace('<a>', '<root@vyrizeno>'), 'latin1')],
    ['with a head without end', contentType, Buffer.from(text.replace('\r\n\r\n', `\r\nX: ${'x'.repeat(10_000)}\r\n\r\n`), 'latin1')],
    ['in an unknown transfer encoding', contentType, Buffer.from(text.replace('binary', 'uuencode'), 'latin1')],
    ['cut off', contentType, body.subarray(0, body.length / 2)],
    ['empty', contentType, Buffer.alloc(0)],
    [
      'with a thousand parts',
      ...(({ contentType: type, body: bytes }) => [type, bytes] as const)(
        writeParts(
          good,
          Array.from({ length: 1000 }, (_, i) => ({ ...part, id: `${i}` })),
        ),
      ),
    ],
  ])('%s is refused', (_what, type, bytes) => {
    expect(() => readParts(bytes, type)).toThrow(PartsRefused);
  });

  it('keeps every byte, also those that look like its own borders', () => {
    const content = Buffer.concat([
      Buffer.from('\r\n--part-'),
      Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
      Buffer.from('\r\n--\r\n'),
    ]);
    const written = writeParts(good, [{ ...part, content }]);
    const read = readParts(written.body, written.contentType);
    expect([read.root.toString('utf8'), read.parts.get('a')?.equals(content)]).toEqual([good, true]);
  });
});

describe('the simulated ISDS', () => {
  let isds: SimulatedServer;
  beforeEach(async () => {
    isds = await serve((options) => createIsdsSimulator({ ...options, deliverMs: 0 }));
  });
  afterEach(() => isds.close());
  const post = async (service: string, type: string, body: string | Buffer): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${portalBox.user}:${portalBox.password}`).toString('base64')}`;
    const answer = await fetch(`${isds.baseUrl}/DS/${service}`, {
      method: 'POST',
      headers: { 'content-type': type, authorization },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it.each(xml)('refuses %s and goes on', async (_what, body) => {
    expect([await post('dz', XML, body), isds.simulator.ledger()]).toEqual([body.toString().includes('Header') ? 200 : 500, []]);
    expect(await post('dz', XML, soapEnvelope('<DummyOperation xmlns="http://isds.czechpoint.cz/v20"/>'))).toBe(200);
  });

  it('answers 599 to wrong MTOM, and 500 to SOAP 1.1 where 1.2 is spoken', async () => {
    const { contentType, body } = writeParts(good, []);
    expect(await post('vodz', contentType.replace(/ type="[^"]*";/, ' type="text/xml";'), body)).toBe(599);
    expect(await post('vodz', XML, good)).toBe(500);
  });
});
