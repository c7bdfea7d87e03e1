// What a deadline or a task is called, and its paragraph, from the version of the situation that the case runs under.
import type { Transaction } from '../../store/database.ts';
import { versionFiles } from '../../store/situations.ts';
import type { Corridor } from '../corridor.ts';

export interface Named {
  readonly versionId: string;
  readonly deadline: string | null;
  readonly taskTitle: string | null;
  readonly taskDeadline: string | null;
}

export function deadlineWords(
  corridor: Corridor,
  tenantId: number,
  named: Named,
): Promise<{ readonly title: string; readonly law: string }> {
  return corridor.db.withTenant(tenantId, async (trx: Transaction) => {
    const { sheet } = await corridor.shelf.get(named.versionId, () => versionFiles(trx, tenantId, named.versionId));
    const name = named.deadline ?? named.taskDeadline;
    const found = sheet.deadlines.find((deadline) => deadline.name === name);
    return { title: named.taskTitle ?? found?.title.cs ?? name ?? '', law: found?.law ?? '' };
  });
}
