// Life situations for analysts: versions with the cases that run on them, drafts, token counts.
import { doubtsOf } from '../catalog/index.ts';
import type { SituationDraft, SituationList, SituationVersion, VersionRow } from '../contract/office.ts';
import { Problem } from '../domain/problem.ts';
import type { Transaction } from '../store/database.ts';
import { newestVersion, newestVersions, situationDraft, versionFiles, versionsOf } from '../store/situations.ts';
import { tokenCounts } from '../store/tokens.ts';
import { inTurn, situationOf, type Reader } from './reader.ts';

export function listSituations(reader: Reader, tenantId: number): Promise<SituationList> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersions(trx, tenantId);
    const situations = await inTurn(newest, async (version) => {
      const { sheet } = await situationOf(reader, trx, tenantId, version.id);
      const draft = await situationDraft(trx, tenantId, version.situation);
      return {
        id: version.situation,
        title: sheet.title.cs,
        department: sheet.department,
        versions: await versionRows(trx, tenantId, version.situation),
        hasDraft: draft !== undefined,
        draftSavedAt: draft?.savedAt ?? null,
        draftBy: draft?.savedBy ?? null,
      };
    });
    return { situations: [...situations].sort((a, b) => a.title.localeCompare(b.title, 'cs')) };
  });
}

export async function versionRows(trx: Transaction, tenantId: number, situation: string): Promise<readonly VersionRow[]> {
  const versions = await versionsOf(trx, tenantId, situation);
  const { rows } = await trx.raw<{ rows: { version_id: string; running: number; ended: number }[] }>(
    `select version_id, (count(*) filter (where ended_at is null))::int as running, (count(*) filter (where ended_at is not null))::int as ended
       from cases where tenant_id = ? and situation = ? group by version_id`,
    [tenantId, situation],
  );
  return versions.map((version) => {
    const counted = rows.find((row) => row.version_id === version.id);
    return {
      number: version.number,
      publishedAt: version.publishedAt,
      publishedBy: version.publishedBy,
      note: version.note,
      contentHash: version.contentHash,
      runningCases: counted?.running ?? 0,
      endedCases: counted?.ended ?? 0,
    };
  });
}

/** The saved draft, or one made from the newest version. */
export function readSituationDraft(reader: Reader, tenantId: number, situation: string): Promise<SituationDraft> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    if (!newest) throw new Problem('not-found', 'situation-not-found');
    const base = (await versionFiles(trx, tenantId, newest.id)) ?? {};
    const draft = await situationDraft(trx, tenantId, situation);
    const files = draft?.files ?? base;
    const { sheet } = await situationOf(reader, trx, tenantId, newest.id);
    const names = [...new Set([...Object.keys(base), ...Object.keys(files)])].sort();
    return {
      situation,
      title: sheet.title.cs,
      files,
      revision: draft?.revision ?? 0,
      savedAt: draft?.savedAt ?? null,
      basedOn: draft?.basedOn ?? newest.number,
      changedFiles: names.filter((name) => base[name] !== files[name]),
    };
  });
}

export function readSituationVersion(reader: Reader, tenantId: number, situation: string, number: number): Promise<SituationVersion> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const version = (await versionsOf(trx, tenantId, situation)).find((candidate) => candidate.number === number);
    if (!version) throw new Problem('not-found', 'version-not-found');
    const compiled = await situationOf(reader, trx, tenantId, version.id);
    const counts = await tokenCounts(trx, tenantId, version.id, reader.now().toISOString());
    const rows = await versionRows(trx, tenantId, situation);
    return {
      situation,
      title: compiled.sheet.title.cs,
      number,
      files: compiled.files,
      tokens: Object.fromEntries(counts.map((count) => [count.elementId, count.tokens])),
      overdue: Object.fromEntries(counts.filter((count) => count.overdue > 0).map((count) => [count.elementId, count.overdue])),
      runningCases: rows.find((row) => row.number === number)?.runningCases ?? 0,
      newest: Math.max(...rows.map((row) => row.number)),
      doubts: await doubtsOf(compiled),
    };
  });
}
