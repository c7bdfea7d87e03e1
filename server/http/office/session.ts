// Who is at the desk and what the desk may do.
import type Router from '@koa/router';
import type { OfficeSession } from '../../contract/office.ts';
import {
  ADMINISTRATORS,
  ANALYSTS,
  HEADS,
  mayHandleMoney,
  mayHoldCash,
  mayIntervene,
  mayKeepBooks,
  mayMigrate,
} from '../../domain/permission.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';

export function addSessionRoutes(router: Router, house: House): void {
  router.get('/urad/api/session', (ctx) => {
    const { tenantId, officer } = authState(ctx);
    const groups = officer?.officer.groups ?? [];
    const has = (...wanted: readonly string[]): boolean => wanted.some((group) => groups.includes(group));
    const actor = officer && { kind: 'officer' as const, id: officer.officer.id, groups };
    const town = house.townCard(tenantId);
    const session: OfficeSession = {
      officer: officer ? { id: officer.officer.id, name: officer.officer.name, email: officer.officer.email, groups } : null,
      csrf: officer?.csrf ?? '',
      town: { name: town.name, demo: town.demo },
      now: house.corridor.clock.now().toISOString(),
      can: {
        work: officer !== undefined,
        assign: has(HEADS, ADMINISTRATORS),
        model: has(ANALYSTS, ADMINISTRATORS),
        publish: has(ANALYSTS, ADMINISTRATORS),
        repair: officer !== undefined,
        money: actor !== undefined && mayHandleMoney(actor),
        cash: actor !== undefined && mayHoldCash(actor),
        books: actor !== undefined && mayKeepBooks(actor),
        intervene: actor !== undefined && mayIntervene(actor),
        migrate: actor !== undefined && mayMigrate(actor),
        configure: has(ADMINISTRATORS),
      },
    };
    ctx.body = session;
  });
}
