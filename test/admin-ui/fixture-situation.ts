// A small life situation for the office app's tests: drawn process, fee table, two forms, texts. Not one of the shipped ones.
interface Node {
  readonly id: string;
  readonly tag: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly attributes?: string;
  readonly inside?: string;
}

const citizen = (title: string, who: string, text: string): string =>
  `<bpmn:extensionElements><spis:citizen lang="cs" title="${title}" who="${who}">${text}</spis:citizen></bpmn:extensionElements>`;

const nodes: readonly Node[] = [
  {
    id: 'start',
    tag: 'startEvent',
    name: 'Oznámení podáno',
    x: 200,
    y: 142,
    attributes: 'spis:form="podani"',
    inside: citizen('Oznámení jste podali', 'citizen', 'Přijali jsme ho.'),
  },
  {
    id: 'zapis',
    tag: 'serviceTask',
    name: 'Zapsat podání',
    x: 290,
    y: 120,
    attributes: 'spis:effect="register.submission"',
    inside: citizen('Zapisujeme', 'system', 'Podání dostane číslo jednací.'),
  },
  {
    id: 'kontrola',
    tag: 'userTask',
    name: 'Zkontrolovat úplnost',
    x: 450,
    y: 120,
    attributes: 'spis:form="uplnost" spis:role="clerk" spis:deadline="kontrola"',
    inside: citizen('Kontrolujeme úplnost', 'office', 'Úřad čte vaše oznámení.'),
  },
  { id: 'uplne', tag: 'exclusiveGateway', name: 'Úplné?', x: 610, y: 135, attributes: 'default="f-ano"' },
  {
    id: 'vyzva',
    tag: 'userTask',
    name: 'Doplnit oznámení',
    x: 580,
    y: 270,
    attributes: 'spis:form="podani" spis:role="applicant"',
    inside: citizen('Čekáme na vás', 'citizen', 'Doplňte prosím chybějící údaje.'),
  },
  {
    id: 'poplatek',
    tag: 'businessRuleTask',
    name: 'Vypočítat poplatek',
    x: 720,
    y: 120,
    attributes: 'spis:decision="poplatek" spis:result="poplatek"',
  },
  {
    id: 'zprava',
    tag: 'sendTask',
    name: 'Oznámit výši poplatku',
    x: 880,
    y: 120,
    attributes: 'spis:effect="mail.send"',
    inside:
      '<bpmn:extensionElements><spis:input name="to" value="=podani.email" /><spis:citizen lang="cs" title="Posíláme výši poplatku" who="system">Přijde vám e-mailem.</spis:citizen></bpmn:extensionElements>',
  },
  { id: 'konec', tag: 'endEvent', name: 'Vyřízeno', x: 1040, y: 142, attributes: 'spis:outcome="granted"' },
];
const flows: readonly (readonly [id: string, from: string, to: string, name: string, condition: string])[] = [
  ['f1', 'start', 'zapis', '', ''],
  ['f2', 'zapis', 'kontrola', '', ''],
  ['f3', 'kontrola', 'uplne', '', ''],
  ['f-ano', 'uplne', 'poplatek', 'ano', ''],
  ['f-ne', 'uplne', 'vyzva', 'ne', 'uplnost.uplne = false'],
  ['f4', 'vyzva', 'kontrola', '', ''],
  ['f5', 'poplatek', 'zprava', '', ''],
  ['f6', 'zprava', 'konec', '', ''],
];
const boxOf = ({ tag }: Node): { readonly w: number; readonly h: number } =>
  tag.endsWith('Event') ? { w: 36, h: 36 } : tag.endsWith('Gateway') ? { w: 50, h: 50 } : { w: 100, h: 80 };
