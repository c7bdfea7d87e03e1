// The register of structural rules, in the order in which an analyst reads the findings. A list and nothing else.
import { activityRules } from './activity-rules.ts';
import { boundaryRules } from './boundary-rules.ts';
import { collaborationRules } from './collaboration-rules.ts';
import { compensationRules } from './compensation-rules.ts';
import { dataRules } from './data-rules.ts';
import { definitionRules } from './definition-rules.ts';
import { eventRules } from './event-rules.ts';
import { fileRules } from './file-rules.ts';
import { flowRules } from './flow-rules.ts';
import { gatewayRules } from './gateway-rules.ts';
import { pathRules } from './path-rules.ts';
import { referenceRules } from './reference-rules.ts';
import { requiredRules } from './required-rules.ts';
import type { StructureRule } from './rule.ts';

export const structureRules: readonly StructureRule[] = [
  ...fileRules,
  ...referenceRules,
  ...requiredRules,
  ...flowRules,
  ...eventRules,
  ...boundaryRules,
  ...gatewayRules,
  ...definitionRules,
  ...activityRules,
  ...compensationRules,
  ...dataRules,
  ...collaborationRules,
  ...pathRules,
];
