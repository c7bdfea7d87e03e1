// The life situation of the measurements. A stage is: user task with a 30-day boundary timer → exclusive gateway → service task → user task;
// a process is so many stages between a start and an end. 7 nodes a stage: 2, 10 and 40 stages give the 16, 72 and 282 nodes of the reference figures.

export interface Size {
  readonly nodes: number;
  readonly stages: number;
}
export const SIZES: readonly Size[] = [2, 10, 40].map((stages) => ({ stages, nodes: 7 * stages + 2 }));

export const situationName = (size: Size): string => `mereni-${size.nodes}`;

/** The process as a BPMN file. Each decision rests on the answers of the task before it; the service task tells the applicant by mail. */
export function processOf({ stages, nodes }: Size): string {
  const numbers = Array.from({ length: stages }, (_, index) => index + 1);
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:spis="urn:vyrizeno:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="x">
<bpmn:process id="mereni-${nodes}" isExecutable="true">
<bpmn:startEvent id="podani" spis:form="podani" spis:result="podani"/>
${flow('podani', 'overit-1')}
${numbers.map((number) => stage(number, number === stages ? 'konec' : `overit-${number + 1}`)).join('\n')}
<bpmn:endEvent id="konec" spis:outcome="vyrizeno"/>
</bpmn:process></bpmn:definitions>`;
}

function stage(number: number, next: string): string {
  const [check, gate, mail, merge, close] = ['overit', 'jak', 'zprava', 'dale', 'uzavrit'].map((name) => `${name}-${number}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const timer = `${check}-lhuta`;
  return `<bpmn:userTask id="${check}" name="Ověřit údaje" spis:form="kontrola" spis:role="referent" spis:result="kontrola" spis:deadline="lhuta"/>
<bpmn:boundaryEvent id="${timer}" attachedToRef="${check}" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P30D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:endEvent id="${timer}-konec"/>${flow(timer, `${timer}-konec`)}
<bpmn:exclusiveGateway id="${gate}" default="${gate}-${mail}"/>
<bpmn:sequenceFlow id="${gate}-bez" sourceRef="${gate}" targetRef="${merge}"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=kontrola.zaver = "bez zprávy"</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:serviceTask id="${mail}" name="Poslat zprávu" spis:effect="mail.send"><bpmn:extensionElements><spis:input name="template" value="mail-zprava"/></bpmn:extensionElements></bpmn:serviceTask>
<bpmn:exclusiveGateway id="${merge}"/>
<bpmn:userTask id="${close}" name="Uzavřít krok" spis:form="kontrola" spis:role="referent" spis:result="kontrola" spis:deadline="lhuta"/>
${flow(check, gate)}${flow(gate, mail)}${flow(mail, merge)}${flow(merge, close)}${flow(close, next)}`;
}

const flow = (from: string, to: string): string => `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"/>`;

const sheet = (name: string): string => `id: ${name}
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
numberSeries: ${name.toUpperCase().replace('-', '')}
retention: { code: S, years: 5 }
deadlines: [{ name: lhuta, title: { cs: Lhůta }, count: 30, unit: days, regime: sr, law: Žádný předpis }]
fillingMinutes: 1
`;
const text = (key: string): object => ({ type: 'textfield', key, label: key, validate: { required: true, maxLength: 200 } });
const form = (id: string, keys: readonly string[]): string =>
  JSON.stringify({ type: 'default', id, schemaVersion: 18, properties: { title: id }, components: keys.map(text) });

export const filesOf = (size: Size): Readonly<Record<string, string>> => ({
  'situation.yaml': sheet(situationName(size)),
  'process.bpmn': processOf(size),
  'forms/podani.form.json': form('podani', Object.keys(submission)),
  'forms/kontrola.form.json': form('kontrola', Object.keys(conclusion)),
  'texts/sluzba.cs.md': 'Měření.\n',
  'texts/mail-zprava.cs.md': '---\nsubject: Váš spis ({{ pripad.mark }})\n---\nVaše podání jsme zkontrolovali.\n',
});
export const submission = { predmet: 'zápis vozidla', popis: 'Převod na nového majitele, doklady přiloženy.' };
export const conclusion = { zaver: 'v pořádku', duvod: 'Podání má všechny náležitosti.' };
