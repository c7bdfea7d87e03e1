// All routes of the money desk.
import type Router from '@koa/router';
import type { House } from '../../house.ts';
import { addAccountingRoutes } from './accounting.ts';
import { addCashRoutes } from './cash.ts';
import { addDunningRoutes } from './dunning.ts';
import { addGatewayTroubleRoutes } from './gateway-troubles.ts';
import { addHeldRoutes } from './held.ts';
import { addHistoryRoutes } from './history.ts';
import { addPayerRoutes } from './payers.ts';
import { addStatementRoutes } from './statements.ts';
import { addApprovalRoutes, addUnmatchedRoutes } from './unmatched.ts';

export function addMoneyRoutes(router: Router, house: House): void {
  addPayerRoutes(router, house);
  addUnmatchedRoutes(router, house);
  addApprovalRoutes(router, house);
  addCashRoutes(router, house);
  addDunningRoutes(router, house);
  addAccountingRoutes(router, house);
  addStatementRoutes(router, house);
  addHistoryRoutes(router, house);
  addHeldRoutes(router, house);
  addGatewayTroubleRoutes(router, house);
}