function node(id: string): Node {
  const found = nodes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no node ${id}`);
  return found;
}

function edge(from: Node, to: Node): readonly (readonly [number, number])[] {
  const a = boxOf(from);
  const b = boxOf(to);
  if (from.id === 'uplne' && to.id === 'vyzva')
    return [
      [from.x + 25, from.y + 50],
      [from.x + 25, to.y],
    ];
  if (from.id === 'vyzva')
    return [
      [from.x, from.y + 40],
      [to.x + 50, from.y + 40],
      [to.x + 50, to.y + 80],
    ];
  return [
    [from.x + a.w, from.y + a.h / 2],
    [to.x, to.y + b.h / 2],
  ];
}

function bpmn(): string {
  const references = (id: string): string =>
    flows
      .map(
        ([flow, from, to]) =>
          (to === id ? `<bpmn:incoming>${flow}</bpmn:incoming>` : '') + (from === id ? `<bpmn:outgoing>${flow}</bpmn:outgoing>` : ''),
      )
      .join('');
  const element = (n: Node): string =>
    `<bpmn:${n.tag} id="${n.id}" name="${n.name}" ${n.attributes ?? ''}>${n.inside ?? ''}${references(n.id)}</bpmn:${n.tag}>`;
  const flow = ([id, from, to, name, condition]: (typeof flows)[number]): string =>
    `<bpmn:sequenceFlow id="${id}" name="${name}" sourceRef="${from}" targetRef="${to}">${condition === '' ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
  const shape = (n: Node): string =>
    `<bpmndi:BPMNShape id="${n.id}_di" bpmnElement="${n.id}"${n.tag.endsWith('Gateway') ? ' isMarkerVisible="true"' : ''}><dc:Bounds x="${n.x}" y="${n.y}" width="${boxOf(n).w}" height="${boxOf(n).h}" />${/Event|Gateway/.test(n.tag) ? `<bpmndi:BPMNLabel><dc:Bounds x="${n.x - 30}" y="${n.y - 20}" width="96" height="14" /></bpmndi:BPMNLabel>` : ''}</bpmndi:BPMNShape>`;
  const line = ([id, from, to]: (typeof flows)[number]): string =>
    `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${edge(node(from), node(to))
      .map(([x, y]) => `<di:waypoint x="${x}" y="${y}" />`)
      .join('')}</bpmndi:BPMNEdge>`;
  const lane = (id: string, name: string, members: readonly string[]): string =>
    `<bpmn:lane id="${id}" name="${name}">${members.map((member) => `<bpmn:flowNodeRef>${member}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:spis="urn:vyrizeno:bpmn:1" id="defs" targetNamespace="urn:vyrizeno:test">
<bpmn:collaboration id="spoluprace"><bpmn:participant id="bazen" name="Přihlášení psa" processRef="proces" /></bpmn:collaboration>
<bpmn:process id="proces" isExecutable="true">
<bpmn:laneSet id="drahy">${lane(
    'draha-urad',
    'Úřad',
    nodes.filter(({ id }) => id !== 'vyzva').map(({ id }) => id),
  )}${lane('draha-obcan', 'Občan', ['vyzva'])}</bpmn:laneSet>
${nodes.map(element).join('\n')}
${flows.map(flow).join('\n')}
</bpmn:process>
<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plocha" bpmnElement="spoluprace">
<bpmndi:BPMNShape id="bazen_di" bpmnElement="bazen" isHorizontal="true"><dc:Bounds x="120" y="80" width="1000" height="300" /></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="draha-urad_di" bpmnElement="draha-urad" isHorizontal="true"><dc:Bounds x="150" y="80" width="970" height="160" /></bpmndi:BPMNShape>
<bpmndi:BPMNShape id="draha-obcan_di" bpmnElement="draha-obcan" isHorizontal="true"><dc:Bounds x="150" y="240" width="970" height="140" /></bpmndi:BPMNShape>
${nodes.map(shape).join('\n')}
${flows.map(line).join('\n')}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>
`;
}

const dmn = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:spis="urn:vyrizeno:bpmn:1" id="poplatky" name="Poplatky ze psů" namespace="urn:vyrizeno:test">
<decision id="poplatek" name="Sazba poplatku" spis:ordinance="OZV 1/2026" spis:effectiveFrom="2026-01-01">
<decisionTable id="tabulka" hitPolicy="UNIQUE">
<input id="i1" label="Druh stavby"><inputExpression id="ie1" typeRef="string"><text>podani.stavba</text></inputExpression></input>
<output id="o1" label="Sazba v haléřích" name="sazba" typeRef="number" />
<rule id="r1"><inputEntry id="r1i"><text>"byt"</text></inputEntry><outputEntry id="r1o"><text>150000</text></outputEntry></rule>
<rule id="r2"><inputEntry id="r2i"><text>"rodinný dům"</text></inputEntry><outputEntry id="r2o"><text>50000</text></outputEntry></rule>
</decisionTable></decision></definitions>
`;

export const remedyForm = {
  id: 'uplnost',
  type: 'default',
  schemaVersion: 18,
  components: [
    {
      type: 'radio',
      key: 'uplne',
      id: 'f_uplne',
      label: 'Je oznámení úplné?',
      values: [
        { value: 'ano', label: 'Ano' },
        { value: 'ne', label: 'Ne, vyzvat k doplnění' },
      ],
      validate: { required: true },
    },
    {
      type: 'textarea',
      key: 'vyzva',
      id: 'f_vyzva',
      label: 'Co má podatel doplnit',
      conditional: { hide: '=uplne != "ne"' },
      validate: { required: true, maxLength: 2000 },
    },
    { type: 'textfield', key: 'znamka', id: 'f_znamka', label: 'Číslo známky', description: 'Je-li už přidělena.' },
  ],
} as const;
const submissionForm = {
  id: 'podani',
  type: 'default',
  schemaVersion: 18,
  components: [
    { type: 'textfield', key: 'jmenoPsa', id: 'f_jmeno', label: 'Jméno psa', validate: { required: true } },
    {
      type: 'select',
      key: 'stavba',
      id: 'f_stavba',
      label: 'Druh stavby',
      values: [
        { value: 'byt', label: 'Byt' },
        { value: 'rodinný dům', label: 'Rodinný dům' },
      ],
      validate: { required: true },
    },
  ],
} as const;

export const processXml = bpmn();
export const fixtureFiles: Readonly<Record<string, string>> = {
  'situation.yaml': `id: prihlaseni-psa
title: { cs: Přihlášení psa }
department: Finanční odbor
roles:
  clerk: { title: Správce poplatku, group: poplatky }
deadlines:
  - { name: kontrola, title: { cs: Kontrola úplnosti }, count: 5, unit: working-days, regime: dr, law: § 33 zákona č. 280/2009 Sb. }
`,
  'process.bpmn': processXml,
  'poplatek.dmn': dmn,
  'forms/podani.form.json': `${JSON.stringify(submissionForm, null, 2)}\n`,
  'forms/uplnost.form.json': `${JSON.stringify(remedyForm, null, 2)}\n`,
  'texts/sluzba.cs.md': '# Přihlášení psa\n\nDržitel psa oznámí psa staršího 3 měsíců.\n',
  'scenarios/vse-v-poradku.yaml': 'name: Vše v pořádku\nsteps: []\n',
};
