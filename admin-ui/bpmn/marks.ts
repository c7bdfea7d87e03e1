// Marks drawn over a diagram: tokens, overdue counts, incidents and findings. Each says in words what it means,
// and differs by shape as well as by colour.
import type { CheckReport } from '../../server/contract/office.ts';
import { count } from '../czech.ts';
import type { Services } from './diagram.ts';

export type Finding = CheckReport['findings'][number];

function badge(kind: string, text: string, meaning: string): HTMLElement {
  const node = document.createElement('div');
  node.className = `diagram-badge diagram-badge--${kind}`;
  node.textContent = text;
  node.title = meaning;
  return node;
}

function put(services: Services, type: string, id: string, position: object, html: HTMLElement): void {
  if (services.elementRegistry.get(id) === undefined) return;
  services.overlays.add(id, type, { position, html });
}

/** Where cases stand, without what only listens: a case does not stand on the timer of its task, nor on the start of a withdrawal that may never come. */
export function standing(services: Services, tokens: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(tokens).filter(([id]) => {
      const type = services.elementRegistry.get(id)?.businessObject.$type;
      return type !== 'bpmn:StartEvent' && type !== 'bpmn:BoundaryEvent';
    }),
  );
}

/** @param caption what one token is, e.g. ['případ', 'případy', 'případů'] */
export function markTokens(services: Services, tokens: Readonly<Record<string, number>>, caption: readonly [string, string, string]): void {
  services.overlays.remove({ type: 'token' });
  for (const [id, n] of Object.entries(standing(services, tokens))) {
    if (n > 0) put(services, 'token', id, { bottom: 12, left: -12 }, badge('token', String(n), `Stojí zde: ${count(n, caption)}`));
  }
}
export function markOverdue(services: Services, overdue: Readonly<Record<string, number>>): void {
  services.overlays.remove({ type: 'overdue' });
  for (const [id, n] of Object.entries(overdue)) {
    if (n > 0) put(services, 'overdue', id, { bottom: 12, right: 12 }, badge('overdue', `${n} !`, `Po lhůtě: ${n}`));
  }
}
export function markIncidents(services: Services, incidents: readonly string[]): void {
  services.overlays.remove({ type: 'incident' });
  for (const id of incidents) put(services, 'incident', id, { top: -14, right: 14 }, badge('incident', '×', 'Incident: krok selhal'));
}
/** How many cases are stuck at each element. */
export function markStuck(services: Services, stuck: Readonly<Record<string, number>>): void {
  services.overlays.remove({ type: 'incident' });
  for (const [id, n] of Object.entries(stuck))
    put(services, 'incident', id, { top: -14, right: 14 }, badge('incident', `${n} ×`, `V incidentu: ${n}`));
}

const HEAT_STEPS = 4;
/** The more cases stand at a step, the darker it is: in four steps of the greatest number. The numbers themselves are badges. */
export function markHeat(services: Services, waiting: Readonly<Record<string, number>>): void {
  const most = Math.max(1, ...Object.values(waiting));
  for (const shape of services.elementRegistry.getAll()) {
    const n = waiting[shape.id] ?? 0;
    const level = n === 0 ? 0 : Math.ceil((n / most) * HEAT_STEPS);
    for (let step = 1; step <= HEAT_STEPS; step += 1) {
      if (step === level) services.canvas.addMarker(shape.id, `diagram-heat-${step}`);
      else services.canvas.removeMarker(shape.id, `diagram-heat-${step}`);
    }
  }
}
export function markVisited(services: Services, visited: readonly string[]): void {
  for (const id of visited) if (services.elementRegistry.get(id) !== undefined) services.canvas.addMarker(id, 'diagram-visited');
}

/** One badge per element with the number of findings and the worst severity: a square for errors, a triangle for warnings. */
export function markFindings(services: Services, findings: readonly Finding[], choose: (finding: Finding) => void): void {
  services.overlays.remove({ type: 'finding' });
  const byElement = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = finding.element ?? '';
    const here = byElement.get(id);
    if (here !== undefined) here.push(finding);
    else if (services.elementRegistry.get(id) !== undefined) byElement.set(id, [finding]);
  }
  for (const [id, here] of byElement) {
    const worst = here.find(({ severity }) => severity === 'error') ?? here[0];
    if (worst === undefined) continue;
    const node = badge(`finding-${worst.severity}`, String(here.length), here.map(({ message }) => message).join('\n'));
    node.addEventListener('click', () => choose(worst));
    put(services, 'finding', id, { top: -14, left: -8 }, node);
  }
}

export function showElement(services: Services, id: string): boolean {
  const element = services.elementRegistry.get(id);
  if (element === undefined) return false;
  services.canvas.scrollToElement(element);
  return true;
}
