// Rules about the way of tokens: every gateway decides, every element is reached and leads on, every end says how it ended.
import { addDuration } from '../../engine/index.ts';
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';
import { outcomes } from '../outcomes.ts';
import { joinTraps } from './join-traps.ts';
import { mainNodes, reachable, targetsOf } from './reach.ts';
import { called } from './rule.ts';
import type { DiagramSubject, Rule } from './rule.ts';

const SHORTEST_TIMER_SECONDS = 60;
const EPOCH = '2026-01-01T00:00:00.000Z';

export const flowRules: readonly Rule<DiagramSubject>[] = [
  {
    name: 'gateway-without-default',
    severity: 'error',
    check: ({ model }) =>
      deciding(model)
        .filter((node) => node.defaultFlow === undefined)
        .map((node) => ({
          element: node.id,
          message: `Brána ${called(node)} nemá výchozí tok. Označte jeden tok jako výchozí, aby případ neuvázl, když žádná podmínka neplatí.`,
        })),
  },
  {
    name: 'flow-without-condition',
    severity: 'error',
    check: ({ model }) =>
      deciding(model).flatMap((node) =>
        node.outgoing
          .filter((id) => id !== node.defaultFlow && node.defaultFlow !== undefined && model.flows.get(id)?.condition === undefined)
          .map((id) => ({
            element: id,
            message: `Tok z brány ${called(node)} nemá podmínku ve FEEL. Doplňte ji, nebo tok označte jako výchozí.`,
          })),
      ),
  },
  {
    name: 'unreachable',
    severity: 'error',
    check: ({ model }) => {
      const reached = reachable(model);
      return [...model.nodes.values()]
        .filter((node) => !reached.has(node.id))
        .map((node) => ({ element: node.id, message: `K prvku ${called(node)} se případ nikdy nedostane. Propojte ho, nebo ho smažte.` }));
    },
  },
  {
    name: 'dead-end',
    severity: 'error',
    check: ({ model }) =>
      [...model.nodes.values()]
        .filter((node) => node.kind !== 'endEvent' && node.kind !== 'eventSubProcess' && targetsOf(model, node).length === 0)
        .map((node) => ({
          element: node.id,
          message: `Z prvku ${called(node)} nevede žádný tok. Pokračujte dalším krokem, nebo cestu ukončete koncovou událostí.`,
        })),
  },
  {
    name: 'end-without-outcome',
    severity: 'error',
    check: ({ model }) =>
      endsOfCase(model)
        .filter((node) => node.outcome === undefined)
        .map((node) => ({
          element: node.id,
          message: `Koncová událost ${called(node)} neříká, jak případ skončil. Vyplňte výsledek (spis:outcome).`,
        })),
  },
  {
    name: 'unknown-outcome',
    severity: 'error',
    check: ({ model }) =>
      [...model.nodes.values()]
        .filter((node) => node.outcome !== undefined && !outcomes.some(({ name }) => name === node.outcome))
        .map((node) => ({
          element: node.id,
          message: `Výsledek „${node.outcome ?? ''}“ neznáme. Vyberte jeden z: ${outcomes.map(({ name }) => name).join(', ')}.`,
        })),
  },
  {
    name: 'timer-too-short',
    severity: 'error',
    check: ({ model }) =>
      [...model.nodes.values()].flatMap((node) => {
        const timer = node.event?.kind === 'timer' ? node.event.timer : undefined;
        if (timer?.kind !== 'duration' || timer.isFeel) return [];
        const seconds = (Date.parse(addDuration(EPOCH, timer.body)) - Date.parse(EPOCH)) / 1000;
        return seconds >= SHORTEST_TIMER_SECONDS
          ? []
          : [{ element: node.id, message: `Časovač ${called(node)} je kratší než ${SHORTEST_TIMER_SECONDS} sekund. Prodlužte ho.` }];
      }),
  },
  {
    name: 'join-never-completes',
    severity: 'warning',
    check: ({ model }) =>
      joinTraps(model).map(({ join, split }) => ({
        element: join.id,
        message: `Souběžná brána ${called(join)} čeká na cesty, z nichž po prvku ${called(split)} půjde jen jedna. Použijte pro spojení výlučnou bránu.`,
      })),
  },
];

function deciding(model: ProcessModel): readonly ProcessNode[] {
  return [...model.nodes.values()].filter(
    (node) => (node.kind === 'exclusiveGateway' || node.kind === 'inclusiveGateway') && node.outgoing.length > 1,
  );
}

/** Ends of the process itself and of event sub-processes that interrupt it; an end of a mere reminder ends nothing. */
function endsOfCase(model: ProcessModel): readonly ProcessNode[] {
  const main = mainNodes(model);
  return [...model.nodes.values()].filter(
    (node) =>
      node.kind === 'endEvent' && node.event?.kind !== 'error' && main.has(node.id) && model.nodes.get(node.scope)?.kind !== 'subProcess',
  );
}
