// What a crash between the joining of two records and the taking over of their cases left behind.
import { takeOverCases } from '../cases/take-over-cases.ts';
import { forEachTown, type Workshop } from './workshop.ts';

export const takeOverRemaining = (workshop: Workshop): Promise<number> =>
  forEachTown(workshop, (tenantId) => takeOverCases(workshop.corridor, tenantId));
