// The decision table editor: one DMN file, its tables one at a time.
import DmnModeler from 'dmn-js/lib/Modeler';
import type { DmnView } from 'dmn-js/lib/Modeler';
import { spisDmnDescriptor } from '../../server/contract/spis-moddle.ts';
import { dmnTranslateModule } from './translate.ts';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';

export interface DecisionsHandle {
  /** Throws when the file is no DMN. */
  load(xml: string): Promise<void>;
  save(): Promise<string>;
  views(): readonly DmnView[];
  openView(): DmnView | undefined;
  open(view: DmnView): Promise<void>;
  /** After every edit in whichever view is open. */
  onChange(listener: () => void): void;
  destroy(): void;
}

export function createDecisions(container: HTMLElement): DecisionsHandle {
  const modeler = new DmnModeler({
    container,
    ...Object.fromEntries(
      ['drd', 'decisionTable', 'literalExpression', 'boxedExpression'].map((view) => [view, { additionalModules: [dmnTranslateModule] }]),
    ),
    moddleExtensions: { spis: spisDmnDescriptor },
  });
  return {
    load: async (xml) => {
      await modeler.importXML(xml);
      await openTable(modeler);
    },
    save: async () => (await modeler.saveXML({ format: true })).xml,
    views: () => modeler.getViews(),
    openView: () => modeler.getActiveView(),
    open: async (view) => {
      await modeler.open(view);
    },
    onChange: (listener) => listenToEdits(modeler, listener),
    destroy: () => modeler.destroy(),
  };
}

/** A table is what an analyst comes for; the overview of decisions stays one step away. */
async function openTable(modeler: DmnModeler): Promise<void> {
  const table = modeler.getViews().find(({ type }) => type === 'decisionTable');
  if (table !== undefined) await modeler.open(table);
}

function listenToEdits(modeler: DmnModeler, listener: () => void): void {
  const heard = new WeakSet<object>();
  const listen = (): void => {
    const viewer = modeler.getActiveViewer();
    if (viewer === undefined || heard.has(viewer)) return;
    heard.add(viewer);
    viewer.on('elements.changed', () => {
      listener();
    });
  };
  listen();
  modeler.on('views.changed', listen);
}
