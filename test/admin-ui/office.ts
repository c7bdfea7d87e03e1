// What the browser tests of the office app share: a built app behind the fixture server, a page that collects
// violations of the content security policy, defects and untranslated texts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { startFixture } from './fixture-server.ts';
import type { FixtureServer } from './fixture-server.ts';

const root = join(import.meta.dirname, '..', '..');

const dist = join(root, '.cache', 'admin-under-test');

/** Built once per run from the sources as they are now, as for production: the runner's own NODE_ENV would bring in development code. */
let built: Promise<unknown> | undefined;
async function builtApp(): Promise<string> {
  process.env['NODE_ENV'] = 'production';
  built ??= build({ configFile: join(root, 'admin-ui', 'vite.config.ts'), logLevel: 'error', build: { outDir: dist } });
  await built;
  if (!existsSync(join(dist, 'index.html'))) throw new Error('the office app was not built');
  return dist;
}

export interface Desk {
  readonly page: Page;
  readonly server: FixtureServer;
  /** CSP violations, console errors and uncaught exceptions since the start. */
  readonly complaints: string[];
  readonly untranslated: string[];
  open(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function startOffice(): Promise<FixtureServer> {
  return startFixture(await builtApp());
}

export async function sitDown(browser: Browser, server: FixtureServer, officer: 'o-jana' | 'o-petr' | null, width = 1280): Promise<Desk> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'cs-CZ', timezoneId: 'Europe/Prague' });
  const page = await context.newPage();
  const complaints: string[] = [];
  const untranslated: string[] = [];
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.on('console', (message) => {
    if (message.text().startsWith('untranslated: ')) untranslated.push(message.text().slice('untranslated: '.length));
    // Refused calls are part of the tests; the browser reports each as an error of its own.
    else if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  if (officer !== null) await page.goto(`${server.url}prihlaseni?kdo=${officer}&cil=/urad/ukoly`);
  return {
    page,
    server,
    complaints,
    untranslated,
    open: async (path) => {
      await page.goto(server.url + path);
    },
    close: () => context.close(),
  };
}
