// Several pools, message flows, data, lanes, artifacts and the file itself (BPMN 2.0.2, 9, 10.4, 10.7, 15).
import {
  after,
  and,
  catching,
  element,
  end,
  every,
  file,
  flows,
  message,
  one,
  process,
  receive,
  script,
  send,
  start,
  task,
  throwing,
  user,
} from './drawing.ts';
import type { Example } from './example.ts';

const pools = (messageFlows: string, ...ids: readonly string[]): string =>
  `<collaboration id="c">${ids.map((id) => `<participant id="pool${id}" processRef="${id}"/>`).join('')}<participant id="box" name="Black box"/>${messageFlows}</collaboration>`;
const drawn = (id: string, source: string, target: string): string =>
  `<messageFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`;

/** Latin letters beyond ASCII, one byte each. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const waiting = (id: string): string => process(id, start(`${id}s`), receive(`${id}r`, 'm'), end(`${id}e`), flows(`${id}s ${id}r ${id}e`));
const sending = process('A', start('As'), throwing('At', message('m')), end('Ae'), flows('As At Ae'));

export const worldExamples: readonly Example[] = [
  {
    element: 'pools and message flows',
    says: 'A drawn message flow decides who gets the message.',
    model: file(pools(drawn('f', 'At', 'Cr'), 'A', 'B', 'C'), waiting('B'), waiting('C'), sending),
    asks: { process: ['B', 'C', 'A'] },
    expects: { trace: 'Bs Cs As At {Ae | Cr Ce}', waits: ['Br message'] },
  },
  {
    element: 'pools and message flows',
    says: 'A message flow to a pool reaches what waits for it there.',
    model: file(pools(drawn('f', 'At', 'poolC'), 'A', 'B', 'C'), waiting('B'), waiting('C'), sending),
    asks: { process: ['B', 'C', 'A'] },
    expects: { trace: 'Bs Cs As At {Ae | Cr Ce}', waits: ['Br message'] },
  },
  {
    element: 'pools and message flows',
    says: 'A message to a black box leaves the file.',
    model: file(pools(drawn('f', 'At', 'box'), 'A', 'B'), waiting('B'), sending),
    asks: { process: ['B', 'A'] },
    expects: { trace: 'Bs As At Ae', waits: ['Br message'] },
  },
  {
    element: 'pools and message flows',
    says: 'Without message flows the one that has waited longest gets it.',
    model: file(waiting('B'), waiting('C'), sending),
    asks: { process: ['B', 'C', 'A'] },
    expects: { trace: 'Bs Cs As At {Ae | Br Be}', waits: ['Cr message'] },
  },
  {
    element: 'pools and message flows',
    says: 'Two processes talk to and fro.',
    model: file(
      process('B', start('Bs', message('m')), task('Bt'), send('Bq', 'q'), end('Be'), flows('Bs Bt Bq Be')),
      process('A', start('As'), send('Am', 'm'), receive('Aq', 'q'), end('Ae'), flows('As Am Aq Ae')),
    ),
    asks: { process: ['A'] },
    expects: { trace: 'As Am Bs Bt Bq {Be | Aq Ae}' },
  },
  {
    element: 'pools and message flows',
    says: 'A message sent before the other process waits for it is kept.',
    model: file(sending, waiting('B')),
    asks: { process: ['A', 'B'] },
    expects: { trace: 'As At Ae Bs Br Be' },
  },
  {
    element: 'pools and message flows',
    says: 'Of several cases of one process each gets one message.',
    model: file(waiting('B'), process('A', start('As'), send('A1', 'm'), send('A2', 'm'), end('Ae'), flows('As A1 A2 Ae'))),
    asks: { process: ['B', 'B', 'A'] },
    expects: { trace: 'Bs Bs As A1 {Br Be | A2 {Ae | Br Be}}' },
  },
  {
    element: 'lanes',
    says: 'Lanes say who, not how.',
    model: one(
      '<laneSet id="ls"><lane id="l1" name="Front desk"><flowNodeRef>s</flowNodeRef><flowNodeRef>t</flowNodeRef></lane><lane id="l2"><flowNodeRef>e</flowNodeRef></lane></laneSet>',
      start(),
      task('t'),
      end(),
      flows('s t e'),
    ),
    expects: { trace: 's t e' },
  },
  {
    element: 'artifacts',
    says: 'Annotations and groups have no effect.',
    model: one(
      start(),
      task('t'),
      end(),
      flows('s t e'),
      '<textAnnotation id="n1"><text>Note</text></textAnnotation><association id="as1" sourceRef="t" targetRef="n1"/><group id="g1"/>',
    ),
    expects: { trace: 's t e' },
  },
  {
    element: 'data objects and stores',
    says: 'Objects, references and stores may stand beside the flow.',
    model: file(
      '<dataStore id="ds" name="Register"/>',
      process(
        'P',
        start(),
        task('t'),
        end(),
        flows('s t e'),
        '<dataObject id="do1"/><dataObjectReference id="dr1" name="Form" dataObjectRef="do1"/><dataStoreReference id="dsr" dataStoreRef="ds"/>',
      ),
    ),
    expects: { trace: 's t e' },
  },
  {
    element: 'data objects and stores',
    says: 'What a task puts out is copied where its association leads.',
    model: one(
      '<dataObject id="res" name="res"/>',
      start(),
      user(
        't',
        '<ioSpecification id="io"><dataOutput id="y" name="y"/><inputSet id="is"/><outputSet id="os"><dataOutputRefs>y</dataOutputRefs></outputSet></ioSpecification><dataOutputAssociation id="doa"><sourceRef>y</sourceRef><targetRef>res</targetRef></dataOutputAssociation>',
      ),
      end(),
      flows('s t e'),
    ),
    asks: { complete: { t: { y: 5 } } },
    expects: { trace: 's t e', variables: { res: 5 } },
  },
  {
    element: 'data objects and stores',
    says: 'What a task takes in is read where its association begins.',
    model: one(
      '<dataObject id="src" name="src"/>',
      start(),
      element(
        'scriptTask',
        't',
        '<ioSpecification id="io"><dataInput id="x" name="x"/><inputSet id="is"><dataInputRefs>x</dataInputRefs></inputSet><outputSet id="os"/></ioSpecification><dataInputAssociation id="dia"><sourceRef>src</sourceRef><targetRef>x</targetRef></dataInputAssociation><script>x + 1</script>',
        'scriptFormat="application/feel" spis:resultVariable="r"',
      ),
      end(),
      flows('s t e'),
    ),
    asks: { variables: { src: 4 } },
    expects: { trace: 's t e', variables: { r: 5 } },
  },
  {
    element: 'properties',
    says: 'A property is a variable of its process.',
    model: one('<property id="p1" name="p"/>', start(), script('t', 'if p = null then 1 else 2', 'r'), end(), flows('s t e')),
    expects: { trace: 's t e', variables: { r: 1 } },
  },
  {
    element: 'event definitions by reference',
    says: 'A definition may stand at the root and be referred to.',
    model: file(
      `<timerEventDefinition id="td"><timeDuration xsi:type="tFormalExpression">PT10S</timeDuration></timerEventDefinition>`,
      process('P', start(), catching('c', '<eventDefinitionRef>td</eventDefinitionRef>'), end(), flows('s c e')),
    ),
    asks: { advance: 'PT10S' },
    expects: { trace: 's c e', at: ['c 10'] },
  },
  {
    element: 'event definitions by reference',
    says: 'One definition may serve several events.',
    model: file(
      '<messageEventDefinition id="md" messageRef="msg_m"/>',
      process(
        'P',
        start(),
        catching('a', '<eventDefinitionRef>md</eventDefinitionRef>'),
        catching('b', '<eventDefinitionRef>md</eventDefinitionRef>'),
        end(),
        flows('s a b e'),
      ),
    ),
    asks: {
      posts: [
        { kind: 'message', name: 'm', payload: null },
        { kind: 'message', name: 'm', payload: null },
      ],
    },
    expects: { trace: 's a b e' },
  },
  {
    element: 'file',
    says: 'A file in WINDOWS-1252 is read by its declaration.',
    model: latin1(
      one(start(), script('t', '"Caf\u00e9"', 'r'), end(), flows('s t e')).replace('encoding="UTF-8"', 'encoding="WINDOWS-1252"'),
    ),
    expects: { trace: 's t e', variables: { r: 'Caf\u00e9' } },
  },
  {
    element: 'file',
    says: 'A prefix for BPMN changes nothing.',
    model:
      '<?xml version="1.0"?><b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x"><b:process id="P" isExecutable="true"><b:startEvent id="s"/><b:sequenceFlow id="f" sourceRef="s" targetRef="e"/><b:endEvent id="e"/></b:process></b:definitions>',
    expects: { trace: 's e' },
  },
  {
    element: 'file',
    says: 'An unknown expression language is a warning, and expressions are read as FEEL.',
    model: one(start(), script('t', '1 + 1', 'r'), end(), flows('s t e')).replace(
      '<definitions ',
      '<definitions expressionLanguage="http://www.java.com/java" ',
    ),
    expects: { trace: 's t e', variables: { r: 2 } },
  },
  {
    element: 'file',
    says: 'A process that is not executable is run when it is the only one.',
    model: one(start(), task('t'), end(), flows('s t e')).replace('isExecutable="true"', 'isExecutable="false"'),
    expects: { trace: 's t e' },
  },
  {
    element: 'virtual time',
    says: 'What falls due is settled before the next thing falls due.',
    model: one(
      start(),
      and('x'),
      catching('a', after('PT10S')),
      catching('b', after('PT5S')),
      catching('c', after('PT10S')),
      end(),
      flows('s x a e', 'x b c e'),
    ),
    asks: { advance: 'PT20S' },
    expects: { trace: 's x b a e c e', at: ['b 5', 'a 10', 'c 15'] },
  },
  {
    element: 'virtual time',
    says: 'Without time passing no timer fires.',
    model: one(start(), catching('a', every('R/PT1S')), end(), flows('s a e')),
    expects: { trace: 's', status: 'waiting', waits: ['a timer'] },
  },
];
