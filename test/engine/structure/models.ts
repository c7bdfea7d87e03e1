// Minimal models for the structural rules. One template gives both: «broken|right» is read once as broken and once as right.

/** Rule, id of the element that breaks it, model. */
export type Case = readonly [rule: string, element: string, template: string];

const HEAD = [
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  'xmlns:cizi="urn:cizi" xmlns:tns="urn:test" id="soubor"',
].join(' ');

/** A file with these root elements. */
export const file = (roots: string, attributes = 'targetNamespace="urn:test"'): string => `${HEAD} ${attributes}>${roots}</definitions>`;

/** An executable process with these flow elements, and root elements before it. */
export const inProcess = (body: string, roots = ''): string => file(`${roots}<process id="proces" isExecutable="true">${body}</process>`);

/** Flows along a way: `s a e` gives s-a and a-e. */
export const flows = (way: string): string => {
  const stops = way.split(' ');
  return stops
    .slice(1)
    .map((to, index) => `<sequenceFlow id="${stops[index] ?? ''}-${to}" sourceRef="${stops[index] ?? ''}" targetRef="${to}"/>`)
    .join('');
};

export const conditional = (from: string, to: string, condition = 'x &gt; 1'): string =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"><conditionExpression>${condition}</conditionExpression></sequenceFlow>`;

export const S = '<startEvent id="s"/>';
export const E = '<endEvent id="e"/>';
export const A = '<task id="a"/>';
/** Start, task `a`, end. */
export const BASE = `${S}${A}${E}${flows('s a e')}`;
/** Start, this element with id `x`, end. */
export const around = (element: string): string => `${S}${element}${E}${flows('s x e')}`;
/** BASE with this event on the boundary of `a`, leading to an end of its own. */
export const onBoundary = (event: string): string => `${BASE}${event}<endEvent id="k"/>${flows('x k')}`;

export const broken = (template: string): string => template.replaceAll(/«([^|»]*)\|([^»]*)»/g, '$1');
export const right = (template: string): string => template.replaceAll(/«([^|»]*)\|([^»]*)»/g, '$2');
