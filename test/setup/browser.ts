// A real Chromium for page tests, and the proof that axe has looked at a page and found nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** CHROMIUM_PATH, else the browser of the system, else the one that came as a dependency. Close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'] ?? installed.find((path) => existsSync(path));
  // Root has no sandbox to offer; test pages are ours.
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--lang=cs-CZ'];
  if (own !== undefined) return chromium.launch({ executablePath: own, args });
  const folder = unpackChromium();
  // The package brings the libraries that a bare system lacks, and a font.
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  return chromium.launch({ executablePath: join(folder, 'chromium'), args, env });
}

/** Unpacked once per version, in a process of its own because the package always unpacks into the temporary folder of its process. */
function unpackChromium(): string {
  const source = join(root, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { readonly version: string };
  const folder = join(root, '.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const script = `import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(source, 'bin', 'al2023.tar.br'))});`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, TMPDIR: unfinished },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
  return folder;
}

/** WCAG 2.0 to 2.2, A and AA, and what axe calls best practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Finding = { readonly rule: string; readonly help: string; readonly where: readonly string[] };
export type AccessibilityReport = {
  readonly violations: readonly Finding[];
  /** Visible buttons, links and fields of the page. */
  readonly controls: number;
  /** Those that no rule of axe has looked at: a page it cannot see into always looks faultless. */
  readonly unseen: readonly string[];
  /** False when controls came or went while axe was looking: then the three above speak of two different pages. */
  readonly stoodStill: boolean;
};

const MAX_LOOKS = 5;

/** What axe says about the page as it stands now; a page that was just drawing itself anew is looked at again. Works under any content security policy. */
export async function inspectAccessibility(page: Page): Promise<AccessibilityReport> {
  for (let looks = 1; ; looks++) {
    const report = await lookOnce(page);
    if (report.stoodStill || looks === MAX_LOOKS) return report;
  }
}

async function lookOnce(page: Page): Promise<AccessibilityReport> {
  await page.evaluate(readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  return page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { readonly axe: { run(root: Document, options: RunOptions): Promise<AxeResults> } };
    const everything = (top: ParentNode): Element[] =>
      [...top.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? everything(element.shadowRoot) : [])]);
    const visibleControls = (): Element[] =>
      everything(document).filter(
        (element) =>
          element.matches('button, a[href], input:not([type=hidden]), select, textarea, summary') &&
          element.checkVisibility({ visibilityProperty: true }) &&
          element.closest('[inert]') === null &&
          // Behind an open modal dialog everything is inert (HTML, 6.3.1 Modal dialogs and inert subtrees).
          (document.querySelector('dialog:modal') === null || element.closest('dialog:modal') !== null),
      );
    const before = visibleControls();
    const results = await axe.run(document, { runOnly: { type: 'tag', values: tags }, elementRef: true });
    const seen = new Set(
      [results.passes, results.incomplete, results.violations].flat().flatMap((rule) => rule.nodes.map((node) => node.element)),
    );
    const controls = visibleControls();
    return {
      violations: results.violations.map(({ id, help, nodes }) => ({ rule: id, help, where: nodes.map((node) => node.html) })),
      controls: controls.length,
      stoodStill: controls.length === before.length && controls.every((control, index) => control === before[index]),
      unseen: controls.filter((control) => !seen.has(control as HTMLElement)).map((control) => control.outerHTML.slice(0, 200)),
    };
  }, rules);
}

/** Passes when axe finds nothing, has looked at every control, and the page has at least as many of them as its author says. */
export async function expectAccessible(page: Page, { atLeastControls }: { readonly atLeastControls: number }): Promise<void> {
  const { violations, controls, unseen } = await inspectAccessibility(page);
  const where = page.url();
  expect(violations, `axe on ${where}`).toEqual([]);
  expect(unseen, `controls on ${where} that axe did not see`).toEqual([]);
  expect(controls, `controls on ${where}`).toBeGreaterThanOrEqual(atLeastControls);
}
