// A town, a browser and the people who walk through it: what every story in a browser begins and ends with. At the end nobody may have met a script error,
// a refused content or a broken answer.
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, onTestFailed } from 'vitest';
import { expectAccessible, launchBrowser } from '../setup/browser.ts';
import { cloneDatabase, type TestDatabase } from '../setup/database.ts';
import { logInOfficer, visit, type Visitor } from '../setup/story.ts';
import { startTown, type RunningTown } from '../setup/town.ts';

export interface Walk {
  readonly town: RunningTown;
  readonly database: TestDatabase;
  readonly browser: Browser;
  /** Somebody new with a browser of their own. */
  readonly comeIn: (width?: number) => Promise<Page>;
  /** An officer who has logged in and stands at the tasks. */
  readonly comeInAs: (name: RegExp, width?: number) => Promise<Page>;
  /** Asked for at the beginning of a test: what everybody saw when the walk broke off. */
  readonly picturesIfFailed: () => void;
  /** axe finds nothing wrong and has seen the controls, once the page has stopped loading. `picture` keeps what it looked like. */
  readonly looksRight: (page: Page, atLeastControls: number, picture?: string) => Promise<void>;
}

/** `name` begins the names of the pictures. Awaited at the top of a file; the town ends with it. */
export async function walkThroughTown(name: string, settings: Readonly<Record<string, string>> = {}): Promise<Walk> {
  const database = await cloneDatabase();
  const [town, browser] = await Promise.all([startTown(database, settings), launchBrowser()]);
  const visitors: Visitor[] = [];
  afterAll(async () => {
    const problems = visitors.flatMap((visitor) => visitor.problems);
    for (const visitor of visitors) await visitor.close();
    await browser.close();
    await town.close();
    expect(problems).toEqual([]);
  });
  const comeIn = async (width?: number): Promise<Page> => {
    const visitor = await visit(browser, width);
    visitors.push(visitor);
    return visitor.page;
  };
  return {
    town,
    database,
    browser,
    comeIn,
    comeInAs: async (officer, width = 1400) => {
      const page = await comeIn(width);
      await logInOfficer(page, town.url, officer);
      return page;
    },
    picturesIfFailed: () =>
      onTestFailed(async () => {
        for (const [index, { page }] of visitors.entries())
          await page.screenshot({ path: `test-results/${name}-${index}.png`, fullPage: true });
      }),
    looksRight: async (page, atLeastControls, picture) => {
      await page.waitForLoadState('networkidle');
      if (picture !== undefined) await page.screenshot({ path: `test-results/${name}-${picture}.png`, fullPage: true });
      await expectAccessible(page, { atLeastControls });
    },
  };
}

/** An editor that is just being loaded anew would be counted half: its controls have stopped coming and going. */
export async function controlsStand(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  const count = (): Promise<number> => page.locator('a[href], button, input, select, textarea').count();
  for (let before = -1, now = await count(); before !== now; now = await count()) {
    before = now;
    await page.waitForTimeout(400);
  }
}
