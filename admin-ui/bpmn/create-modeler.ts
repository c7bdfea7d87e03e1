// Puts bpmn-js, its properties panel and the token simulation together for the analyst's page.
import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel';
import TokenSimulationModule from 'bpmn-js-token-simulation';
import { spisDescriptor } from '../../server/contract/spis-moddle.ts';
import { servicesOf } from './create-viewer.ts';
import type { Services } from './diagram.ts';
import { OfficePanelProvider } from './panel-provider.ts';
import type { ChoiceSource } from './panel-provider.ts';
import { KeyboardPalette } from './keyboard-palette.ts';
import { translateModule } from './translate.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css';

export interface ModelerHandle {
  readonly services: Services;
  /** Throws when the file is no BPMN. */
  load(xml: string): Promise<void>;
  save(): Promise<string>;
  onChange(listener: () => void): void;
  onSelection(listener: (ids: readonly string[]) => void): void;
  onSimulation(listener: (active: boolean) => void): void;
  destroy(): void;
}

export function createModeler(container: HTMLElement, panel: HTMLElement, choices: ChoiceSource): ModelerHandle {
  const modeler = new Modeler({
    container,
    propertiesPanel: { parent: panel },
    moddleExtensions: { spis: spisDescriptor },
    // The properties panel and the simulation come without types.
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      TokenSimulationModule,
      translateModule,
      {
        __init__: ['officePanelProvider', 'keyboardPalette'],
        officePanelProvider: ['type', OfficePanelProvider],
        keyboardPalette: ['type', KeyboardPalette],
        choiceSource: ['value', choices],
      },
    ] as never[],
  });
  const on = <Event>(name: string, listener: (event: Event) => void): void => {
    // A listener that returns a value would stop the event for everybody after it.
    modeler.on(name, (event: Event) => {
      listener(event);
    });
  };
  return {
    services: servicesOf(modeler),
    load: async (xml) => {
      await modeler.importXML(xml);
    },
    save: async () => (await modeler.saveXML({ format: true })).xml ?? '',
    onChange: (listener) => on('commandStack.changed', listener),
    onSelection: (listener) =>
      on('selection.changed', (event: { newSelection: readonly { id: string }[] }) => listener(event.newSelection.map(({ id }) => id))),
    onSimulation: (listener) => on('tokenSimulation.toggleMode', (event: { active: boolean }) => listener(event.active)),
    destroy: () => modeler.destroy(),
  };
}
