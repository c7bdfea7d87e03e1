// What the read models work with. Nothing here writes.
import { findNode, type CompiledSituation, type SituationShelf } from '../catalog/index.ts';
import type { Database, Transaction } from '../store/database.ts';
import { versionFiles } from '../store/situations.ts';

export interface Reader {
  readonly db: Database;
  readonly shelf: SituationShelf;
  readonly now: () => Date;
  /** The town's account for payments: the one that held when it was prescribed; without a moment the one that holds now. */
  readonly account: (tenantId: number, prescribedAt?: string) => { readonly account: string; readonly iban: string };
}
export type Lang = 'cs' | 'en';

export const situationOf = (reader: Reader, trx: Transaction, tenantId: number, versionId: string): Promise<CompiledSituation> =>
  reader.shelf.get(versionId, () => versionFiles(trx, tenantId, versionId));

/** Its name as drawn; undefined when the version has no such element. */
export const elementName = (situation: CompiledSituation, elementId: string): string | undefined =>
  findNode(situation.model, elementId)?.name;

export const inLang = (text: { readonly cs: string; readonly en?: string }, lang: Lang): string =>
  lang === 'en' ? (text.en ?? text.cs) : text.cs;

/** One after the other: a transaction has one connection, and a connection answers one question at a time. */
export async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
