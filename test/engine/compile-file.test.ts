// A whole file: its processes, its encoding, plain BPMN against the rules of this house, processes called from elsewhere.
import { describe, expect, it } from 'vitest';
import { compileDecisions, compileFile, compileProcess } from '../../server/engine/index.ts';
import { call, called, catching, diagram, end, file, message, path, script, start, startCase, task, timer } from './diagrams.ts';

const plain = (body: string, encoding = 'UTF-8'): string =>
  `<?xml version="1.0" encoding="${encoding}"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">${body}</definitions>`;
const walk = (name: string): string =>
  `<process id="p"><startEvent id="s"/><task id="t" name="${name}"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/></process>`;
const NAME = 'Žádost';

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(bytes.buffer);
  [0xfeff, ...Array.from(text, (sign) => sign.charCodeAt(0))].forEach((code, index) => view.setUint16(index * 2, code, littleEndian));
  return bytes;
}
/** Bytes of the three letters outside ASCII. */
const singleByte = (text: string, letters: Readonly<Record<string, number>>): Uint8Array =>
  Uint8Array.from(text, (sign) => letters[sign] ?? sign.charCodeAt(0));

describe('bytes are read in the encoding they declare', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(plain(walk(NAME)))],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${plain(walk(NAME))}`)],
    ['UTF-16 LE', utf16(plain(walk(NAME), 'UTF-16'), true)],
    ['UTF-16 BE', utf16(plain(walk(NAME), 'UTF-16'), false)],
    ['WINDOWS-1250', singleByte(plain(walk(NAME), 'WINDOWS-1250'), { Ž: 0x8e, á: 0xe1 })],
    ['WINDOWS-1252', singleByte(plain(walk(NAME), 'WINDOWS-1252'), { Ž: 0x8e, á: 0xe1 })],
    ['ISO-8859-2', singleByte(plain(walk(NAME), 'ISO-8859-2'), { Ž: 0xae, á: 0xe1 })],
  ])('%s', async (_encoding, bytes) => {
    const compiled = await compileFile(bytes, { bare: true });
    expect(compiled.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compiled.processes[0]?.nodes.get('t')?.name).toBe(NAME);
  });

  it.each([
    ['an encoding nobody knows', new TextEncoder().encode(plain(walk('x'), 'KLINGON-1')), 'unknown-encoding'],
    ['bytes that are not what they say', Uint8Array.from([...new TextEncoder().encode(plain('<!--')), 0xff, 0xfe, 0xff]), 'xml-invalid'],
    ['nothing', new Uint8Array(0), 'xml-invalid'],
    ['noise', Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 256), 'xml-invalid'],
  ])('and %s is a finding, not an exception', async (_what, bytes, rule) => {
    const compiled = await compileFile(bytes, { bare: true });
    expect(compiled).toMatchObject({ accepted: false, processes: [] });
    expect(compiled.findings.map((finding) => finding.rule)).toEqual([rule]);
  });
});

describe('plain BPMN', () => {
  const foreign = plain(
    '<process id="p" isExecutable="true"><startEvent id="s"/><serviceTask id="a" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:class="org.Some"/><userTask id="b"/><businessRuleTask id="c"/><endEvent id="e"/>' +
      ['s a', 'a b', 'b c', 'c e']
        .map((pair, index) => `<sequenceFlow id="f${index}" sourceRef="${pair[0]}" targetRef="${pair[2]}"/>`)
        .join('') +
      '</process>',
  );

  it('needs none of our words; in a life situation they are missing', async () => {
    expect(await compileFile(foreign, { bare: true })).toMatchObject({ accepted: true });
    const strict = await compileFile(foreign);
    expect(strict.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['foreign-extension', 'missing-effect', 'missing-role', 'missing-decision']),
    );
  });

  it('service and business rule tasks wait for an answer from outside', async () => {
    const [model] = (await compileFile(foreign, { bare: true })).processes;
    if (!model) throw new Error('refused');
    const driven = await startCase(model, {}, await compileDecisions({}));
    expect(driven.wait('a')).toMatchObject({ kind: 'effect', effect: '' });
    await driven.answer('a', { done: { castka: 5 } });
    await driven.complete('b', { ano: true });
    expect(driven.wait('c')).toMatchObject({ kind: 'effect' });
    // Without a variable of its own an object is merged, anything else dropped.
    const result = await driven.answer('c', { done: 3 });
    expect(result.variables).toEqual({ castka: 5, ano: true });
    expect(result.ended).toBeDefined();
  });

  it('a process that does not say whether it is executable is run, several side by side too', async () => {
    expect((await compileFile(plain(walk('x')), { bare: true })).processes.map(({ processId }) => processId)).toEqual(['p']);
    const two = plain(walk('x') + walk('y').replaceAll(/ (id|sourceRef|targetRef)="/g, ' $1="z'));
    expect((await compileFile(two, { bare: true })).processes.map(({ processId }) => processId)).toEqual(['p', 'zp']);
    expect((await compileFile(plain(walk('x')))).processes).toEqual([]);
  });

  it.each([
    ['PT5S', 'duration', false],
    ['duration("PT5S")', 'duration', true],
    ['cekani', 'duration', true],
  ])('a timer may be a text or FEEL: %s', async (text, kind, isFeel) => {
    const xml = diagram(start(), catching('t', timer('timeDuration', text.replaceAll('"', '&quot;'))), end(), path('s', 't', 'e'));
    const [model] = (await compileFile(xml, { bare: true })).processes;
    expect(model?.nodes.get('t')?.event).toMatchObject({ kind: 'timer', timer: { kind, isFeel } });
  });

  it('a timer that is neither is refused', async () => {
    const xml = diagram(start(), catching('t', timer('timeDuration', 'PT5X')), end(), path('s', 't', 'e'));
    expect((await compileFile(xml, { bare: true })).findings).toMatchObject([{ severity: 'error', element: 't' }]);
  });

  it('an expression language nobody knows is told', async () => {
    const xml = plain(walk('x')).replace('id="d"', 'id="d" expressionLanguage="urn:groovy"');
    const compiled = await compileFile(xml, { bare: true });
    expect(compiled.accepted).toBe(true);
    expect(compiled.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toContain('warning unknown-expression-language');
  });
});

describe('a call activity', () => {
  const caller = file(
    `<bpmn:process id="proces" isExecutable="true">${start()}${call('c', 'jinde')}${task('po')}${end()}${path('s', 'c', 'po', 'e')}</bpmn:process>`,
  );

  it('may call another published process, with what that one calls', async () => {
    const elsewhere = await compileProcess(
      file(
        `<bpmn:process id="jinde" isExecutable="true">${start('js')}${call('dal', 'hluboko')}${end('je')}${path('js', 'dal', 'je')}</bpmn:process>`,
        called(
          'hluboko',
          start('hs'),
          script('h', 'x + 1', 'spis:result="x"'),
          catching('m', message('zprava')),
          end('he'),
          path('hs', 'h', 'm', 'he'),
        ),
      ),
    );
    const compiled = await compileFile(caller, { resolve: (id) => (id === 'jinde' ? elsewhere : undefined) });
    const [model] = compiled.processes;
    if (!model) throw new Error(JSON.stringify(compiled.findings));
    const driven = await startCase(model, { x: 1 }, await compileDecisions({}));
    expect(driven.wait('m')).toMatchObject({ process: 'hluboko' });
    await driven.send('zprava');
    expect(driven.waiting()).toEqual(['po']);
    expect(driven.result().variables).toEqual({ x: 2 });
  });

  it('is refused when there is no such process', async () => {
    expect((await compileFile(caller)).findings.map(({ rule, element }) => `${rule} ${element}`)).toContain('called-element-unknown c');
  });
});
