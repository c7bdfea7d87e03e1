// Data (BPMN 2.0.2, 10.4): who owns a variable, what goes into a step and what comes out of it.
import { describe, expect, it } from 'vitest';
import {
  call,
  called,
  collections,
  compensate,
  diagram,
  end,
  eventSubProcess,
  extensions,
  file,
  forEach,
  input,
  newCase,
  path,
  script,
  service,
  start,
  subProcess,
  task,
  throwing,
} from './diagrams.ts';

const output = (name: string, value: string): string => `<spis:output name="${name}" value="${value}"/>`;
const calling = (inside: string, ...contents: readonly string[]): string =>
  file(
    `<bpmn:process id="proces" isExecutable="true">${start()}${call('c', 'druhy', inside)}${end()}${path('s', 'c', 'e')}</bpmn:process>`,
    called('druhy', start('ds'), ...contents, end('de')),
  );

describe('a data object', () => {
  it('is null until it is written', async () => {
    const driven = await newCase(
      diagram(
        '<bpmn:dataObject id="spis1" name="stav"/><bpmn:dataObjectReference id="r" dataObjectRef="spis1"/>',
        start(),
        script('a', 'if stav = null then "prázdný" else stav', 'spis:result="videl"'),
        end(),
        path('s', 'a', 'e'),
      ),
    );
    expect(driven.result().variables).toEqual({ videl: 'prázdný' });
  });

  it('of a sub-process is gone with it; everything else belongs to the process', async () => {
    const driven = await newCase(
      diagram(
        start(),
        subProcess(
          'p',
          '<bpmn:dataObject id="mistni"/>',
          start('ps'),
          script('a', '1', 'spis:result="mistni"'),
          script('b', 'mistni + 1', 'spis:result="trvale"'),
          end('pe'),
          path('ps', 'a', 'b', 'pe'),
        ),
        end(),
        path('s', 'p', 'e'),
      ),
    );
    expect(driven.result().variables).toEqual({ trvale: 2 });
  });

  it('is filled and read by data associations, with a transformation too', async () => {
    const associations =
      '<bpmn:ioSpecification><bpmn:dataInput id="vstup" name="vstup"/><bpmn:dataOutput id="vystup" name="vystup"/><bpmn:inputSet><bpmn:dataInputRefs>vstup</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet><bpmn:dataOutputRefs>vystup</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>' +
      '<bpmn:dataInputAssociation><bpmn:sourceRef>castkaR</bpmn:sourceRef><bpmn:targetRef>vstup</bpmn:targetRef></bpmn:dataInputAssociation>' +
      '<bpmn:dataOutputAssociation><bpmn:sourceRef>vystup</bpmn:sourceRef><bpmn:targetRef>celkemR</bpmn:targetRef><bpmn:transformation xsi:type="bpmn:tFormalExpression">vystup * 2</bpmn:transformation></bpmn:dataOutputAssociation>';
    const driven = await newCase(
      diagram(
        '<bpmn:dataObject id="castka"/><bpmn:dataObjectReference id="castkaR" dataObjectRef="castka"/><bpmn:dataObject id="celkem"/><bpmn:dataObjectReference id="celkemR" dataObjectRef="celkem"/>',
        start(),
        service('a', '', associations),
        end(),
        path('s', 'a', 'e'),
      ),
      { castka: 100 },
    );
    expect(driven.wait('a')).toMatchObject({ input: { vstup: 100 } });
    const result = await driven.answer('a', { done: { vystup: 7 } });
    expect(result.variables).toEqual({ castka: 100, celkem: 14 });
  });
});

