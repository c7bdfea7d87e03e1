// All routes of the citizen's interface, in the order in which they are tried.
import type Router from '@koa/router';
import type { House } from '../house.ts';
import { addAccountRoutes } from './account.ts';
import { addAddressRoutes } from './addresses.ts';
import { addCardPaymentRoutes } from './card-payments.ts';
import { addCaseRoutes } from './cases.ts';
import { addContactRoutes } from './contacts.ts';
import { addCitizenDeadlineRoutes } from './deadlines.ts';
import { addDraftRoutes } from './drafts.ts';
import { addIdentityRoutes } from './identities.ts';
import { limitRepresentative } from './limit-representative.ts';
import { addServiceRoutes } from './services.ts';

export function addPortalRoutes(router: Router, house: House): void {
  router.use(limitRepresentative(house));
  addServiceRoutes(router, house);
  addIdentityRoutes(router, house);
  addAddressRoutes(router, house);
  addDraftRoutes(router, house);
  addCaseRoutes(router, house);
  addCardPaymentRoutes(router, house);
  addAccountRoutes(router, house);
  addContactRoutes(router, house);
  addCitizenDeadlineRoutes(router, house);
}
