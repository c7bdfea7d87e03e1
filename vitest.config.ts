// All tests of the house in one run: pure ones, those with a real PostgreSQL, and those in a real browser.
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Folders whose tests clone a database; a single file elsewhere asks for one by its name, `*.db.test.ts`. */
const withDatabase = ['store', 'books', 'cases', 'jobs', 'http', 'people', 'queries', 'world', 'wire'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const withBrowser = ['test/browser/**/*.test.ts', 'test/**/*.browser.test.ts'];
const database = [...withDatabase, 'test/**/*.db.test.ts'];

export default defineConfig({
  test: {
    // The machine that checks changes has two cores.
    maxWorkers: 2,
    reporters: ['default', './test/setup/closing-line.ts'],
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          setupFiles: ['test/setup/seed.ts'],
          include: ['test/**/*.test.ts'],
          exclude: [...database, ...withBrowser],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          setupFiles: ['test/setup/seed.ts'],
          include: database,
          exclude: withBrowser,
          globalSetup: ['test/setup/pages.ts', 'test/setup/postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: withBrowser,
          globalSetup: ['test/setup/pages.ts', 'test/setup/postgres.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