describe('an output mapping', () => {
  it('is FEEL over what the step gave and the variables', async () => {
    const driven = await newCase(
      diagram(start(), task('a', '', extensions(output('celkem', 'zaklad + castka'), output('vse', 'a'))), end(), path('s', 'a', 'e')),
      { zaklad: 10 },
    );
    const result = await driven.complete('a', { castka: 5 });
    expect(result.variables).toEqual({ zaklad: 10, celkem: 15, vse: { castka: 5 } });
  });

  it('that fails is an incident, and the answer is not lost when it is given again', async () => {
    const driven = await newCase(diagram(start(), task('a', '', extensions(output('x', 'chybi + 1'))), end(), path('s', 'a', 'e')));
    await driven.complete('a', {});
    expect(driven.wait('a')).toMatchObject({ kind: 'incident', code: 'expression-failed' });
    await driven.retry('a');
    const result = await driven.complete('a', { chybi: 1 });
    expect(result.variables).toEqual({ x: 2 });
  });
});

describe('a called process', () => {
  it('without mapping sees all variables and gives all back', async () => {
    const driven = await newCase(calling('', script('d', 'x + 1', 'spis:result="x"'), path('ds', 'd', 'de')), { x: 1, y: 2 });
    expect(driven.result().variables).toEqual({ x: 2, y: 2 });
  });

  it('with a mapping sees and gives only what is mapped', async () => {
    const mapped = extensions(input('vstup', '= x'), output('vysledek', 'vstup * 10'));
    const driven = await newCase(calling(mapped, task('d'), path('ds', 'd', 'de')), { x: 4 });
    await driven.complete('d', { a: 1 });
    expect(driven.result().variables).toEqual({ x: 4, vysledek: 40 });
  });
});

describe('an instance of a multi-instance activity', () => {
  it('has its number and its item as variables of its own, and its result in its place', async () => {
    const driven = await newCase(
      diagram(
        collections,
        start(),
        service('a', '', extensions(input('co', '= polozka'), input('kolikaty', '= loopCounter')) + forEach()),
        end(),
        path('s', 'a', 'e'),
      ),
      { polozky: ['x', 'y', 'z'] },
    );
    expect(driven.result().waits).toMatchObject([
      { input: { co: 'x', kolikaty: 1 }, instance: { index: 1, of: 3 } },
      { input: { co: 'y', kolikaty: 2 }, instance: { index: 2, of: 3 } },
      { input: { co: 'z', kolikaty: 3 }, instance: { index: 3, of: 3 } },
    ]);
    for (const wait of [...driven.result().waits].reverse())
      await driven.tell({
        kind: 'answer-effect',
        executionId: wait.executionId,
        answer: { done: `${wait.elementId} ${wait.instance?.index}` },
      });
    expect(driven.result().variables).toEqual({ polozky: ['x', 'y', 'z'], vysledky: ['a 1', 'a 2', 'a 3'] });
  });

  it('of a sub-process keeps what its steps write under its names', async () => {
    const driven = await newCase(
      diagram(
        collections,
        start(),
        subProcess('p', start('ps'), script('a', 'polozka * 2', 'spis:result="vysledek"'), end('pe'), path('ps', 'a', 'pe')).replace(
          '</bpmn:subProcess>',
          `${forEach('isSequential="true"')}</bpmn:subProcess>`,
        ),
        end(),
        path('s', 'p', 'e'),
      ),
      { polozky: [1, 2, 3] },
    );
    expect(driven.result().variables).toEqual({ polozky: [1, 2, 3], vysledky: [2, 4, 6] });
  });
});

describe('compensation', () => {
  it('sees the data of the sub-process as they were when it completed', async () => {
    const driven = await newCase(
      diagram(
        start(),
        subProcess(
          'p',
          '<bpmn:dataObject id="mistni"/>',
          start('ps'),
          script('a', '"tehdy"', 'spis:result="mistni"'),
          end('pe'),
          path('ps', 'a', 'pe'),
          eventSubProcess(
            'u',
            start('us', '<bpmn:compensateEventDefinition/>'),
            script('z', 'mistni', 'spis:result="videl"'),
            end('ue'),
            path('us', 'z', 'ue'),
          ),
        ),
        throwing('k', compensate('p')),
        end(),
        path('s', 'p', 'k', 'e'),
      ),
    );
    expect(driven.result().variables).toEqual({ videl: 'tehdy' });
    expect(driven.result().ended).toBeDefined();
  });
});
