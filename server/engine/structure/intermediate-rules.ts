// Intermediate events in the flow, and links, which replace a flow by a jump (BPMN 2.0.2, 10.5.4 and 10.5.5, Tables 10.89 and 10.93).
import { textOf } from '../xml-element.ts';
import type { XmlElement } from '../xml-element.ts';
import { definitionsOf, hasTrigger, isNone, is } from './kinds.ts';
import type { Trigger } from './kinds.ts';
import type { ModelIndex, StructureRule } from './rule.ts';

const CATCH = ['bpmn:IntermediateCatchEvent'];
const THROW = ['bpmn:IntermediateThrowEvent'];

export const intermediateRules: readonly StructureRule[] = [
  {
    name: 'catch-without-trigger',
    severity: 'error',
    section: '10.5.4',
    on: CATCH,
    says: 'Čekající událost neříká, na co čeká.',
    check: (event, model) => isNone(event) && !model.isDangling(event, 'eventDefinitionRef'),
  },
  never('catch-error', CATCH, 'error', 'Na chybu nelze čekat uprostřed toku, jen na okraji činnosti.'),
  never('catch-escalation', CATCH, 'escalation', 'Na eskalaci nelze čekat uprostřed toku, jen na okraji činnosti.'),
  never('catch-compensation', CATCH, 'compensate', 'Na kompenzaci nelze čekat uprostřed toku, jen na okraji činnosti.'),
  never('catch-cancel', CATCH, 'cancel', 'Na zrušení transakce nelze čekat uprostřed toku, jen na jejím okraji.'),
  never('catch-terminate', CATCH, 'terminate', 'Ukončení všeho smí být jen koncovou událostí.'),
  never('throw-timer', THROW, 'timer', 'Časovač nelze vyslat, jen na něj čekat.'),
  never('throw-conditional', THROW, 'conditional', 'Podmínku nelze vyslat, jen na ni čekat.'),
  never('throw-error', THROW, 'error', 'Chybu smí vyslat jen koncová událost.'),
  never('throw-cancel', THROW, 'cancel', 'Zrušení transakce smí vyslat jen koncová událost.'),
  never('throw-terminate', THROW, 'terminate', 'Ukončení všeho smí být jen koncovou událostí.'),
  {
    name: 'intermediate-event-without-incoming',
    severity: 'error',
    section: '10.5.4',
    on: [...CATCH, ...THROW],
    says: 'Do mezilehlé události nevede žádný tok.',
    check: (event, model) =>
      model.incoming(event).length === 0 &&
      !(is(event, ...CATCH) && hasTrigger(event, 'link')) &&
      !is(model.scopeOf(event), 'bpmn:AdHocSubProcess'),
  },
  {
    name: 'intermediate-event-without-outgoing',
    severity: 'warning',
    section: '10.5.4',
    on: [...CATCH, ...THROW],
    only: 'bare',
    says: 'Z mezilehlé události nevede žádný tok.',
    check: (event, model) =>
      model.outgoing(event).length === 0 &&
      !(is(event, ...THROW) && hasTrigger(event, 'link')) &&
      !is(model.scopeOf(event), 'bpmn:AdHocSubProcess'),
  },
  {
    name: 'link-throw-outgoing',
    severity: 'error',
    section: '10.5.4',
    on: THROW,
    says: 'Z odesílajícího odkazu nesmí vést tok; případ pokračuje u cíle odkazu.',
    check: (event, model) => hasTrigger(event, 'link') && model.outgoing(event).length > 0,
  },
  {
    name: 'link-catch-incoming',
    severity: 'error',
    section: '10.5.4',
    on: CATCH,
    says: 'Do cíle odkazu nesmí vést tok; případ tam přichází odkazem.',
    check: (event, model) => hasTrigger(event, 'link') && model.incoming(event).length > 0,
  },
  {
    name: 'link-name-missing',
    severity: 'error',
    section: '10.5.5',
    on: ['bpmn:LinkEventDefinition'],
    says: 'Odkaz nemá jméno, podle kterého se najde jeho protějšek.',
    check: (link) => textOf(link, 'name') === undefined,
  },
  {
    name: 'link-without-target',
    severity: 'error',
    section: '10.5.4',
    on: THROW,
    says: 'Odkaz nemá v procesu cíl téhož jména.',
    check: (event, model) => namesOf(event).some((name) => isAlone(model, CATCH, name)),
  },
  {
    name: 'link-in-other-scope',
    severity: 'error',
    section: '10.5.4',
    on: THROW,
    says: 'Cíl odkazu leží v jiném procesu nebo podprocesu; odkaz smí vést jen v témže.',
    check: (event, model) =>
      namesOf(event).some((name) => {
        const targets = linksNamed(model, CATCH, name);
        return name !== NAMELESS && targets.size > 0 && !targets.has(model.scopeOf(event));
      }),
  },
  {
    name: 'link-several-targets',
    severity: 'error',
    section: '10.5.4',
    on: CATCH,
    says: 'Odkaz má víc cílů téhož jména; cíl musí být jeden.',
    check: (event, model) =>
      namesOf(event).some((name) => name !== NAMELESS && linksNamed(model, CATCH, name).get(model.scopeOf(event)) !== event),
  },
  {
    name: 'link-without-source',
    severity: 'warning',
    section: '10.5.4',
    on: CATCH,
    says: 'K cíli odkazu nevede žádný odkaz téhož jména.',
    check: (event, model) => namesOf(event).some((name) => isAlone(model, THROW, name)),
  },
  {
    name: 'link-with-others',
    severity: 'warning',
    section: '10.5.4',
    on: [...CATCH, ...THROW],
    says: 'Odkaz nesmí mít zároveň jinou spoušť.',
    check: (event) => hasTrigger(event, 'link') && definitionsOf(event).length > 1,
  },
];

function never(name: string, on: readonly string[], trigger: Trigger, says: string): StructureRule {
  return { name, severity: 'error', section: '10.5.4', on, says, check: (event) => hasTrigger(event, trigger) };
}

/** A link without a name may be the one that is missed: only its own rule is told. */
const NAMELESS = '';

function namesOf(event: XmlElement): readonly string[] {
  return definitionsOf(event)
    .filter(({ $type }) => $type === 'bpmn:LinkEventDefinition')
    .map((link) => textOf(link, 'name') ?? NAMELESS);
}

function isAlone(model: ModelIndex, others: readonly string[], name: string): boolean {
  return name !== NAMELESS && linksNamed(model, others, name).size === 0 && linksNamed(model, others, NAMELESS).size === 0;
}

/** The first link of a name in each scope. */
type FirstOf = Map<XmlElement | undefined, XmlElement>;
type Names = ReadonlyMap<string, FirstOf>;
const tables = new WeakMap<ModelIndex, Map<string, Names>>();

/** Link events of a kind by name; the table is made once per model. */
function linksNamed(model: ModelIndex, [type = '']: readonly string[], name: string): FirstOf {
  const ofModel = tables.get(model) ?? new Map<string, Names>();
  tables.set(model, ofModel);
  const known = ofModel.get(type) ?? byName(model, type);
  ofModel.set(type, known);
  return known.get(name) ?? new Map();
}

function byName(model: ModelIndex, type: string): Names {
  const found = new Map<string, FirstOf>();
  for (const event of model.ofType(type)) {
    for (const name of namesOf(event)) {
      const scopes: FirstOf = found.get(name) ?? new Map();
      found.set(name, scopes);
      if (!scopes.has(model.scopeOf(event))) scopes.set(model.scopeOf(event), event);
    }
  }
  return found;
}
