// The palette without a mouse: one stop of the Tab key, arrows between its tools, Enter puts an element beside the selected one.
// bpmn.io's own palette only starts a drag, which a keyboard cannot finish.
import { announce } from '../use/announce.ts';
import { isKind } from './diagram.ts';
import type { Services, Shape } from './diagram.ts';
import { translate } from './translate.ts';

interface EventBus {
  on(events: string | readonly string[], priority: number, listener: (event: { readonly container?: HTMLElement }) => void): void;
}
/** What a palette entry makes; entries that are not here are tools and act as on a click. */
const MADE: Readonly<Record<string, { readonly type: string; readonly isExpanded?: boolean }>> = {
  'create.start-event': { type: 'bpmn:StartEvent' },
  'create.intermediate-event': { type: 'bpmn:IntermediateThrowEvent' },
  'create.end-event': { type: 'bpmn:EndEvent' },
  'create.exclusive-gateway': { type: 'bpmn:ExclusiveGateway' },
  'create.task': { type: 'bpmn:Task' },
  'create.data-object': { type: 'bpmn:DataObjectReference' },
  'create.data-store': { type: 'bpmn:DataStoreReference' },
  'create.subprocess-expanded': { type: 'bpmn:SubProcess', isExpanded: true },
  'create.participant-expanded': { type: 'bpmn:Participant' },
  'create.group': { type: 'bpmn:Group' },
};
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
/** bpmn-js rebuilds its entries on its own listeners of these events; ours must come after. */
const LATE = 100;

export class KeyboardPalette {
  static readonly $inject = ['eventBus', 'injector', 'palette'];
  private readonly services: Services;
  private container: HTMLElement | undefined;
  private current = '';

  constructor(eventBus: EventBus, injector: { get(name: string): unknown }) {
    this.services = new Proxy({}, { get: (_target, name) => injector.get(String(name)) }) as Services;
    eventBus.on('palette.create', LATE, ({ container }) => {
      if (container !== undefined) this.adopt(container);
    });
    eventBus.on('palette.changed', LATE, () => this.dress());
  }

  private adopt(container: HTMLElement): void {
    this.container = container;
    container.setAttribute('role', 'toolbar');
    container.setAttribute('aria-orientation', 'vertical');
    container.setAttribute('aria-label', translate('Palette'));
    container.addEventListener('keydown', (event) => this.press(event));
    container.addEventListener('focusin', (event) => this.moveTo(entryOf(event.target), false));
  }

  private entries(): readonly HTMLElement[] {
    return [...(this.container?.querySelectorAll<HTMLElement>('.entry') ?? [])];
  }

  private dress(): void {
    const entries = this.entries();
    if (!entries.some(({ dataset }) => dataset['action'] === this.current)) this.current = entries[0]?.dataset['action'] ?? '';
    for (const entry of entries) {
      entry.setAttribute('role', 'button');
      entry.tabIndex = entry.dataset['action'] === this.current ? 0 : -1;
    }
  }

  private moveTo(entry: HTMLElement | undefined, focus: boolean): void {
    if (entry === undefined) return;
    this.current = entry.dataset['action'] ?? '';
    this.dress();
    if (focus) entry.focus();
  }

  private press(event: KeyboardEvent): void {
    const entry = entryOf(event.target);
    if (entry === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const entries = this.entries();
    const at = entries.indexOf(entry);
    const step = STEPS[event.key];
    if (step !== undefined) this.moveTo(entries[(at + step + entries.length) % entries.length], true);
    else if (event.key === 'Home') this.moveTo(entries[0], true);
    else if (event.key === 'End') this.moveTo(entries.at(-1), true);
    else if (event.key === 'Enter' || event.key === ' ') this.use(entry);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private use(entry: HTMLElement): void {
    const action = entry.dataset['action'] ?? '';
    const kind = MADE[action];
    if (kind === undefined) {
      entry.click();
      return;
    }
    this.services.selection.select(this.place(kind));
    // bpmn-js asks for the name on the drawing, but closes the question as soon as it scrolls: the panel asks instead.
    this.services.directEditing.cancel();
    entry.focus();
    announce(translate('Added: {element}', { element: entry.getAttribute('aria-label') ?? '' }));
  }

  /** Behind the selected step, connected with it; else into the middle of what is seen. */
  private place(kind: { readonly type: string; readonly isExpanded?: boolean }): Shape {
    const { elementFactory, modeling, autoPlace, canvas, selection } = this.services;
    const [chosen] = selection.get();
    const shape = kind.type === 'bpmn:Participant' ? elementFactory.createParticipantShape() : elementFactory.createShape({ ...kind });
    if (chosen !== undefined && isFollowed(chosen) && isKind(shape.businessObject, 'bpmn:FlowNode') && kind.type !== 'bpmn:StartEvent')
      return autoPlace.append(chosen, shape);
    const { x, y, width, height } = canvas.viewbox();
    const target = chosen !== undefined && isKind(chosen.businessObject, 'bpmn:Participant', 'bpmn:SubProcess') ? chosen : this.ground();
    return modeling.createShape(
      shape,
      { x: x + width / 2, y: y + height / 2 },
      kind.type === 'bpmn:Participant' ? canvas.getRootElement() : target,
    );
  }

  /** A drawing with pools takes elements only inside one of them. */
  private ground(): Shape {
    const { canvas, elementRegistry } = this.services;
    return elementRegistry.getAll().find(({ type }) => type === 'bpmn:Participant') ?? canvas.getRootElement();
  }
}

function entryOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('.djs-palette .entry')) || undefined;
}
const isFollowed = ({ businessObject, labelTarget }: Shape): boolean =>
  labelTarget === undefined && isKind(businessObject, 'bpmn:FlowNode') && !isKind(businessObject, 'bpmn:EndEvent');
