// Small life situations of the tests, drawn in text. They have one form for everything and only the steps that a test is about.
import type { SituationFiles } from '../../server/catalog/index.ts';
import {
  boundary,
  catching,
  diagram,
  end,
  error,
  eventSubProcess,
  extensions,
  flow,
  gateway,
  input,
  message,
  path,
  start,
  timer,
} from '../engine/diagrams.ts';

const sheet = (id: string, deadline: string): string => `id: ${id}
title: { cs: Zkušební podání, en: Test submission }
summary: { cs: Podání pro zkoušky, en: A submission for tests }
category: Zkoušky
department: Podatelna
keywords: []
where: { cs: Úřad, en: Office }
how: [{ cs: Na portálu, en: On the portal }]
contact: { name: Jan, phone: '1', email: jan@urad.example, room: '1' }
fees: []
deadlineText: { cs: Hned, en: At once }
needed: []
law: [{ text: Zkušební předpis }]
channels: [portal]
login: low
roles: { referent: { title: Referent, group: evidence } }
numberSeries: ZK
retention: { code: S, years: 5 }
deadlines:
  - { name: lhuta, title: { cs: Lhůta }, ${deadline}, regime: none, law: Zkušební předpis }
fillingMinutes: 1
feeKind: '1341'
`;
const form = (id: string, components: readonly object[]): string =>
  JSON.stringify({ type: 'default', id, schemaVersion: 18, properties: { title: 'Podání' }, components });
const podani = form('podani', [
  { type: 'textfield', key: 'jmeno', label: 'Jméno', validate: { required: true, maxLength: 100 } },
  { type: 'number', key: 'castka', label: 'Částka' },
  { type: 'filepicker', key: 'priloha', label: 'Příloha' },
]);
const kontrola = form('kontrola', [
  { type: 'textfield', key: 'zaver', label: 'Závěr', validate: { required: true, maxLength: 20 } },
  { type: 'filepicker', key: 'priloha', label: 'Příloha' },
]);

export const userTask = (id: string, attributes = 'spis:form="kontrola" spis:role="referent"', inside = ''): string =>
  `<bpmn:userTask id="${id}" name="Úkol ${id}" spis:result="${id}" ${attributes}>${inside}</bpmn:userTask>`;
export const effect = (id: string, name: string, inputs: readonly string[] = [], attributes = ''): string =>
  `<bpmn:serviceTask id="${id}" name="Účinek ${id}" spis:effect="${name}" ${attributes}>${extensions(...inputs)}</bpmn:serviceTask>`;
export const startForm = start('podani', '', 'spis:form="podani" spis:result="podani" name="Podáno"');
export const withdrawal = eventSubProcess(
  'zpet',
  start('zpet-start', message('zpetvzeti')),
  end('zpet-konec', '', 'spis:outcome="withdrawn"'),
  path('zpet-start', 'zpet-konec'),
);

/** A situation whose process is made of these parts; `deadline` is the length of the deadline `lhuta`. */
export function situation(id: string, parts: readonly string[], deadline = 'count: 10, unit: days'): SituationFiles {
  return {
    'situation.yaml': sheet(id, deadline),
    'process.bpmn': diagram(...parts),
    'forms/podani.form.json': podani,
    'forms/kontrola.form.json': kontrola,
    'texts/dopis-zprava.cs.md': '---\nsubject: Zpráva\n---\nVážení,\n\nvěc {{ pripad.mark }} je vyřízena.\n',
    'texts/sluzba.cs.md': 'Zkušební služba.\n',
  };
}

/** The whole way: check by an officer with a reminder, filing by data box, a fee, money, the end; withdrawal at any time. */
export const whole = (id = 'zkouska'): SituationFiles =>
  situation(id, [
    startForm,
    userTask('kontrola', 'spis:form="kontrola" spis:role="referent" spis:deadline="lhuta"'),
    boundary('pripominka', 'kontrola', timer('timeDuration', 'P7D'), 'cancelActivity="false"'),
    end('pripomenuto'),
    path('pripominka', 'pripomenuto'),
    gateway('exclusive', 'je-v-poradku', 'default="f-ne"'),
    flow('je-v-poradku', 'odlozeno', undefined, 'f-ne'),
    end('odlozeno', '', 'spis:outcome="rejected"'),
    flow('je-v-poradku', 'evidovat', 'kontrola.zaver = "ano"', 'f-ano'),
    effect('evidovat', 'register.submission'),
    effect(
      'odeslat',
      'isds.send',
      [input('from', 'portal'), input('to', '=urad.dataBox'), input('subject', 'Podání'), input('documentId', 'submission')],
      'spis:result="odeslani"',
    ),
    boundary('odmitnuto', 'odeslat', '<bpmn:errorEventDefinition/>'),
    userTask('rucne'),
    path('odmitnuto', 'rucne', 'predepsat'),
    effect(
      'predepsat',
      'fee.prescribe',
      [
        input('amount', '=podani.castka'),
        input('title', 'Poplatek'),
        input('legalBasis', 'Zkušební předpis'),
        input('dueDeadline', 'lhuta'),
      ],
      'spis:result="predpis"',
    ),
    catching('platba', message('platba'), 'spis:result="platba"'),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'kontrola', 'je-v-poradku'),
    path('evidovat', 'odeslat', 'predepsat', 'platba', 'hotovo'),
    withdrawal,
  ]);

/** A task and an end. */
export const oneTask = (id = 'ukol', task = userTask('kontrola')): SituationFiles =>
  situation(id, [startForm, task, end('hotovo'), path('podani', 'kontrola', 'hotovo'), withdrawal]);

/** One effect and an end. */
export const oneEffect = (id = 'ucinek', caught = false): SituationFiles =>
  situation(id, [
    startForm,
    effect('odeslat', 'out.send', [input('text', '=podani.jmeno')], 'spis:result="odeslani"'),
    ...(caught
      ? [boundary('odmitnuto', 'odeslat', error('no')), end('jinak', '', 'spis:outcome="rejected"'), path('odmitnuto', 'jinak')]
      : []),
    end('hotovo', '', 'spis:outcome="approved"'),
    path('podani', 'odeslat', 'hotovo'),
    withdrawal,
  ]);
