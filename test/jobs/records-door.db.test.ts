// Our own side of the records service's interface: batches that it brings, documents that it asks for, a foreign SOAP program, and hostile callers.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEsslConnector } from '../../server/integrations/essl/index.ts';
import { createEsslSimulator, demoEssl } from '../../server/integrations/essl/simulator.ts';
import { createRunner } from '../../server/jobs/runner.ts';
import { jobLoops } from '../../server/jobs/index.ts';
import { serveDoor } from '../../server/jobs/records-door.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { end, path } from '../engine/diagrams.ts';
import { effect, situation, startForm, userTask } from '../cases/situations.ts';
import { openTestTown, type TestTown } from '../cases/town.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop, quiet, skipPauses } from './a-workshop.ts';

const specs = join(process.env['SPECS_DIR'] ?? join('..', 'shared', 'specs'), 'nsesss');
const has = (program: string, ...given: readonly string[]): boolean => {
  try {
    execFileSync(program, given, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const hasSpecs = existsSync(join(specs, 'ermsAPI.wsdl'));
const canValidate = hasSpecs && has('xmllint', '--version');
const hasZeep = hasSpecs && has('/usr/bin/python3', '-c', 'import zeep');
if (!canValidate)
  console.warn(`SKIPPED: no official schemas at ${specs} or xmllint is not installed, our answers to an eSSL are not validated`);
if (!hasZeep)
  console.warn(`SKIPPED: no official WSDL at ${specs} or python3-zeep is not installed, no foreign program calls our eSSL door`);

const incoming = { user: 'essl', password: 'heslo-spisove-sluzby' };
const basic = `Basic ${Buffer.from(`${incoming.user}:${incoming.password}`).toString('base64')}`;
const folder = mkdtempSync(join(tmpdir(), 'essl-door-'));
const database = await cloneDatabase();
let town: TestTown;
let world: SimulatedServer;
let workshop: Workshop;
let server: Server;
let url: string;
let caseId: string;
let documentId: string;

beforeAll(async () => {
  world = await serve(createEsslSimulator);
  town = await openTestTown(database, 1, { records: 'essl' });
  const steps = [startForm, effect('evidence', 'register.submission'), userTask('kontrola'), end('hotovo')];
  await town.install('spis', situation('spis', [...steps, path('podani', 'evidence', 'kontrola', 'hotovo')]));
  const essl = createEsslConnector({ baseUrl: `${world.baseUrl}/ermsAPI`, ...demoEssl, timeoutMs: 2_000, incoming });
  workshop = { ...aWorkshop(town, []), connectors: [essl] };
  server = createServer((request, response) => {
    void (async () => {
      const bytes: Buffer[] = [];
      const served = await serveDoor(workshop, town.tenantId, 'essl', {
        authorization: request.headers.authorization ?? '',
        certificate: (header) => String(request.headers[header.toLowerCase()] ?? ''),
        body: async () => {
          for await (const piece of request) bytes.push(piece as Buffer);
          return Buffer.concat(bytes);
        },
      });
      if (typeof served === 'string') response.writeHead(served === 'no-door' ? 404 : 401).end();
      else response.writeHead(served.status, { 'content-type': served.type }).end(served.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/hooks/essl`;
  caseId = await town.file('spis');
  await settle();
  const [row] = await town.sql<{ document_id: string }>('select document_id from records_document where case_id = $1', [caseId]);
  documentId = row?.document_id ?? '';
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await town.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

async function settle(): Promise<void> {
  const loops = jobLoops(workshop).filter(({ name }) => /perform-effects-1|process-inbox/.test(name));
  for (let round = 0; round < 2; round++) {
    await skipPauses(town);
    await createRunner(loops, quiet).settle();
  }
}
const soap = (content: string): string =>
  `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;
const API = 'http://www.mvcr.cz/nsesss/2023/api';
async function call(body: string | Uint8Array, authorization = basic): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'text/xml' }, body: body as never });
  return { status: response.status, text: await response.text() };
}
const batch = (number: number, events: string, more = 'Zdroj="ESSL" Cil="PORTAL"'): string =>
  soap(`<ermsAsyn xmlns="${API}" Poradi="${number}" ${more}><Udalosti>${events}</Udalosti></ermsAsyn>`);
const code = (text: string): string => /<Kod>([^<]*)<\/Kod>/.exec(text)?.[1] ?? '';
const push = (number?: number): Promise<unknown> =>
  world.act('push', { url, ...incoming, ...(number === undefined ? {} : { batch: number }) });
const events = (): Promise<readonly { name: string; text: string; case_id: string | null }[]> =>
  town.sql('select name, text, case_id from records_event order by name desc, text');

describe('batches that the records service brings', () => {
  test('are taken once, in their order, and a gap is refused', async () => {
    await world.act('assigned', { file: caseId, to: 'jnovak' });
    await world.act('assigned', { document: documentId, to: 'psvoboda' });
    await world.act('said', { text: 'Spisovna bude ve středu zavřená' });
    expect(await push()).toEqual({ code: '0000', text: 'OK' });
    expect(await push(3)).toEqual({ code: 'V003', text: 'Očekává se dávka 2' });
    expect(await push(1)).toEqual({ code: '0000', text: 'OK' });
    expect(await push()).toEqual({ code: '0000', text: 'OK' });
    expect(await push()).toEqual({ code: '0000', text: 'OK' });
    await settle();
    expect(await events()).toEqual([
      { name: 'SpisZmenaZpracovatele', text: 'Spis převzal jiný zpracovatel: jnovak', case_id: caseId },
      { name: 'Ostatni', text: 'Sdělení spisové služby: Spisovna bude ve středu zavřená', case_id: null },
      { name: 'DokumentZmenaZpracovatele', text: 'Dokument převzal jiný zpracovatel: psvoboda', case_id: caseId },
    ]);
  });

  test('that were polled before are heard once all the same', async () => {
    const essl = workshop.connectors[0];
    const polled = await essl?.inbox?.poll(undefined);
    const kept = await town.sql<{ message_id: string }>(
      `select message_id from inbox where source = 'essl' order by received_at, message_id`,
    );
    expect(polled?.messages.map(({ id }) => id)).toEqual(kept.map(({ message_id: id }) => id));
  });

  test('another batch under a known number is refused', async () => {
    expect(code((await call(batch(2, '<Ostatni UdalostId="9"/>'))).text)).toBe('V004');
  });

  test('twenty at once under one number are one', async () => {
    const content = batch(4, '<Ostatni UdalostId="4">Jednou</Ostatni>');
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(content)));
    expect(new Set(answers.map(({ text }) => code(text)))).toEqual(new Set(['0000']));
    await settle();
    expect((await events()).filter(({ text }) => text.includes('Jednou'))).toHaveLength(1);
  });

  test('between other systems are refused', async () => {
    expect(code((await call(batch(5, '', 'Zdroj="CIZI" Cil="PORTAL"'))).text)).toBe('V005');
  });
});

describe('documents that the records service asks for', () => {
  const ask = (name: string, holder: string, id: string): Promise<{ status: number; text: string }> =>
    call(
      soap(
        `<${name}Request xmlns="${API}" Zdroj="ESSL" Cil="PORTAL"><${holder}><Identifikator><HodnotaID>${id}</HodnotaID><ZdrojID>PORTAL</ZdrojID></Identifikator></${holder}><Autorizace><provedlKdo>x</provedlKdo><provedlKdy>2026-03-02T09:00:00</provedlKdy></Autorizace></${name}Request>`,
      ),
    );

  test('are shown with their number and given with their file', async () => {
    const profile = await ask('ProfilDokumentuZadost', 'IdDokument', documentId);
    expect(profile.text).toContain('<CisloJednaci>MULNO/1/2026</CisloJednaci>');
    expect(profile.text).toContain(`<HodnotaID>f-${documentId}</HodnotaID>`);
    const file = await ask('SouborZadost', 'Soubor', `f-${documentId}`);
    expect(Buffer.from(/<dmEncodedContent>([^<]*)/.exec(file.text)?.[1] ?? '', 'base64').toString()).toContain('%PDF');
  });

  test('that are not its own are unknown', async () => {
    const [person] = await town.sql<{ id: string }>('select id from person limit 1');
    for (const id of [person?.id ?? '', 'x', `f-${documentId}'`]) {
      expect(code((await ask('ProfilDokumentuZadost', 'IdDokument', id)).text)).toBe('V001');
      expect(code((await ask('SouborZadost', 'Soubor', id)).text)).toBe('V001');
    }
  });

  test.skipIf(!canValidate)('our answers are valid by the official schema', async () => {
    const test = await call(soap(`<WsTestRequest xmlns="${API}" Zdroj="ESSL" Cil="PORTAL"><WsTestId>a&amp;b</WsTestId></WsTestRequest>`));
    const said = [
      test,
      await ask('ProfilDokumentuZadost', 'IdDokument', documentId),
      await ask('ProfilDokumentuZadost', 'IdDokument', 'x'),
      await ask('SouborZadost', 'Soubor', `f-${documentId}`),
      await ask('SouborZadost', 'Soubor', 'x'),
      await call(batch(4, '<Ostatni UdalostId="4">Jednou</Ostatni>')),
    ];
    for (const { text } of said) {
      const body = /<soap:Body>([\s\S]*)<\/soap:Body>/.exec(text)?.[1] ?? '';
      const schema = /^<(ermsAsyn|WsTest)Response/.test(body) ? 'ermsIFAsyn.xsd' : 'ermsIFSyn.xsd';
      writeFileSync(join(folder, 'said.xml'), body);
      execFileSync('xmllint', ['--nonet', '--noout', '--schema', join(specs, schema), join(folder, 'said.xml')], { stdio: 'pipe' });
    }
  });
});

describe('a hostile caller', () => {
  test('without the right password or certificate is not heard', async () => {
    for (const wrong of ['', 'Basic eDp4', `${basic}x`]) expect((await call(batch(9, ''), wrong)).status).toBe(401);
    const certificate = { header: 'X-Client-Cert', sha256: ['a'.repeat(64)] };
    const { door } = createEsslConnector({ baseUrl: world.baseUrl, ...demoEssl, incoming: { certificate } });
    expect(door?.admits({ authorization: '', certificate: () => 'A'.repeat(64) })).toBe(true);
    expect(door?.admits({ authorization: '', certificate: () => '' })).toBe(false);
  });

  test('gets a fault for whatever is no message of the interface, and the next call is served', async () => {
    const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`;
    const hostile: readonly (string | Uint8Array)[] = [
      '',
      'nic',
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${batch(9, '&a;')}`,
      soap('<?pi x?>'),
      soap(deep),
      batch(9, '').slice(0, 120),
      Buffer.from(batch(9, '<Ostatni UdalostId="1">é</Ostatni>'), 'latin1'),
      Buffer.concat([Buffer.from('<a>'), Buffer.from([0xc3, 0x28]), Buffer.from('</a>')]),
      soap(`<SkartujVse xmlns="${API}" Zdroj="ESSL" Cil="PORTAL"/>`),
      soap(`<constructor xmlns="${API}" Zdroj="ESSL" Cil="PORTAL"/>`),
      `<a>${'x'.repeat(5_000_001)}</a>`,
    ];
    for (const body of hostile) expect((await call(body)).status).toBe(500);
    for (const number of ['0', '-1', '1.5', 'x', '9e99', ''])
      expect(code((await call(soap(`<ermsAsyn xmlns="${API}" Poradi="${number}" Zdroj="ESSL" Cil="PORTAL"/>`))).text)).toBe('V002');
    expect(code((await call(batch(4, '<Ostatni UdalostId="4">Jednou</Ostatni>'))).text)).toBe('0000');
    expect((await events()).map(({ name }) => name)).not.toContain('SkartujVse');
  });
});

test.skipIf(!hasZeep)(
  'python3-zeep speaks with the simulator and with our door by the official WSDL',
  async () => {
    await world.act('said', { text: 'ze zeepu' });
    const script = join(folder, 'foreign.py');
    writeFileSync(script, ZEEP);
    const { execFile } = await import('node:child_process');
    const said = await new Promise<string>((resolve, reject) => {
      const given = [
        script,
        join(specs, 'ermsAPI.wsdl'),
        `${world.baseUrl}/ermsAPI`,
        demoEssl.user,
        demoEssl.password,
        url,
        incoming.user,
        incoming.password,
        documentId,
      ];
      execFile('/usr/bin/python3', given, { timeout: 60_000 }, (error, out, err) =>
        error ? reject(new Error(`${err}${out}`)) : resolve(out),
      );
    });
    expect(JSON.parse(said)).toEqual({
      registered: ['0000', 'MULNO/2/2026'],
      asked: 'MULNO/2/2026',
      settled: '2001',
      test: 'ahoj',
      batch: ['0000', 5],
      gap: 'V003',
      ours: 'MULNO/1/2026',
      file: '%PDF',
    });
    await settle();
    expect((await events()).some(({ name }) => name === 'SpisOtevreni')).toBe(true);
  },
  90_000,
);

const ZEEP = `
import json, sys, datetime
import requests
from zeep import Client
from zeep.transports import Transport
wsdl, sim, user, password, ours, our_user, our_password, document = sys.argv[1:]
def client(port, address, who, secret):
    session = requests.Session()
    session.auth = (who, secret)
    c = Client(wsdl, transport=Transport(session=session))
    binding = '{%s}SoapBinding%s' % (next(iter(c.wsdl.bindings)).split('}')[0][1:], port)
    return c, c.create_service(binding, address)
now = datetime.datetime(2026, 3, 2, 9, 0)
who = {'provedlKdo': 'zeep', 'provedlKdy': now}
def ident(value, source): return {'HodnotaID': value, 'ZdrojID': source}
c, syn = client('Syn', sim, user, password)
profile = {'Identifikator': ident('zeep-1', 'PORTAL'), 'DatumCasVytvoreni': now, 'Forma': 'digitalni', 'Nazev': 'Ze zeepu', 'PocetListu': 0, 'PocetPriloh': 0, 'DruhPriloh': '', 'PocetListuPriloh': 0}
made = syn.DokumentZalozeni(ProfilDokumentu=profile, Autorizace=who, Zdroj='PORTAL', Cil='ESSL')
asked = syn.ProfilDokumentuZadost(IdDokument={'Identifikator': ident('zeep-1', 'PORTAL')}, Autorizace=who, Zdroj='PORTAL', Cil='ESSL')
event = {'SpisUzavreni': {'SpisId': {'Identifikator': ident('zeep-spis', 'PORTAL')}, 'DatumCasUzavreni': now, 'Autorizace': who, 'UdalostId': 1}}
with c.settings(raw_response=True): # zeep reads no list of results that is the whole answer
    settled = syn.Udalosti(Udalosti={'_value_1': [event]}, Zdroj='PORTAL', Cil='ESSL').text
a, asyn = client('Asyn', ours, our_user, our_password)
tested = asyn.WsTest(WsTestId='ahoj', Zdroj='ESSL', Cil='PORTAL')
opened = {'SpisOtevreni': {'SpisId': {'Identifikator': ident('zeep-spis', 'PORTAL')}, 'Duvod': 'Oprava', 'Autorizace': who, 'UdalostId': 1}}
batch = asyn.ermsAsyn(Udalosti={'_value_1': [opened]}, Poradi=5, Zdroj='ESSL', Cil='PORTAL')
gap = asyn.ermsAsyn(Udalosti={'_value_1': [opened]}, Poradi=9, Zdroj='ESSL', Cil='PORTAL')
b, mine = client('Syn', ours, our_user, our_password)
profile = mine.ProfilDokumentuZadost(IdDokument={'Identifikator': ident(document, 'PORTAL')}, Autorizace=who, Zdroj='ESSL', Cil='PORTAL')
content = mine.SouborZadost(Soubor={'Identifikator': ident('f-' + document, 'PORTAL')}, Autorizace=who, Zdroj='ESSL', Cil='PORTAL')
def status(answer): return answer.OperaceStatus.Kod
print(json.dumps({
  'registered': [status(made), made.ProfilDokumentu.CisloJednaci], 'asked': asked.ProfilDokumentu.CisloJednaci, 'settled': settled.split('<Kod>')[1].split('<')[0],
  'test': tested.WsTestId, 'batch': [batch.Kod, int(batch.Poradi)], 'gap': gap.Kod,
  'ours': profile.ProfilDokumentu.CisloJednaci, 'file': bytes(content.Soubor.dmEncodedContent)[:4].decode(),
}))
`;
