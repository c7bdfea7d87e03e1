// The directory of officers for administrators: how the last synchronisation ended, and the permission for many to leave at once.
import type Router from '@koa/router';
import { z } from 'zod';
import type { DirectoryPage } from '../../contract/officers.ts';
import { directoryTrouble } from '../../domain/directory-words.ts';
import { ADMINISTRATORS, permitGroup } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { officerOf, type House } from '../house.ts';
import { readJson } from '../middleware/body.ts';

const permission = z.object({ leavers: z.number().int().min(1).max(100_000) });

export function addDirectoryRoutes(router: Router, { auth }: House): void {
  router.get('/urad/api/directory', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitGroup(actor, [ADMINISTRATORS]);
    const { directory } = auth;
    const state = await directory?.officers.directoryState(tenantId);
    const last = state && {
      outcome: state.outcome,
      text: state.outcome === 'done' ? `Převzato úředníků: ${state.officers}.` : directoryTrouble(state.code, state.about, state.leavers),
      triedAt: state.triedAt.toISOString(),
      succeededAt: state.succeededAt?.toISOString() ?? null,
      officers: state.officers,
      leavers: state.leavers,
      isAllowed: state.allowedLeavers !== null,
    };
    ctx.body = { isOn: directory?.login() !== undefined, last: last ?? null } satisfies DirectoryPage;
  });
  router.post('/urad/api/directory/allow', async (ctx) => {
    const { tenantId, actor } = officerOf(ctx);
    permitGroup(actor, [ADMINISTRATORS]);
    const { leavers } = await readJson(ctx, permission);
    const isAllowed = await auth.directory?.officers.allowLeavers(tenantId, { leavers, officerId: actor.id });
    if (isAllowed !== true) throw new Problem('conflict', 'directory-changed');
    ctx.status = 204;
  });
}
