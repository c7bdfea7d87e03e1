// Closes a run with one plain line that any machine can read: `tests: N passed, N failed, N skipped`.
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that does not load has no tests to fail.
      if (module.errors().length > 0) count.failed += 1;
    }
    console.log(`tests: ${count.passed} passed, ${count.failed + errors.length} failed, ${count.skipped + count.pending} skipped`);
  }
}
