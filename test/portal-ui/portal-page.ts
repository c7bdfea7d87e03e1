// The portal built once per test file, a fixture town behind it, and pages that remember what went wrong in them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
import { newAccountState } from './fixture-account.ts';
import { startFixtureTown, type FixtureTown } from './fixture-server.ts';

export interface PortalUnderTest {
  readonly town: FixtureTown;
  readonly browser: Browser;
  /** A page of a new visitor; `wrongs` collects errors of scripts, of the content security policy and of hydration. */
  visit(path: string, options?: BrowserContextOptions): Promise<{ readonly page: Page; readonly wrongs: readonly string[] }>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function startPortal(): Promise<PortalUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const configFile = fileURLToPath(new URL('../../portal-ui/vite.config.ts', import.meta.url));
  const built = { client: join(folder, 'client'), server: join(folder, 'server') };
  await build({ configFile, logLevel: 'error', build: { outDir: built.client } });
  await build({ configFile, logLevel: 'error', build: { outDir: built.server, ssr: 'entry-server.ts' } });
  const town = await startFixtureTown(built);
  const browser = await launchBrowser();
  return {
    town,
    browser,
    async visit(path, options = {}) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'cs-CZ', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const wrongs: string[] = [];
      page.on('pageerror', (error) => wrongs.push(error.message));
      // A refused request is logged by the browser itself; tests of refusals expect those.
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) wrongs.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(town.url) && !request.url().startsWith('data:')) wrongs.push(`foreign request ${request.url()}`);
      });
      await page.goto(town.url + path);
      return { page, wrongs };
    },
    async reset() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      Object.assign(town, {
        loggedIn: false,
        caseState: 'checking',
        hasCase: true,
        card: null,
        gatewayAsked: 0,
        account: newAccountState(),
      });
      town.drafts.clear();
      for (const list of [town.submissions, town.saves, town.troubles]) list.length = 0;
    },
    async close() {
      await browser.close();
      await town.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** No violation in light, dark and narrow; nothing to scroll sideways at 320 px; every icon has its drawing. */
export async function expectGoodPage(page: Page, atLeastControls: number): Promise<void> {
  await page.locator('h1').waitFor();
  expect(await page.locator('h1').count()).toBe(1);
  const emptyIcons = await page
    .locator('.ui-icon')
    .evaluateAll((icons) => icons.filter((icon) => icon.querySelector('svg') === null).length);
  expect(emptyIcons, `icons without a drawing on ${page.url()}`).toBe(0);
  await expectAccessible(page, { atLeastControls });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, { atLeastControls });
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `width of ${page.url()} at 320 px`).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Controls that a thumb must hit: buttons, links in lists of links, inputs; inline links in running text are exempt (WCAG 2.5.8). */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return page
    .locator('button:visible, .ui-button:visible, .ui-input:visible, .ui-header a:visible, .chips a:visible')
    .evaluateAll((nodes) =>
      nodes
        .filter((node) => node.getBoundingClientRect().height < 43.5)
        .map((node) => `${Math.round(node.getBoundingClientRect().height)} px: ${node.outerHTML.slice(0, 120)}`),
    );
}
