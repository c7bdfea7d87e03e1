// Rules about single steps: forms, words for the citizen, messages, shapes in the drawing.
import { allNodes } from '../../engine/index.ts';
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';
import { messageCards } from '../message-cards.ts';
import { called } from './rule.ts';
import type { DiagramSubject, Rule } from './rule.ts';

const LONGEST_SENTENCE = 25;
const WHO = ['office', 'citizen', 'outside', 'system', 'nobody'];

export const stepRules: readonly Rule<DiagramSubject>[] = [
  {
    name: 'task-without-form',
    severity: 'error',
    check: ({ model }) =>
      each(model, (node) => node.kind === 'userTask' && node.form === undefined).map((node) => ({
        element: node.id,
        message: `Úkol ${called(node)} nemá formulář. Vyberte ho, nebo použijte ruční úkol, který se jen potvrdí.`,
      })),
  },
  {
    name: 'start-without-form',
    severity: 'error',
    check: ({ model }) =>
      each(
        model,
        (node) => node.kind === 'startEvent' && node.scope === model.processId && node.event?.kind === 'none' && node.form === undefined,
      ).map((node) => ({ element: node.id, message: `Začátek ${called(node)} nemá formulář podání. Bez něj občan nemá co vyplnit.` })),
  },
  {
    name: 'offer-with-deadline',
    severity: 'error',
    check: ({ model }) =>
      each(model, (node) => node.offer === true && node.deadline !== undefined).map((node) => ({
        element: node.id,
        message: `Krok ${called(node)} je jen nabídka, udělat ho nikdo nemusí. Lhůtu proto mít nemůže: smažte ji, nebo zrušte nabídku.`,
      })),
  },
  {
    name: 'citizen-text-missing',
    severity: 'error',
    check: ({ model }) =>
      each(model, isVisible)
        .filter((node) => node.citizen['cs'] === undefined || node.citizen['cs'].title === '' || node.citizen['cs'].text === '')
        .map((node) => ({
          element: node.id,
          message: `Krok ${called(node)} nemá český text pro občana. Napište nadpis a jednu až dvě věty: co se děje, kdo je na tahu, co bude dál.`,
        })),
  },
  {
    name: 'citizen-text-untranslated',
    severity: 'warning',
    check: ({ model }) =>
      each(model, (node) => node.citizen['cs'] !== undefined && node.citizen['en'] === undefined).map((node) => ({
        element: node.id,
        message: `Text pro občana u kroku ${called(node)} nemá anglický překlad. Cizinci uvidí česky.`,
      })),
  },
  {
    name: 'citizen-who',
    severity: 'error',
    check: ({ model }) =>
      each(model, (node) => Object.values(node.citizen).some((text) => !WHO.includes(text.who))).map((node) => ({
        element: node.id,
        message: `U textu pro občana v kroku ${called(node)} chybí, kdo je na tahu. Vyberte office, citizen, outside, system nebo nobody.`,
      })),
  },
  {
    name: 'hard-to-read',
    severity: 'warning',
    check: ({ model }) =>
      each(model, (node) => longestSentence(node.citizen['cs']?.text ?? '') > LONGEST_SENTENCE).map((node) => ({
        element: node.id,
        message: `Text pro občana v kroku ${called(node)} má větu delší než ${LONGEST_SENTENCE} slov. Rozdělte ji.`,
      })),
  },
  {
    name: 'unknown-message',
    severity: 'warning',
    check: ({ model }) =>
      each(model, (node) => isCaught(node) && !messageCards.some(({ name }) => name === node.messageName)).map((node) => ({
        element: node.id,
        message: `Zprávu „${node.messageName ?? ''}“ systém neposílá sám: musí ji vyvolat jiný proces úřadu. Jinak vyberte jednu z: ${messageCards.map(({ name }) => name).join(', ')}.`,
      })),
  },
  {
    name: 'name-missing',
    severity: 'warning',
    check: ({ model }) =>
      each(model, (node) => node.name === '' && (isTask(node) || (node.kind.endsWith('Gateway') && node.outgoing.length > 1))).map(
        (node) => ({ element: node.id, message: `Prvek ${node.id} nemá název. Pojmenujte ho, ať diagramu rozumí každý.` }),
      ),
  },
  {
    name: 'not-drawn',
    severity: 'error',
    check: ({ model, drawn }) =>
      [...model.nodes.values(), ...model.flows.values()]
        .filter(({ id }) => !drawn.has(id))
        .map((element) => ({
          element: element.id,
          message: `Prvek ${called(element)} není v diagramu nakreslen. Otevřete diagram v editoru a doplňte ho.`,
        })),
  },
];

function each(model: ProcessModel, fits: (node: ProcessNode) => boolean): readonly ProcessNode[] {
  return allNodes(model).filter(fits);
}

/** Steps at which a case may stand for long, and its ends. */
function isVisible(node: ProcessNode): boolean {
  return (
    node.kind === 'userTask' ||
    node.kind === 'receiveTask' ||
    (node.kind === 'catchEvent' && node.event?.kind === 'message') ||
    (node.kind === 'endEvent' && node.outcome !== undefined)
  );
}

/** Waits for a message or begins by it; what is only thrown may be called anything. */
const isCaught = (node: ProcessNode): boolean =>
  node.messageName !== undefined && ['startEvent', 'catchEvent', 'boundaryEvent', 'receiveTask'].includes(node.kind);

const isTask = (node: ProcessNode): boolean => node.kind.endsWith('Task');

/** Words of the longest sentence. */
export function longestSentence(text: string): number {
  return Math.max(
    0,
    ...text.split(/(?<=[.!?:])\s+/).map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length),
  );
}
