// Rules about FEEL: expressions of the diagram, of decisions and of texts read only what somebody has written before.
import { checkFeel, namesIn } from '../../../forms/index.ts';
import { allNodes } from '../../engine/index.ts';
import type { DecisionModel, ProcessNode } from '../../engine/index.ts';
import { PROCESS_FILE } from '../compile-situation.ts';
import { TEXT_CONSTANTS } from '../constants.ts';
import { placeholdersIn } from '../placeholder.ts';
import type { SituationText } from '../read-texts.ts';
import { called } from './rule.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';
import { variableShapes } from './variable-shapes.ts';
import type { Shapes } from './variable-shapes.ts';

/** An expression with its place. `extra` are names that exist only there. */
interface Place {
  readonly file: string;
  readonly element?: string;
  readonly where: string;
  readonly expression: string;
  readonly extra: readonly string[];
}

export const expressionRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'unknown-variable',
    severity: 'error',
    check: (subject) => {
      const shapes = variableShapes(subject);
      return readable(subject).flatMap((place) =>
        namesIn(place.expression)
          .filter((name) => !shapes.has(name) && !place.extra.includes(name))
          .map((name) =>
            at(
              place,
              `${place.where} čte proměnnou „${name}“, kterou žádný krok nevytváří. Opravte jméno, nebo doplňte krok s tímto výsledkem.`,
            ),
          ),
      );
    },
  },
  {
    name: 'unknown-key',
    severity: 'error',
    check: (subject) => {
      const shapes = variableShapes(subject);
      return readable(subject).flatMap((place) =>
        unknownPaths(place, shapes).map(([name, key]) =>
          at(place, `${place.where} čte „${name}.${key}“, ale „${name}“ takový údaj nemá. Opravte název údaje.`),
        ),
      );
    },
  },
  {
    name: 'text-expression',
    severity: 'error',
    check: ({ texts }) =>
      texts
        .filter(({ kind }) => kind !== 'service')
        .flatMap((text) =>
          placeholdersIn(`${text.subject}\n${text.body}`).flatMap((place) => {
            if (place.unknown !== undefined)
              return [
                { file: text.file, message: `Místo {{ ${place.expression} | ${place.unknown} }} má neznámý tvar. Použijte kc nebo datum.` },
              ];
            const mistake = checkFeel(place.expression);
            return mistake === undefined ? [] : [{ file: text.file, message: `Místo {{ ${place.expression} }}: ${mistake}` }];
          }),
        ),
  },
];

/** Everything with an expression that can be read; broken ones are other rules' business. */
function readable(subject: PackageSubject): readonly Place[] {
  return [...inDiagram(subject), ...inDecisions(subject), ...subject.texts.flatMap(inText)].filter(
    ({ expression }) => checkFeel(expression) === undefined,
  );
}

function inDiagram({ model }: PackageSubject): readonly Place[] {
  const flows = [...new Set([model, ...model.library.values()])].flatMap((one) => [...one.flows.values()]);
  const conditions = flows.flatMap((flow) =>
    flow.condition === undefined ? [] : [place(flow.id, `Podmínka toku ${called(flow)}`, flow.condition)],
  );
  return [...conditions, ...allNodes(model).flatMap(inNode)];
}

function inNode(node: ProcessNode): readonly Place[] {
  const inputs = node.inputs
    .filter(({ value }) => value.startsWith('='))
    .map(({ name, value }) => place(node.id, `Vstup „${name}“ kroku ${called(node)}`, value));
  const script = node.script ? [place(node.id, `Skript ${called(node)}`, node.script)] : [];
  const timer =
    node.event?.kind === 'timer' && node.event.timer.isFeel ? [place(node.id, `Časovač ${called(node)}`, node.event.timer.body)] : [];
  const deadlines = (node.deadlineEvents ?? []).flatMap(({ deadline, values }) =>
    Object.values(values)
      .filter((value) => value.startsWith('='))
      .map((value) => place(node.id, `Událost lhůty „${deadline}“ v kroku ${called(node)}`, value)),
  );
  return [...inputs, ...script, ...timer, ...deadlines];
}

function place(element: string, where: string, expression: string): Place {
  return { file: PROCESS_FILE, element, where, expression, extra: [] };
}

/** A decision may read what its business rule task maps, what required decisions give, and the case's variables. */
function inDecisions({ model, decisions }: PackageSubject): readonly Place[] {
  return allNodes(model)
    .filter((node) => node.decision !== undefined)
    .flatMap((node) => {
      const graph = required(decisions, node.decision ?? '');
      const extra = [...node.inputs.map(({ name }) => name), ...graph.flatMap((id) => [id, decisions.decisions.get(id)?.variable ?? id])];
      return graph.flatMap((id) =>
        expressionsOf(decisions, id).map(({ where, expression }) => ({
          file: decisions.decisions.get(id)?.file ?? PROCESS_FILE,
          element: id,
          where,
          expression,
          extra,
        })),
      );
    });
}

function required({ decisions }: DecisionModel, id: string): readonly string[] {
  const found = decisions.get(id);
  return found ? [...new Set([id, ...found.requires.flatMap((other) => required({ decisions }, other))])] : [];
}

function expressionsOf({ decisions }: DecisionModel, id: string): readonly { readonly where: string; readonly expression: string }[] {
  const decision = decisions.get(id);
  if (!decision) return [];
  const where = `Rozhodnutí „${decision.name}“`;
  if (decision.logic.kind === 'expression') return [{ where, expression: decision.logic.expression }];
  return [...decision.logic.inputs.map((input) => input.expression), ...decision.logic.rules.flatMap((rule) => rule.outputs)].map(
    (expression) => ({ where, expression }),
  );
}

function inText(text: SituationText): readonly Place[] {
  if (text.kind === 'service') return [];
  return placeholdersIn(`${text.subject}\n${text.body}`).map(({ expression }) => ({
    file: text.file,
    where: 'Text',
    expression,
    extra: TEXT_CONSTANTS[text.kind === 'letter' ? 'letter' : 'mail'],
  }));
}

/** Pairs `variable.key` that cannot be there; texts in quotes are left out. */
function unknownPaths({ expression, extra }: Place, shapes: Shapes): readonly (readonly [string, string])[] {
  const bare = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return [...bare.matchAll(/(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\s*\.\s*([\p{L}_][\p{L}\p{N}_]*)/gu)].flatMap(
    ([, name = '', key = '']) => {
      const keys = shapes.get(name);
      return keys === undefined || extra.includes(name) || keys.has(key) ? [] : [[name, key] as const];
    },
  );
}

function at({ file, element }: Place, message: string): Fault {
  return { file, message, ...(element === undefined ? {} : { element }) };
}
