// Narrow views of bpmn-js's objects: only what the office app reads and calls.

/** A moddle element: the model behind a shape. */
export interface Model {
  readonly id: string;
  readonly $type: string;
  readonly $parent?: Model;
  readonly name?: string;
  get(name: string): unknown;
  $instanceOf(type: string): boolean;
}
export interface Shape {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Model;
  readonly x: number;
  readonly y: number;
  readonly labelTarget?: Shape;
  readonly parent?: Shape;
  readonly incoming?: readonly Shape[];
  readonly outgoing?: readonly Shape[];
}
export interface Canvas {
  getRootElement(): Shape;
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number;
  scrollToElement(element: Shape): void;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  viewbox(): Box & { readonly inner: Box; readonly outer: { readonly width: number; readonly height: number } };
  viewbox(box: Box): void;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Overlays {
  add(
    id: string,
    type: string,
    overlay: { position: { top?: number; left?: number; right?: number; bottom?: number }; html: HTMLElement },
  ): string;
  remove(filter: { type: string }): void;
}
export interface ElementRegistry {
  get(id: string): Shape | undefined;
  getAll(): readonly Shape[];
}
export interface Modeling {
  updateProperties(element: Shape, properties: object): void;
  updateModdleProperties(element: Shape, model: Model, properties: object): void;
  connect(source: Shape, target: Shape, attributes?: object): Shape;
  removeConnection(connection: Shape): void;
  createShape(shape: Shape, position: { readonly x: number; readonly y: number }, target: Shape): Shape;
}
export interface Services {
  readonly canvas: Canvas;
  readonly overlays: Overlays;
  readonly elementRegistry: ElementRegistry;
  readonly modeling: Modeling;
  readonly selection: { select(element: Shape | null): void; get(): readonly Shape[] };
  readonly bpmnFactory: { create(type: string, attributes?: object): Model };
  readonly commandStack: {
    undo(): void;
    redo(): void;
    canUndo(): boolean;
    canRedo(): boolean;
    clear(): void;
    execute(command: string, context: unknown): void;
  };
  readonly editorActions: { trigger(name: string): void };
  readonly elementFactory: { createShape(attributes: object): Shape; createParticipantShape(): Shape };
  readonly directEditing: { cancel(): void };
  readonly autoPlace: { append(source: Shape, shape: Shape): Shape };
}

/** Shows the whole drawing, at most in its own size, with room left for what stands at the left edge. @param left pixels */
export function fitDrawing(canvas: Canvas, left = 24): void {
  const { inner, outer } = canvas.viewbox();
  if (inner.width === 0 || outer.width === 0) return;
  const margin = 24;
  const scale = Math.min(1, (outer.width - left - margin) / inner.width, (outer.height - 2 * margin) / inner.height);
  const height = outer.height / scale;
  canvas.viewbox({ x: inner.x - left / scale, y: inner.y - (height - inner.height) / 2, width: outer.width / scale, height });
}

export function isKind(model: Model, ...types: readonly string[]): boolean {
  return types.some((type) => model.$instanceOf(type));
}

/** The event definitions of an event; empty for anything else. */
export function definitionsOf(model: Model): readonly Model[] {
  return isKind(model, 'bpmn:Event') ? ((model.get('eventDefinitions') as readonly Model[] | undefined) ?? []) : [];
}
export function definitionOf(model: Model, type: string): Model | undefined {
  return definitionsOf(model).find((definition) => definition.$instanceOf(type));
}
