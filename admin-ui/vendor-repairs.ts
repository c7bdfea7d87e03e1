// Build-time repairs of bpmn.io's libraries: inline styles that `style-src 'self'` forbids, and English texts that
// bpmn-js-token-simulation does not pass through `translate`. A repair that finds nothing to repair stops the build.
import type { Plugin } from 'vite';

type Edit = readonly [from: string | RegExp, to: string | ((found: string, inner: string) => string)];
interface Repair { readonly file: string; readonly edits: readonly Edit[] }

/** `style="fill:none;stroke-width:100"` inside an SVG says the same as `fill="none" stroke-width="100"`. */
const styleToAttributes: Edit = [
  / style="([^"]*)"/g,
  (_found, css) => css.split(';').filter((rule) => rule !== '').map((rule) => ` ${rule.replace(':', '="')}"`).join(''),
];

function simulationWords(file: string, edits: readonly Edit[]): Repair {
  return { file: `bpmn-js-token-simulation/lib/features/${file}`, edits };
}

const repairs: readonly Repair[] = [
  {
    // CodeMirror's styles: take the constructed style sheet for whole documents too, not only for shadow roots.
    file: 'style-mod/src/style-mod.js',
    edits: [['if (!root.head && root.adoptedStyleSheets', 'if (root.adoptedStyleSheets']],
  },
  {
    file: 'bpmn-js-token-simulation/lib/features/show-scopes/ShowScopes.js',
    edits: [
      [/colors \? `style=[^`]*` : ''/, "''"],
      ['this._container.appendChild(html);', "if (colors) { html.style.color = colors.auxiliary; html.style.background = colors.primary; html.style.setProperty('--scope-color', colors.primary); }\n  this._container.appendChild(html);"],
      ['Focus process instance', 'Sledovat průchod'],
    ],
  },
  {
    file: 'bpmn-js-token-simulation/lib/features/log/Log.js',
    edits: [
      [/colors \? `style=[^`]*` : ''/, "''"],
      ['content.appendChild(logEntry);', "const badge = colors && logEntry.querySelector('.bts-scope');\n  if (badge) { badge.style.background = colors.primary; badge.style.color = colors.auxiliary; }\n  content.appendChild(logEntry);"],
      ['Toggle Simulation Log', 'Zobrazit nebo skrýt záznam průchodu'],
      [/No Entries/g, 'Zatím nic'],
    ],
  },
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
    ["'Slow'", "'pomalu'"], ["'Normal'", "'běžně'"], ["'Fast'", "'rychle'"], ['Set animation speed = ', 'Rychlost: '],
  ]),
  simulationWords('simulation-state/SimulationState.js', [["text: 'Finished'", "text: 'Průchod skončil'"]]),
  simulationWords('element-support/ElementSupport.js', [
    ['Found unsupported elements', 'Průchod některé prvky neumí'], ["text: 'Not supported'", "text: 'Průchod tento prvek neumí'"],
  ]),
  simulationWords('context-pads/handler/ExclusiveGatewayHandler.js', [['Set Sequence Flow', 'Zvolit cestu']]),
  simulationWords('context-pads/handler/InclusiveGatewayHandler.js', [['Set Sequence Flow', 'Zvolit cesty']]),
  simulationWords('context-pads/handler/PauseHandler.js', [["${ wait ? 'Remove' : 'Add' } pause point", "${ wait ? 'Zrušit' : 'Přidat' } zastávku"]]),
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
