// All examples of the suite; the conformance table is made of them.
import { activityExamples } from './activities.examples.ts';
import { boundaryExamples } from './boundary.examples.ts';
import { eventExamples } from './events.examples.ts';
import { eventSubProcessExamples } from './event-sub-processes.examples.ts';
import type { Example } from './example.ts';
import { gatewayExamples } from './gateways.examples.ts';
import { loopExamples } from './loops.examples.ts';
import { notoriousExamples } from './notorious.examples.ts';
import { refusalExamples } from './refusals.examples.ts';
import { taskExamples } from './tasks.examples.ts';
import { worldExamples } from './world.examples.ts';

export const examples: readonly Example[] = [
  ...taskExamples,
  ...gatewayExamples,
  ...eventExamples,
  ...boundaryExamples,
  ...eventSubProcessExamples,
  ...loopExamples,
  ...activityExamples,
  ...worldExamples,
  ...notoriousExamples,
  ...refusalExamples,
];
