// All routes of the office, in the order in which they are tried.
import type Router from '@koa/router';
import type { House } from '../house.ts';
import { addAccountRoutes } from './account.ts';
import { addCaseRoutes } from './cases.ts';
import { addDirectoryRoutes } from './directory.ts';
import { addMessageRoutes } from './messages.ts';
import { addConnectorRoutes } from './connectors.ts';
import { addInterventionRoutes } from './interventions.ts';
import { addMoneyRoutes } from './money/routes.ts';
import { addMigrationRoutes } from './migration.ts';
import { addOutsideWorkRoutes } from './outside-work.ts';
import { addPaperLetterRoutes } from './paper-letters.ts';
import { addRecordsRoutes } from './records.ts';
import { addRepresentationRoutes } from './representations.ts';
import { addRunRoutes } from './runs.ts';
import { addSessionRoutes } from './session.ts';
import { addSituationRoutes } from './situations.ts';
import { addTaskRoutes } from './tasks.ts';
import { addTownRoutes } from './town.ts';

export function addOfficeRoutes(router: Router, house: House): void {
  addSessionRoutes(router, house);
  addAccountRoutes(router, house);
  addDirectoryRoutes(router, house);
  addTaskRoutes(router, house);
  addInterventionRoutes(router, house);
  addConnectorRoutes(router, house);
  addTownRoutes(router, house);
  addMigrationRoutes(router, house);
  addMoneyRoutes(router, house);
  addOutsideWorkRoutes(router, house);
  addPaperLetterRoutes(router, house);
  addRecordsRoutes(router, house);
  addRepresentationRoutes(router, house);
  addRunRoutes(router, house);
  addCaseRoutes(router, house);
  addMessageRoutes(router, house);
  addSituationRoutes(router, house);
}
