// The page docs/bpmn-conformance.md: what the examples of the suite show to run, and which rules refuse what, element by element.
import { structureRules } from '../../../server/engine/structure/index.ts';
import { cases } from '../structure/cases.ts';
import { broken } from '../structure/models.ts';
import type { Example } from './example.ts';
import { examples } from './examples.ts';

export const PAGE = 'docs/bpmn-conformance.md';

export function conformancePage(): string {
  const rows = [...new Set(examples.map(({ element }) => element))].map(rowOf);
  const running = examples.filter(isRunning).length;
  return `${HEAD.replace('%r', String(running)).replace('%f', String(examples.length - running))}\n${rows.join('\n')}\n`;
}

const isRunning = ({ expects }: Example): boolean => !('refusedBy' in expects);

function rowOf(element: string): string {
  const own = examples.filter((example) => example.element === element);
  const running = own.filter(isRunning).length;
  const shown = own.flatMap(({ expects }) => ('refusedBy' in expects ? [expects.refusedBy] : []));
  const all = [...new Set([...shown, ...rulesFor(element)])].map((rule) => `\`${rule}\``);
  const rules = all.length > MOST + 1 ? [...all.slice(0, MOST), `and ${all.length - MOST} more`] : all;
  const runs = running === 0 ? 'no' : `yes, ${running} ${running === 1 ? 'example' : 'examples'}`;
  return `| ${element} | ${runs} | ${rules.length === 0 ? 'nothing of its own; only as any element: flows, references, ids' : rules.join(', ')} |`;
}

const MOST = 8;
const refusing = new Set(structureRules.filter(({ severity }) => severity !== 'warning').map(({ name }) => name));

/** Rules whose model is broken at such an element: those about its trigger, else those about its place. */
function rulesFor(element: string): readonly string[] {
  const sign = signOf(element);
  if (!sign) return [];
  const own = rulesAt(sign);
  return own.length > 0 ? own : rulesAt({ tags: sign.tags, inside: UNTRIGGERED });
}

/** No event definition in it. */
const UNTRIGGERED = /^(?![\s\S]*EventDefinition)/;

function rulesAt(sign: Sign): readonly string[] {
  return cases.flatMap(([rule, id, template]) => {
    const broke = elementWithId(broken(template), id);
    return refusing.has(rule) &&
      broke !== undefined &&
      sign.tags.includes(broke.tag) &&
      (sign.inside === undefined || sign.inside.test(broke.text))
      ? [rule]
      : [];
  });
}

function elementWithId(xml: string, id: string): { readonly tag: string; readonly text: string } | undefined {
  const opening = new RegExp(`<(?:\\w+:)?(\\w+)(?= )[^>]*? id="${id}"[^>]*?(/?)>`).exec(xml);
  if (!opening) return undefined;
  const [head, tag = '', selfClosed] = opening;
  const from = opening.index;
  const to = selfClosed === '/' ? from + head.length : xml.indexOf(`</${tag}>`, from);
  return { tag, text: xml.slice(from, to < 0 ? undefined : to) };
}

interface Sign {
  readonly tags: readonly string[];
  /** What must stand inside the element. */
  readonly inside?: RegExp;
}

