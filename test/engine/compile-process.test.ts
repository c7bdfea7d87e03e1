// What a diagram may not contain, and what the tables say of one that is right.
import { describe, expect, it } from 'vitest';
import { compileFile, compileProcess, ModelError, parseBpmn } from '../../server/engine/index.ts';
import {
  boundary,
  catching,
  diagram,
  end,
  error,
  eventSubProcess,
  extensions,
  flow,
  gateway,
  input,
  message,
  newCase,
  path,
  script,
  service,
  start,
  subProcess,
  task,
  timer,
} from './diagrams.ts';

async function refusal(xml: string): Promise<readonly string[]> {
  const found: unknown = await compileProcess(xml).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(found instanceof ModelError)) throw new Error('the diagram was not refused');
  return found.findings.map((finding) => `${finding.rule} ${finding.element}`.trim());
}

const around = (element: string, id = 'x'): string => diagram(start('s'), element, end(), path('s', id, 'e'));
const outside = (...parts: readonly string[]): string => diagram(start('s'), task('a'), end(), path('s', 'a', 'e'), ...parts);

describe('code in a diagram', () => {
  it.each([
    [
      'a JavaScript task',
      around(
        '<bpmn:scriptTask id="x" scriptFormat="javascript"><bpmn:script>next.constructor(\'return process\')()</bpmn:script></bpmn:scriptTask>',
      ),
      'script-language x',
    ],
    ['a script without a language', around('<bpmn:scriptTask id="x"><bpmn:script>1</bpmn:script></bpmn:scriptTask>'), 'script-language x'],
    [
      'an implementation',
      around(service('x', 'implementation="${environment.constructor.constructor(\'return process\')()}"')),
      'foreign-extension x',
    ],
    [
      'a class of another engine',
      around(service('x', 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:class="Evil"')),
      'foreign-extension x',
    ],
    [
      'a listener of another engine',
      around(task('x', '', extensions('<camunda:taskListener xmlns:camunda="http://camunda.org/schema/1.0/bpmn" event="create"/>'))),
      'foreign-extension x',
    ],
    [
      'an expression in a flow',
      diagram(start('s'), end(), flow('s', 'e', '${environment.variables.constructor.assign(environment.variables.__proto__, {})}', 'f')),
      'bad-expression f',
    ],
    ['a reserved variable', around(task('x', 'spis:result="__proto__"')), 'bad-variable x'],
    ['a reserved input', around(service('x', '', extensions(input('constructor', '1')))), 'bad-variable x'],
    ['a reserved id', around(task('constructor'), 'constructor'), 'reserved-id constructor'],
  ])('is refused: %s', async (_what, xml, expected) => {
    expect(await refusal(xml)).toContain(expected);
  });

  it('is refused: a condition in JavaScript', async () => {
    const xml = diagram(
      start('s'),
      end(),
      '<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">true</bpmn:conditionExpression></bpmn:sequenceFlow>',
    );
    expect(await refusal(xml)).toContain('script-language f');
  });

  it.each(['a${environment.variables.name}b', '${environment.variables.secret}', '${environment.services.x()}', '=1+1', 'a.constructor'])(
    'in what a citizen wrote stays text: %s',
    async (text) => {
      const driven = await newCase(
        diagram(
          start('s'),
          service(
            'v',
            'name="${environment.variables.podani}"',
            extensions(input('text', '= podani.text'), input('pevne', '${environment.variables.secret}')),
          ),
          end(),
          path('s', 'v', 'e'),
        ),
        { podani: { text }, secret: 'tajne', name: 'x' },
      );
      expect(driven.wait('v')).toMatchObject({
        name: '${environment.variables.podani}',
        input: { text, pevne: '${environment.variables.secret}' },
      });
    },
  );

  it('is refused: JavaScript reached through FEEL', async () => {
    expect(await refusal(around(script('x', 'podani.constructor')))).toContain('bad-expression x');
  });

  it('in data with dangerous names does not change objects', async () => {
    const variables = JSON.parse('{"__proto__": {"polluted": true}, "podani": {"__proto__": {"polluted": true}}}') as Record<string, never>;
    await newCase(around(task('x')), variables);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a file that is too much', () => {
  it('is refused: a document type', async () => {
    expect(await refusal(`<!DOCTYPE x [<!ENTITY a "b">]>${around(task('x'))}`)).toEqual(['doctype']);
  });
  it('is refused: more than 1 MB', async () => {
    expect(await refusal(around(task('x')) + `<!--${'x'.repeat(1_000_000)}-->`)).toEqual(['too-large']);
  });
  it('is refused: more than 2 000 elements', async () => {
    expect(await refusal(diagram(start('s'), ...Array.from({ length: 2_000 }, (_, index) => task(`t${index}`)), end()))).toEqual([
      'too-large',
    ]);
  });
  it('is refused: not BPMN at all', async () => {
    await expect(parseBpmn('<a/>')).rejects.toBeInstanceOf(ModelError);
    await expect(parseBpmn('nic')).rejects.toBeInstanceOf(ModelError);
  });
});

describe('what nobody knows how to run', () => {
  it.each([
    ['a call of a process that is nowhere', around('<bpmn:callActivity id="x" calledElement="jiny"/>'), 'x'],
    ['a choreography', around('<bpmn:choreographyTask id="x"/>'), 'x'],
    ['an ad-hoc sub-process with nothing to do', around('<bpmn:adHocSubProcess id="x"/>'), 'x'],
    ['a multi-instance activity without a number', around(task('x', '', '<bpmn:multiInstanceLoopCharacteristics/>')), 'x'],
    ['a loop without an end', around(task('x', '', '<bpmn:standardLoopCharacteristics/>')), undefined],
    ['a compensation activity in the flow', around(task('x', 'isForCompensation="true"')), 'x'],
    ['a signal event without a signal', around(catching('x', '<bpmn:signalEventDefinition/>')), 'x'],
    ['a conditional event without a condition', around(catching('x', '<bpmn:conditionalEventDefinition/>')), 'x'],
    ['a cancel end outside a transaction', outside(end('x', '<bpmn:cancelEventDefinition/>'), path('a', 'x')), 'x'],
  ])('is refused, or told when it may be meant so: %s', async (_what, xml, element) => {
    const { findings } = await compileFile(xml);
    expect(
      findings.filter((finding) => finding.severity === (element === undefined ? 'warning' : 'error')).map((finding) => finding.element),
    ).toContain(element ?? 'x');
  });
});

describe('a diagram that cannot work', () => {
  it.each([
    ['a service task without effect', around('<bpmn:serviceTask id="x"/>'), 'missing-effect x'],
    ['a user task without role', around('<bpmn:userTask id="x"/>'), 'missing-role x'],
    ['a business rule task without decision', around('<bpmn:businessRuleTask id="x"/>'), 'missing-decision x'],
    ['a receive task without message', around('<bpmn:receiveTask id="x"/>'), 'missing-message x'],
    ['a timer without time', around(catching('x', '<bpmn:timerEventDefinition/>')), 'timer-empty x'],
    ['a timer that is no time', around(catching('x', timer('timeDuration', 'zítra'))), 'bad-timer x'],
    ['a timer beyond the year 9999', around(catching('x', timer('timeDuration', 'P9000Y'))), 'timer-bad-duration x'],
    [
      'a repetition that stands still',
      outside(boundary('x', 'a', timer('timeCycle', 'R/PT0S'), 'cancelActivity="false"'), path('x', 'e')),
      'timer-bad-cycle x',
    ],
    [
      'an error boundary that does not interrupt',
      outside(boundary('x', 'a', error('e1'), 'cancelActivity="false"'), path('x', 'e')),
      'boundary-error-not-interrupting x',
    ],
    ['a task that nothing leads to', outside(task('x'), path('x', 'e')), 'unreachable x'],
    ['a process without start', diagram(task('a'), task('b'), path('a', 'b', 'a')), 'missing-start proces'],
    ['two plain starts', outside(start('x'), path('x', 'e')), 'bad-start proces'],
    ['a sub-process without start', around(subProcess('x', task('i'), end('ei'), path('i', 'ei'))), 'end-without-start x'],
    ['a plain event sub-process', outside(eventSubProcess('x', start('si'), end('ei'), path('si', 'ei'))), 'bad-start x'],
    [
      'an event gateway before a task',
      diagram(start('s'), gateway('eventBased', 'x'), task('a'), task('b'), end(), path('s', 'x', 'a', 'e'), path('x', 'b', 'e')),
      'bad-event-gateway x',
    ],
    ['an end with a way out', outside(end('x'), path('a', 'x', 'e')), 'end-event-outgoing x'],
    [
      'an error end without code',
      around('<bpmn:endEvent id="x"><bpmn:errorEventDefinition/></bpmn:endEvent>').replace(
        /<bpmn:sequenceFlow[^>]*sourceRef="x".*?<\/bpmn:sequenceFlow>/,
        '',
      ),
      'error-missing x',
    ],
    ['bad FEEL in a flow', diagram(start('s'), end(), flow('s', 'e', 'a >', 'x')), 'bad-expression x'],
    ['a flow to nowhere', diagram(start('s'), flow('s', 'nikam', undefined, 'x')), 'flow-target-unknown x'],
    ['no executable process', around(task('x')).replace('isExecutable="true"', ''), 'no-process'],
  ])('is refused: %s', async (_what, xml, expected) => {
    expect(await refusal(xml)).toContain(expected);
  });
});

describe('the tables of a process', () => {
  it('tell everything the catalogue asks, and cannot be changed', async () => {
    const xml = diagram(
      '<bpmn:laneSet id="ls"><bpmn:lane id="urad" name="Úřad"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>',
      start('s', '', 'spis:form="podani" spis:result="zadost"'),
      task(
        't',
        'spis:form="kontrola" spis:deadline="lhuta" spis:result="vysledek"',
        extensions(
          input('castka', '= zadost.castka'),
          '<spis:citizen lang="cs" title="Kontrolujeme" who="office">Díváme se\n na vaši žádost.</spis:citizen>',
          '<spis:citizen lang="en" title="Checking" who="office">We look.</spis:citizen>',
        ),
      ),
      boundary('b', 't', message('zpetvzeti'), 'cancelActivity="false"'),
      gateway('exclusive', 'g', 'default="jinak"'),
      end('e', '', 'spis:outcome="done"'),
      path('s', 't', 'g'),
      flow('g', 'e', 'vysledek.ok', 'kdyz'),
      flow('g', 'e', undefined, 'jinak'),
      path('b', 'e'),
    );
    const model = await compileProcess(xml);
    expect(model).toMatchObject({ processId: 'proces', hasDiagram: false, lanes: [{ id: 'urad', name: 'Úřad' }] });
    expect(model.nodes.get('t')).toMatchObject({
      kind: 'userTask',
      name: 'Úkol t',
      lane: 'urad',
      form: 'kontrola',
      role: 'clerk',
      deadline: 'lhuta',
      result: 'vysledek',
      scope: 'proces',
      boundaries: ['b'],
      inputs: [{ name: 'castka', value: '= zadost.castka' }],
    });
    expect(model.nodes.get('t')?.citizen).toEqual({
      cs: { title: 'Kontrolujeme', who: 'office', text: 'Díváme se na vaši žádost.' },
      en: { title: 'Checking', who: 'office', text: 'We look.' },
    });
    expect(model.nodes.get('b')).toMatchObject({ attachedTo: 't', isInterrupting: false, messageName: 'zpetvzeti' });
    expect(model.nodes.get('g')).toMatchObject({ defaultFlow: 'jinak', outgoing: ['kdyz', 'jinak'] });
    expect(model.nodes.get('e')).toMatchObject({ outcome: 'done' });
    expect(model.flows.get('kdyz')).toMatchObject({ source: 'g', target: 'e', condition: 'vysledek.ok' });
    expect(Object.isFrozen(model)).toBe(true);
    expect(Object.isFrozen(model.nodes.get('t'))).toBe(true);
  });
});
