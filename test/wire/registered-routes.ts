// Every route the town registers, read from the routers themselves: the handlers are only named, never called.
import Router from '@koa/router';
import { addCitizenRoutes } from '../../server/http/auth/citizen-routes.ts';
import { addOfficerRoutes } from '../../server/http/auth/officer-routes.ts';
import { addCalendarRoutes } from '../../server/http/calendar.ts';
import { addHooks } from '../../server/http/hooks.ts';
import { addAccountRoutes as addOfficerAccountRoutes } from '../../server/http/office/account.ts';
import { addDirectoryRoutes } from '../../server/http/office/directory.ts';
import { addCaseRoutes as addOfficeCaseRoutes } from '../../server/http/office/cases.ts';
import { addInterventionRoutes } from '../../server/http/office/interventions.ts';
import { addMessageRoutes } from '../../server/http/office/messages.ts';
import { addConnectorRoutes } from '../../server/http/office/connectors.ts';
import { addMigrationRoutes } from '../../server/http/office/migration.ts';
import { addDeadlineRoutes } from '../../server/http/office/deadlines.ts';
import { addMoneyRoutes } from '../../server/http/office/money/routes.ts';
import { addOutsideWorkRoutes } from '../../server/http/office/outside-work.ts';
import { addPaperLetterRoutes } from '../../server/http/office/paper-letters.ts';
import { addRecordsRoutes } from '../../server/http/office/records.ts';
import { addRepresentationRoutes } from '../../server/http/office/representations.ts';
import { addRunRoutes } from '../../server/http/office/runs.ts';
import { addSessionRoutes } from '../../server/http/office/session.ts';
import { addSituationRoutes } from '../../server/http/office/situations.ts';
import { addTaskRoutes } from '../../server/http/office/tasks.ts';
import { addTownRoutes } from '../../server/http/office/town.ts';
import { addAccountRoutes } from '../../server/http/portal/account.ts';
import { addCardPaymentRoutes } from '../../server/http/portal/card-payments.ts';
import { addCaseRoutes } from '../../server/http/portal/cases.ts';
import { addContactRoutes } from '../../server/http/portal/contacts.ts';
import { addCitizenDeadlineRoutes } from '../../server/http/portal/deadlines.ts';
import { addDraftRoutes } from '../../server/http/portal/drafts.ts';
import { addIdentityRoutes } from '../../server/http/portal/identities.ts';
import { addServiceRoutes } from '../../server/http/portal/services.ts';
import type { Method } from './town-client.ts';

export interface Route {
  readonly method: Method;
  readonly path: string;
}

export function registeredRoutes(): readonly Route[] {
  const router = new Router();
  // Stands for whatever a door is given: nothing of it is used while routes are only registered.
  const given: never = new Proxy(() => undefined, { get: () => given }) as never;
  for (const add of [
    addServiceRoutes,
    addIdentityRoutes,
    addDraftRoutes,
    addCaseRoutes,
    addCardPaymentRoutes,
    addAccountRoutes,
    addContactRoutes,
    addCitizenDeadlineRoutes,
    addCalendarRoutes,
    addHooks,
    addSessionRoutes,
    addOfficerAccountRoutes,
    addDirectoryRoutes,
    addTaskRoutes,
    addInterventionRoutes,
    addConnectorRoutes,
    addTownRoutes,
    addMigrationRoutes,
    addMoneyRoutes,
    addOutsideWorkRoutes,
    addPaperLetterRoutes,
    addRecordsRoutes,
    addRepresentationRoutes,
    addRunRoutes,
    addOfficeCaseRoutes,
    addMessageRoutes,
    addDeadlineRoutes,
    addSituationRoutes,
    addCitizenRoutes,
    addOfficerRoutes,
  ])
    add(router, given);
  return router.stack.flatMap((layer) =>
    layer.methods.filter((method) => method !== 'HEAD').map((method) => ({ method: method as Method, path: String(layer.path) })),
  );
}
