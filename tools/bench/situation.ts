// The life situation of the measurements: tasks of one office one after another, each with a form and a reminder, and a withdrawal that is possible all the time.

/** Tasks of one case; each completion closes a task and a timer and opens the next ones. */
export const TASKS = 12;

const ids = Array.from({ length: TASKS }, (_, index) => `ukol-${index + 1}`);
const flows = [
  ...['podani', ...ids].map((id, index) => [id, ids[index] ?? 'konec'] as const),
  ...ids.map((id) => [`${id}-pripominka`, `${id}-pripomenuto`] as const),
];

export const process = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:spis="urn:vyrizeno:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">
<bpmn:message id="m-zpetvzeti" name="zpetvzeti"/>
<bpmn:process id="mereni" isExecutable="true">
<bpmn:startEvent id="podani" spis:form="podani" spis:result="podani"/>
${ids
  .map(
    (
      id,
    ) => `<bpmn:userTask id="${id}" name="${id}" spis:form="kontrola" spis:role="referent" spis:result="${id.replace('-', '')}" spis:deadline="lhuta"/>
<bpmn:boundaryEvent id="${id}-pripominka" attachedToRef="${id}" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P10D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:endEvent id="${id}-pripomenuto"/>`,
  )
  .join('\n')}
<bpmn:endEvent id="konec" spis:outcome="vyrizeno"/>
${flows.map(([from, to], index) => `<bpmn:sequenceFlow id="f${index}" sourceRef="${from}" targetRef="${to}"/>`).join('')}
<bpmn:subProcess id="zpetvzeti" triggeredByEvent="true"><bpmn:startEvent id="zpet"><bpmn:messageEventDefinition messageRef="m-zpetvzeti"/></bpmn:startEvent>
<bpmn:endEvent id="zpet-konec"/><bpmn:sequenceFlow id="fz" sourceRef="zpet" targetRef="zpet-konec"/></bpmn:subProcess>
</bpmn:process></bpmn:definitions>`;

const sheet = `id: mereni
title: { cs: Měření }
summary: { cs: Měření }
category: Měření
department: Podatelna
keywords: []
where: { cs: Úřad }
how: [{ cs: Na portálu }]
contact: { name: Jan, phone: '1', email: jan@urad.example, room: '1' }
fees: []
deadlineText: { cs: Hned }
needed: []
law: [{ text: Žádný předpis }]
channels: [portal]
login: low
roles: { referent: { title: Referent, group: evidence } }
numberSeries: MERENI
retention: { code: S, years: 5 }
deadlines: [{ name: lhuta, title: { cs: Lhůta }, count: 30, unit: days, regime: sr, law: Žádný předpis }]
fillingMinutes: 1
`;
const text = (key: string): object => ({ type: 'textfield', key, label: key, validate: { required: true, maxLength: 200 } });
const form = (id: string, keys: readonly string[]): string =>
  JSON.stringify({ type: 'default', id, schemaVersion: 18, properties: { title: id }, components: keys.map(text) });

const answers = ['jmeno', 'prijmeni', 'ulice', 'obec', 'psc', 'telefon', 'predmet', 'popis', 'poznamka', 'souhlas'];
export const files: Readonly<Record<string, string>> = {
  'situation.yaml': sheet,
  'process.bpmn': process,
  'forms/podani.form.json': form('podani', answers),
  'forms/kontrola.form.json': form('kontrola', ['zaver', 'duvod']),
  'texts/sluzba.cs.md': 'Měření.\n',
};
export const submission = Object.fromEntries(answers.map((key) => [key, `odpověď na otázku ${key}`]));
export const conclusion = { zaver: 'v pořádku', duvod: 'Podání má všechny náležitosti.' };
