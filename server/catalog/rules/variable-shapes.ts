// Which variables a case has, and which keys each of them holds: from forms, effects, messages and decisions.
import { allNodes } from '../../engine/index.ts';
import type { DecisionModel, ProcessNode } from '../../engine/index.ts';
import { allFields } from '../../../forms/index.ts';
import type { Form } from '../../../forms/index.ts';
import { SAMPLE_CONSTANTS, TODAY_CONSTANT } from '../constants.ts';
import { messageCards } from '../message-cards.ts';
import type { PackageSubject } from './rule.ts';

/** Keys of a variable; `undefined` = anything may be in it. */
export type Shapes = ReadonlyMap<string, ReadonlySet<string> | undefined>;

export function variableShapes(subject: Pick<PackageSubject, 'model' | 'forms' | 'effects' | 'decisions'>): Shapes {
  const shapes = new Map<string, ReadonlySet<string> | undefined>();
  for (const [name, sample] of Object.entries(SAMPLE_CONSTANTS)) shapes.set(name, new Set(Object.keys(sample)));
  shapes.set(TODAY_CONSTANT, undefined);
  for (const node of allNodes(subject.model)) {
    for (const name of declaredBy(node)) if (!shapes.has(name)) shapes.set(name, undefined);
    const produced = producedBy(subject, node);
    if (!produced) continue;
    const known = shapes.get(produced.name);
    const isNew = !shapes.has(produced.name);
    shapes.set(produced.name, isNew ? produced.keys : known && produced.keys ? new Set([...known, ...produced.keys]) : undefined);
  }
  for (const scope of subject.model.scopes.values()) for (const name of scope.data) if (!shapes.has(name)) shapes.set(name, undefined);
  return shapes;
}

/** Names that repetition and mappings bring along; nothing is known of what lies in them. */
function declaredBy({ kind, loop, inputs, outputs }: ProcessNode): readonly string[] {
  const given = kind === 'callActivity' || kind === 'subProcess' ? inputs : [];
  const mapped = [...given, ...outputs].map(({ name }) => name);
  if (loop === undefined) return mapped;
  const own = loop.kind === 'multi' ? [loop.item, loop.outputItem, loop.outputCollection, ...COUNTERS] : [];
  return [...mapped, 'loopCounter', ...own].filter((name) => name !== undefined);
}
const COUNTERS = ['numberOfInstances', 'numberOfActiveInstances', 'numberOfCompletedInstances', 'numberOfTerminatedInstances'];

interface Produced {
  readonly name: string;
  readonly keys: ReadonlySet<string> | undefined;
}

/** As the engine does it: tasks, decisions and scripts write always, effects and events only with `spis:result`. */
function producedBy(
  { forms, effects, decisions }: Pick<PackageSubject, 'forms' | 'effects' | 'decisions'>,
  node: ProcessNode,
): Produced | undefined {
  switch (node.kind) {
    case 'startEvent':
      if (node.form !== undefined) return { name: node.result ?? 'podani', keys: keysOfForm(forms[node.form]) };
      return fromMessage(node);
    case 'userTask':
    case 'manualTask':
      return { name: node.result ?? node.id, keys: node.form === undefined ? new Set() : keysOfForm(forms[node.form]) };
    case 'businessRuleTask':
      return node.decision === undefined
        ? fromEffect(effects, node)
        : { name: node.result ?? node.id, keys: keysOfDecision(decisions, node.decision) };
    case 'scriptTask':
      return { name: node.result ?? node.id, keys: undefined };
    case 'serviceTask':
    case 'sendTask':
      return fromEffect(effects, node);
    case 'boundaryEvent':
      return node.result !== undefined && node.event?.kind === 'error'
        ? { name: node.result, keys: new Set(['code', 'reason']) }
        : fromMessage(node);
    default:
      return fromMessage(node);
  }
}

function fromEffect(effects: PackageSubject['effects'], node: ProcessNode): Produced | undefined {
  const card = effects.find(({ name }) => name === node.effect);
  return node.result === undefined ? undefined : { name: node.result, keys: card && new Set(card.outputs) };
}

function fromMessage(node: ProcessNode): Produced | undefined {
  if (node.result === undefined) return undefined;
  const card = messageCards.find(({ name }) => name === node.messageName);
  return { name: node.result, keys: card && new Set(card.payload) };
}

function keysOfForm(form: Form | undefined): ReadonlySet<string> | undefined {
  return form && new Set(allFields(form.fields).map(({ key }) => key));
}

function keysOfDecision({ decisions }: DecisionModel, id: string): ReadonlySet<string> | undefined {
  const logic = decisions.get(id)?.logic;
  return logic?.kind === 'table' && logic.outputs.length > 1 ? new Set(logic.outputs.map(({ name }) => name)) : undefined;
}
