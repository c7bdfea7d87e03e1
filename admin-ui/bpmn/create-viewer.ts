// A read-only diagram that can be moved and zoomed.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { spisDescriptor } from '../../server/contract/spis-moddle.ts';
import { fitDrawing } from './diagram.ts';
import type { Services } from './diagram.ts';
import { translateModule } from './translate.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

export interface ViewerHandle {
  readonly services: Services;
  /** Throws when the file is no BPMN. */
  load(xml: string): Promise<void>;
  onClick(listener: (id: string) => void): void;
  destroy(): void;
}

/** Services by name, looked up when first used. */
export function servicesOf(diagram: { get(name: string): unknown }): Services {
  return new Proxy({}, { get: (_target, name) => diagram.get(String(name)) }) as Services;
}

export function createViewer(container: HTMLElement): ViewerHandle {
  const viewer = new NavigatedViewer({
    container,
    moddleExtensions: { spis: spisDescriptor },
    additionalModules: [translateModule as never],
  });
  const services = servicesOf(viewer as { get(name: string): unknown });
  return {
    services,
    load: async (xml) => {
      await viewer.importXML(xml);
      fitDrawing(services.canvas);
    },
    onClick: (listener) =>
      viewer.on('element.click', (event: { element: { id: string } }) => {
        listener(event.element.id);
      }),
    destroy: () => viewer.destroy(),
  };
}
