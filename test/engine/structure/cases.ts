// All models of the structural rules. A list.
import { boundaryCases, intermediateCases, startEndCases, subProcessCases } from './event-cases.ts';
import type { Case } from './models.ts';
import { collaborationCases, dataCases, pathCases } from './place-cases.ts';
import { fileCases, referenceCases } from './reference-cases.ts';
import { flowCases, requiredCases } from './required-cases.ts';
import { activityCases, compensationCases, definitionCases, gatewayCases } from './step-cases.ts';

export const cases: readonly Case[] = [
  ...fileCases,
  ...referenceCases,
  ...requiredCases,
  ...flowCases,
  ...startEndCases,
  ...intermediateCases,
  ...boundaryCases,
  ...subProcessCases,
  ...gatewayCases,
  ...definitionCases,
  ...activityCases,
  ...compensationCases,
  ...dataCases,
  ...collaborationCases,
  ...pathCases,
];
