// The file as such: ids, what the reader did not know, the head of the file (BPMN 2.0.2, 8.2 and 8.3; XML Schema types ID and NCName).
import { elementsOf, flagOf, textOf } from '../xml-element.ts';
import type { ProblemKind } from '../reader-problems.ts';
import { is } from './kinds.ts';
import type { Fault, ModelIndex, StructureRule } from './rule.ts';

const NCNAME = /^[\p{L}_][\p{L}\p{N}\p{M}_.·-]*$/u;
const DRAWING = /^(bpmndi|di|dc|bioc|color):/;

export const fileRules: readonly StructureRule[] = [
  {
    name: 'duplicate-id',
    severity: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Identifikátor je v souboru vícekrát. Každý prvek musí mít vlastní.',
    check: (_, model) => problems(model, 'duplicate-id', (id) => ({ element: id })),
  },
  {
    name: 'bad-id',
    severity: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Identifikátor smí začínat jen písmenem nebo podtržítkem a obsahovat písmena, číslice, tečky, pomlčky a podtržítka.',
    check: (_, model) => problems(model, 'illegal-id', (id) => (NCNAME.test(id) ? undefined : { element: id })),
  },
  {
    name: 'unreadable-id',
    severity: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Identifikátor s písmeny mimo anglickou abecedu neumíme přečíst. Přejmenujte prvek bez háčků a čárek.',
    check: (_, model) => problems(model, 'illegal-id', (id) => (NCNAME.test(id) ? { element: id } : undefined)),
  },
  {
    name: 'missing-id',
    severity: 'warning',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Prvek nemá identifikátor; dostal ho podle pořadí. Přidejte mu vlastní, aby se s další verzí nezměnil.',
    check: (_, model) => problems(model, 'missing-id', (id) => ({ element: id })),
  },
  {
    name: 'unknown-element',
    severity: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Takový prvek BPMN nezná, nebo na tomto místě být nesmí.',
    check: (_, model) =>
      problems(model, 'unknown-element', (name, message) =>
        isOfBpmn(name) && !GAPS.test(name)
          ? { element: '', message: `Prvek <${name}>${line(message)} BPMN nezná, nebo na tomto místě být nesmí.` }
          : undefined,
      ),
  },
  {
    name: 'foreign-element',
    severity: 'warning',
    house: 'error',
    section: '8.3.3',
    on: ['bpmn:Definitions'],
    says: 'Cizí prvek smí být jen v extensionElements; tady ho přehlížíme.',
    check: (_, model) =>
      problems(model, 'unknown-element', (name, message) =>
        isOfBpmn(name) || DRAWING.test(name)
          ? undefined
          : { element: '', message: `Cizí prvek <${name}>${line(message)} smí být jen v extensionElements; tady ho přehlížíme.` },
      ),
  },
  {
    name: 'unknown-drawing',
    severity: 'warning',
    section: '12.2',
    on: ['bpmn:Definitions'],
    says: 'Kresbu v souboru nelze přečíst celou; na běh to nemá vliv.',
    check: (_, model) => problems(model, 'unknown-element', (name) => (DRAWING.test(name) ? { element: '' } : undefined)),
  },
  {
    name: 'unknown-attribute',
    severity: 'warning',
    house: 'error',
    section: '8.3.3',
    on: ['bpmn:Definitions'],
    says: 'Prvek má atribut, který BPMN nezná.',
    check: (_, model) =>
      model.problems
        .filter(({ kind, value, element }) => kind === 'unknown-attribute' && !(value === 'default' && is(element, 'bpmn:FlowNode')))
        .map(({ element, value }) => ({ element: element ?? '', message: `Atribut „${value}“ BPMN u tohoto prvku nezná.` })),
  },
  {
    name: 'stray-text',
    severity: 'warning',
    house: 'error',
    section: '8.3.1',
    on: ['bpmn:Definitions'],
    says: 'Mezi prvky je text, který tam nepatří.',
    check: (_, model) =>
      problems(model, 'stray-text', (text) => ({ element: '', message: `Text „${text.trim().slice(0, 60)}“ mezi prvky nepatří.` })),
  },
  {
    name: 'xml-malformed',
    severity: 'error',
    section: '15.1',
    on: ['bpmn:Definitions'],
    says: 'Soubor není správné XML.',
    check: (_, model) =>
      problems(model, 'malformed', (_value, message) => ({ element: '', message: `Soubor není správné XML${line(message)}.` })),
  },
  {
    name: 'target-namespace-missing',
    severity: 'warning',
    section: '8.2.1',
    on: ['bpmn:Definitions'],
    only: 'bare',
    says: 'Soubor nemá targetNamespace; BPMN ho vyžaduje.',
    check: (definitions) => textOf(definitions, 'targetNamespace') === undefined,
  },
  {
    name: 'import-incomplete',
    severity: 'warning',
    section: '8.2.2',
    on: ['bpmn:Definitions'],
    says: 'Import nemá importType, namespace nebo location.',
    check: (definitions) =>
      elementsOf(definitions, 'imports')
        .filter((entry) => ['importType', 'namespace', 'location'].some((property) => textOf(entry, property) === undefined))
        .map(() => ({ element: definitions })),
  },
  {
    name: 'no-executable-process',
    severity: 'warning',
    section: '10.2.1',
    on: ['bpmn:Definitions'],
    only: 'bare',
    says: 'Žádný proces v souboru není spustitelný (isExecutable="true").',
    check: (_, model) => {
      const processes = model.ofType('bpmn:Process');
      return processes.length > 0 && !processes.some((process) => flagOf(process, 'isExecutable'));
    },
  },
  {
    name: 'process-empty',
    severity: 'warning',
    section: '10.2',
    on: ['bpmn:Process'],
    says: 'Proces neobsahuje žádný krok.',
    check: (process, model) => model.nodesIn(process).length === 0,
  },
];

function problems(model: ModelIndex, wanted: ProblemKind, fault: (value: string, message: string) => Fault | undefined): readonly Fault[] {
  return model.problems
    .filter(({ kind }) => kind === wanted)
    .flatMap(({ value, message, element }) => {
      const found = fault(value, message);
      return found ? [element && found.element === '' ? { ...found, element } : found] : [];
    });
}

/** In the BPMN namespace, whatever its prefix in the file: the reader gives the prefix of its own descriptor. */
function isOfBpmn(name: string): boolean {
  return name.startsWith('bpmn:');
}

/** Text may hold anything (Semantic.xsd, tDocumentation); it is left out, the file is right. */
const GAPS = /^bpmn:documentation$/i;

function line(message: string): string {
  const number = /line: (\d+)/.exec(message)?.[1];
  return number === undefined ? '' : ` (řádek ${Number(number) + 1})`;
}
