// The `spis` words of our diagrams and decisions, as moddle descriptors: the engine reads by them, the modeler writes by them.
// A plain module without imports, so that the browser can use it too.

export const SPIS_NAMESPACE = 'urn:vyrizeno:bpmn:1';

interface ModdleProperty {
  readonly name: string;
  readonly type: string;
  readonly isAttr?: boolean;
  readonly isBody?: boolean;
}
interface ModdleType {
  readonly name: string;
  readonly superClass?: readonly string[];
  readonly extends?: readonly string[];
  readonly isAbstract?: boolean;
  readonly meta?: { readonly allowedIn: readonly string[] };
  readonly properties: readonly ModdleProperty[];
}
export interface ModdleDescriptor {
  readonly name: string;
  readonly uri: string;
  readonly prefix: string;
  readonly xml: { readonly tagAlias: 'lowerCase' };
  readonly types: readonly ModdleType[];
}

const attribute = (name: string): ModdleProperty => ({ name, type: 'String', isAttr: true });

/** Words on BPMN elements. `form` (start event, user task), `role` (user task), `effect` (service, send), `result` (variable),
 * `decision` (business rule task), `deadline` (user task, timer event), `deadlineWarning` (timer event with a deadline), `outcome` (end event);
 * `offer="true"` (user task: it may be done, nobody has to: in no queue, not a thing that waits for the citizen), `standIn` (a task of the applicant:
 * officers of this role may do it for him, as when he comes with a paper); `key` (message events, receive and send tasks: which of several messages of a name), `resultVariable` (the same as `result`);
 * inside extensionElements `input`, `output` (FEEL over what the step gave), `citizen` and `deadlineEvent` (what the element's completion means for a deadline). */
export const spisDescriptor: ModdleDescriptor = {
  name: 'Spis',
  uri: SPIS_NAMESPACE,
  prefix: 'spis',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'Step',
      isAbstract: true,
      extends: ['bpmn:FlowNode', 'bpmn:GlobalTask'],
      properties: [
        'form',
        'role',
        'effect',
        'result',
        'decision',
        'deadline',
        'deadlineWarning',
        'outcome',
        'key',
        'resultVariable',
        'offer',
        'standIn',
      ].map(attribute),
    },
    {
      name: 'Input',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:Activity', 'bpmn:Event'] },
      properties: [attribute('name'), attribute('value')],
    },
    {
      name: 'DeadlineEvent',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:FlowNode'] },
      properties: ['deadline', 'type', 'date', 'ref', 'reason', 'n', 'unit', 'days', 'how'].map(attribute),
    },
    {
      name: 'Output',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:Activity', 'bpmn:Event'] },
      properties: [attribute('name'), attribute('value')],
    },
    {
      name: 'Citizen',
      superClass: ['Element'],
      meta: { allowedIn: ['bpmn:FlowNode'] },
      properties: [attribute('lang'), attribute('title'), attribute('who'), { name: 'text', type: 'String', isBody: true }],
    },
  ],
};

/** Words on DMN decisions and outputs: the ordinance (obecně závazná vyhláška) a rate comes from, its effect in time (YYYY-MM-DD),
 * the highest amount the law allows and the unit of the output. */
export const spisDmnDescriptor: ModdleDescriptor = {
  name: 'SpisDmn',
  uri: SPIS_NAMESPACE,
  prefix: 'spis',
  xml: { tagAlias: 'lowerCase' },
  types: [
    {
      name: 'OrdinanceDecision',
      isAbstract: true,
      extends: ['dmn:Decision'],
      properties: ['ordinance', 'effectiveFrom', 'effectiveTo', 'statutoryMax', 'unit'].map(attribute),
    },
    {
      name: 'OrdinanceOutput',
      isAbstract: true,
      extends: ['dmn:OutputClause'],
      properties: ['statutoryMax', 'unit'].map(attribute),
    },
  ],
};
