// Build-time repairs of bpmn.io's libraries: inline styles that `style-src 'self'` forbids, and English texts that
// bpmn-js-token-simulation does not pass through `translate`. A repair that finds nothing to repair stops the build.
import type { Plugin } from 'vite';

type Edit = readonly [from: string | RegExp, to: string | ((found: string, inner: string) => string)];
interface Repair {
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** `style="fill:none;stroke-width:100"` inside an SVG says the same as `fill="none" stroke-width="100"`. */
const styleToAttributes: Edit = [
  / style="([^"]*)"/g,
  (_found, css) =>
    css
      .split(';')
      .filter((rule) => rule !== '')
      .map((rule) => ` ${rule.replace(':', '="')}"`)
      .join(''),
];

function simulationWords(file: string, edits: readonly Edit[]): Repair {
  return { file: `bpmn-js-token-simulation/lib/features/${file}`, edits };
}

const repairs: readonly Repair[] = [
  {
    // The button beside a text field asks a translator that knows no language.
    file: '@bpmn-io/properties-panel/dist/index.esm.js',
    edits: [["translate('Open pop-up editor')", "'Otevřít ve větším okně'"]],
  },
  {
    // CodeMirror's styles: take the constructed style sheet for whole documents too, not only for shadow roots.
    file: 'style-mod/src/style-mod.js',
    edits: [['if (!root.head && root.adoptedStyleSheets', 'if (root.adoptedStyleSheets']],
  },
  {
    // Every bpmn.io library makes its nodes here: inline styles go in through the object model, which the policy allows.
    file: 'domify/index.js',
    edits: [
      [
        'element.innerHTML = prefix + htmlString + suffix;',
        `element.innerHTML = (prefix + htmlString + suffix).replaceAll(' style="', ' data-inline-style="');
\tfor (const styled of element.querySelectorAll('[data-inline-style]')) {
\t\tstyled.style.cssText = styled.getAttribute('data-inline-style');
\t\tstyled.removeAttribute('data-inline-style');
\t}`,
      ],
    ],
  },
  // The head above the rule numbers says what they are, to those who hear it.
  {
    file: 'dmn-js-decision-table/lib/features/decision-table-head/components/DecisionTableHead.js',
    edits: [
      [
        'createVNode(1, "th", "index-column")',
        'createVNode(1, "th", "index-column", createVNode(1, "span", "ui-visually-hidden", "Řádek", 0), 2)',
      ],
    ],
  },
  simulationWords('show-scopes/ShowScopes.js', [['Focus process instance', 'Sledovat průchod']]),
  simulationWords('log/Log.js', [
    ['Toggle Simulation Log', 'Zobrazit nebo skrýt záznam průchodu'],
    [/No Entries/g, 'Zatím nic'],
  ]),
  simulationWords('pause-simulation/PauseSimulation.js', [
    ['title="Play/Pause Simulation"', 'title="Spustit nebo pozastavit průchod"'],
    ["text: 'Pause Simulation'", "text: 'Průchod pozastaven'"],
    ["text: 'Play Simulation'", "text: 'Průchod běží'"],
  ]),
  simulationWords('reset-simulation/ResetSimulation.js', [
    ['title="Reset Simulation"', 'title="Začít průchod znovu"'],
    ["text: 'Reset Simulation'", "text: 'Průchod začíná znovu'"],
  ]),
  simulationWords('set-animation-speed/SetAnimationSpeed.js', [
    ["'Slow'", "'pomalu'"],
    ["'Normal'", "'běžně'"],
    ["'Fast'", "'rychle'"],
    ['Set animation speed = ', 'Rychlost: '],
  ]),
  simulationWords('simulation-state/SimulationState.js', [["text: 'Finished'", "text: 'Průchod skončil'"]]),
  simulationWords('element-support/ElementSupport.js', [
    ['Found unsupported elements', 'Průchod některé prvky neumí'],
    ["text: 'Not supported'", "text: 'Průchod tento prvek neumí'"],
  ]),
  simulationWords('context-pads/handler/ExclusiveGatewayHandler.js', [['Set Sequence Flow', 'Zvolit cestu']]),
  simulationWords('context-pads/handler/InclusiveGatewayHandler.js', [['Set Sequence Flow', 'Zvolit cesty']]),
  simulationWords('context-pads/handler/PauseHandler.js', [
    ["${ wait ? 'Remove' : 'Add' } pause point", "${ wait ? 'Zrušit' : 'Přidat' } zastávku"],
  ]),
  simulationWords('context-pads/handler/TriggerHandler.js', [['Trigger Event', 'Spustit událost']]),
  {
    file: 'bpmn-js/lib/features/distribute-elements/DistributeElementsIcons.js',
    edits: [styleToAttributes],
  },
  {
    file: 'bpmn-js/lib/features/align-elements/AlignElementsIcons.js',
    edits: [styleToAttributes],
  },
];

/** The properties panel brings code editors for expressions and JSON. Our panel has plain fields only, so they stay out (190 kB gz). */
export function withoutPanelEditors(): Plugin {
  const id = '\0without-panel-editors';
  const names = [
    'EditorView',
    'highlightSpecialChars',
    'drawSelection',
    'keymap',
    'placeholder',
    'lineNumbers',
    'EditorState',
    'syntaxHighlighting',
    'defaultHighlightStyle',
    'foldGutter',
    'bracketMatching',
    'foldKeymap',
    'closeBrackets',
    'closeBracketsKeymap',
    'history',
    'defaultKeymap',
    'historyKeymap',
    'json',
    'linter',
    'FeelersEditor',
  ];
  return {
    name: 'without-panel-editors',
    enforce: 'pre',
    resolveId(source, importer = '') {
      const fromPanel = importer.replaceAll('\\', '/').endsWith('node_modules/@bpmn-io/properties-panel/dist/index.esm.js');
      return fromPanel && /^@codemirror\/|^@bpmn-io\/feel(ers)?-editor$/.test(source) ? id : null;
    },
    load: (asked) =>
      asked === id
        ? `${names.map((name) => `export const ${name} = undefined;`).join('')} export const Annotation = { define() {} }; export const jsonParseLinter = () => undefined; export default undefined;`
        : null,
  };
}

export function vendorRepairs(): Plugin {
  return {
    name: 'vendor-repairs',
    transform(code, id) {
      const path = id.split('?')[0] ?? id;
      const repair = repairs.find(({ file }) => path.replaceAll('\\', '/').endsWith(`node_modules/${file}`));
      if (repair === undefined) return null;
      return { code: repair.edits.reduce((text, edit) => applyEdit(text, edit, repair.file), code), map: null };
    },
  };
}

function applyEdit(code: string, [from, to]: Edit, file: string): string {
  const repaired = typeof to === 'string' ? code.replace(from, () => to) : code.replace(from, to);
  if (repaired === code) throw new Error(`vendor repair no longer applies: ${file}: ${String(from)}`);
  return repaired;
}
