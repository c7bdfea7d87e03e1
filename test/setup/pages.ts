// Builds the pages once before any test file needs them: two files that build at once would take dist/ away from each other.
import { buildUi } from '../../tools/build-ui.ts';

export async function setup(): Promise<void> {
  await buildUi();
}
