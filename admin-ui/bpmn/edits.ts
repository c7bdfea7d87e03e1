// Several changes of the model as one undoable step, and the file's own list of messages, signals and shared triggers.
import { isKind } from './diagram.ts';
import type { Model, Services, Shape } from './diagram.ts';

export interface Edit {
  readonly model: Model;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @param element the shape whose panel is open: it is drawn anew */
export function applyEdits({ commandStack }: Services, element: Shape, edits: readonly Edit[]): void {
  commandStack.execute(
    'properties-panel.multi-command-executor',
    edits.map(({ model, properties }) => ({
      cmd: 'element.updateModdleProperties',
      context: { element, moddleElement: model, properties: { ...properties } },
    })),
  );
}

/** A new model element that knows where it lies. */
export function made(services: Services, parent: Model, type: string, attributes: object = {}): Model {
  return Object.assign(services.bpmnFactory.create(type, attributes), { $parent: parent });
}

export function definitionsRoot(model: Model): Model {
  return model.$parent === undefined ? model : definitionsRoot(model.$parent);
}
export function rootElements(model: Model, type: string): readonly Model[] {
  return ((definitionsRoot(model).get('rootElements') as readonly Model[] | undefined) ?? []).filter((root) => isKind(root, type));
}

/** The file's element of that type and name; with the edits that make it when there is none. */
export function rootNamed(
  services: Services,
  model: Model,
  type: string,
  name: string,
): { readonly root: Model; readonly edits: readonly Edit[] } {
  const known = rootElements(model, type).find((root) => root.name === name);
  if (known !== undefined) return { root: known, edits: [] };
  const root = made(services, definitionsRoot(model), type, { name });
  return { root, edits: [addRoots(model, [root])] };
}
export function addRoots(model: Model, roots: readonly Model[]): Edit {
  const definitions = definitionsRoot(model);
  return { model: definitions, properties: { rootElements: [...(definitions.get('rootElements') as readonly Model[]), ...roots] } };
}
