// The little of bpmn.io's untyped packages that this app calls.
declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: object;
  export const BpmnPropertiesProviderModule: object;
  export function useService(name: string): never;
}
declare module '@bpmn-io/properties-panel' {
  type Component = (props: never) => unknown;
  export const Group: Component;
  export const ListGroup: Component;
  export const CheckboxEntry: (props: object) => unknown;
  export const isCheckboxEntryEdited: (node: unknown) => boolean;
  export const TextFieldEntry: (props: object) => unknown;
  export const TextAreaEntry: (props: object) => unknown;
  export const SelectEntry: (props: object) => unknown;
  export const isTextFieldEntryEdited: (node: unknown) => boolean;
  export const isTextAreaEntryEdited: (node: unknown) => boolean;
  export const isSelectEntryEdited: (node: unknown) => boolean;
}
declare module 'bpmn-js-token-simulation' {
  const module: object;
  export default module;
}
declare module 'dmn-js/lib/Modeler' {
  export default class DmnModeler {
    constructor(options: object);
    importXML(xml: string): Promise<{ warnings: readonly unknown[] }>;
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>;
    on(event: string, listener: (event: never) => void): void;
    getViews(): readonly DmnView[];
    getActiveView(): DmnView | undefined;
    getActiveViewer(): { on(event: string, listener: () => void): void; get(name: string): never } | undefined;
    open(view: DmnView): Promise<unknown>;
    destroy(): void;
  }
  export interface DmnView {
    readonly id: string;
    readonly name?: string;
    readonly type: string;
    readonly element: { readonly id: string; readonly name?: string };
  }
}
