// Limits of a town that pages show: above which amount a second person decides.
import { fourEyesAbove as limitOf } from '../domain/money/four-eyes.ts';
import type { Reader } from './reader.ts';

/** Haléře. */
export async function fourEyesAbove(reader: Reader, tenantId: number): Promise<number> {
  const town = (await reader.db.tenants()).find(({ id }) => id === tenantId);
  return limitOf(town?.settings ?? {});
}