const PLACES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/boundary event/, ['boundaryEvent']],
  [/event sub-process/, ['subProcess', 'startEvent']],
  [/start event/, ['startEvent']],
  [/catch event/, ['intermediateCatchEvent']],
  [/throw event|intermediate none/, ['intermediateThrowEvent']],
  [/end event/, ['endEvent']],
  [/link events/, ['intermediateCatchEvent', 'intermediateThrowEvent']],
];
const TRIGGERS: readonly (readonly [RegExp, RegExp])[] = [
  [/parallel multiple/, /parallelMultiple="true"/],
  [/(start|end|intermediate none) event \(none\)|intermediate none|several|inside|different/, UNTRIGGERED],
  [/multiple/, /(?:<\w*EventDefinition[\s\S]*){2}/],
  [/message/, /messageEventDefinition/],
  [/timer/, /timerEventDefinition/],
  [/signal/, /signalEventDefinition/],
  [/condition/, /conditionalEventDefinition/],
  [/error/, /errorEventDefinition/],
  [/escalation/, /escalationEventDefinition/],
  [/compensation/, /compensateEventDefinition/],
  [/cancel/, /cancelEventDefinition/],
  [/terminate/, /terminateEventDefinition/],
  [/link/, /linkEventDefinition/],
];
const ACTIVITIES = ['task', 'userTask', 'scriptTask', 'serviceTask', 'subProcess', 'callActivity'];
const TAGS: readonly (readonly [RegExp, readonly string[], RegExp?])[] = [
  [/^(user|manual|service|send|receive|script) task$/, []],
  [/business rule task$/, ['businessRuleTask']],
  [/^task/, ['task'], /^(?![\s\S]*(?:Characteristics|ioSpecification|isForCompensation))/],
  [/^global/, ['globalTask', 'globalUserTask', 'globalScriptTask', 'globalManualTask', 'globalBusinessRuleTask']],
  [/flow$/, ['sequenceFlow']],
  [/call activity/, ['callActivity']],
  [/parallel event-based|event-based/, ['eventBasedGateway']],
  [/exclusive gateway/, ['exclusiveGateway']],
  [/parallel gateway/, ['parallelGateway']],
  [/inclusive gateway/, ['inclusiveGateway']],
  [/complex gateway/, ['complexGateway']],
  [/standard loop/, ACTIVITIES, /standardLoop/],
  [/behavior/, ACTIVITIES, /[bB]ehavior/],
  [/collection/, ACTIVITIES, /loopData|DataItem/],
  [/multi-instance/, ACTIVITIES, /multiInstance(?![\s\S]*[bB]ehavior)/],
  [/ad-hoc/, ['adHocSubProcess']],
  [/^transaction/, ['transaction']],
  [/^sub-process/, ['subProcess']],
  [/pools/, ['participant', 'messageFlow', 'collaboration']],
  [/lanes/, ['lane', 'laneSet']],
  [/Quantity/, ['task'], /Quantity/],
  [/artifacts/, ['association', 'textAnnotation', 'group']],
  [
    /data objects/,
    [
      'dataObject',
      'dataObjectReference',
      'dataStoreReference',
      'dataInputAssociation',
      'dataOutputAssociation',
      'dataInput',
      'dataOutput',
      'inputSet',
      'outputSet',
      'ioSpecification',
    ],
  ],
  [/choreography/, ['choreographyTask', 'subChoreography', 'callChoreography']],
  [/file/, ['definitions', 'import', 'process']],
];

function signOf(element: string): Sign | undefined {
  const places = PLACES.find(([name]) => name.test(element))?.[1];
  if (places && !/gateway/.test(element)) {
    const inside = TRIGGERS.find(([name]) => name.test(element))?.[1];
    return { tags: places, ...(inside ? { inside } : {}) };
  }
  const typed = /^(user|manual|service|send|receive|script) task$/.exec(element)?.[1];
  if (typed !== undefined) return { tags: [`${typed}Task`] };
  const [, tags, inside] = TAGS.find(([name]) => name.test(element)) ?? [];
  return tags && { tags, ...(inside ? { inside } : {}) };
}

const HEAD = `# BPMN 2.0.2: what runs, and what is refused

Made from the tests (\`test/engine/conformance\`, \`test/engine/structure\`): \`node test/engine/conformance/write-page.ts\`; a test fails when it is out of date.
Every example that runs is a small model with what the specification says must come of it: the completed elements in order, the status, the waits and the
variables. It is run straight and again with every case saved, dropped and recovered between any two steps, and both answers must be the same.
%r examples run, %f show a refusal. The rules and their sentences are in [bpmn-rules.md](bpmn-rules.md); what is not refused runs.
How to try a model: [trace.md](trace.md).

| element | runs | refused by rule |
|---|---|---|`;
