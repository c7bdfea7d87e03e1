// Analysts' writing: drafts of life situations, and publication as a new immutable version after the same gate that the repository's check uses.
import {
  compileSituation,
  contentHash,
  effectCards,
  examineSituation,
  legalRules,
  messageCards,
  outcomes,
  pinCalled,
  startTriggers,
  writableEvents,
  type Finding,
  type SituationFiles,
} from '../catalog/index.ts';
import { Problem } from '../domain/problem.ts';
import { newId } from '../platform/ids.ts';
import { reach } from '../platform/crash-point.ts';
import { replaceStarts } from '../store/case-messages.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../store/commands.ts';
import type { Transaction } from '../store/database.ts';
import {
  deleteSituationDraft,
  insertVersion,
  lockSituation,
  newestVersion,
  newestVersions,
  saveSituationDraft,
  situationDraft,
  versionFiles,
  type VersionRow,
} from '../store/situations.ts';
import type { Corridor } from './corridor.ts';

export interface GateReport {
  readonly findings: readonly Finding[];
  readonly scenarios: readonly { readonly name: string; readonly ok: boolean; readonly text: string }[];
}

/** The gate: all rules, and all scenarios straight and with save and recovery after every step. Changes nothing. */
export async function checkFiles(files: SituationFiles): Promise<GateReport> {
  const { findings, scenarios } = await examineSituation(files);
  return { findings, scenarios: scenarios.map(({ name, ok, text }) => ({ name, ok, text })) };
}

/** Saves over revision `revision`; refuses `draft-changed-elsewhere`. Anything may be saved, also what could not be published. */
export function keepSituationDraft(
  corridor: Corridor,
  tenantId: number,
  situation: string,
  by: string,
  save: { readonly files: SituationFiles; readonly revision: number },
): Promise<{ readonly revision: number; readonly savedAt: string }> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    if (!newest) throw new Problem('not-found', 'situation-not-found');
    const at = corridor.clock.now().toISOString();
    if (
      !(await saveSituationDraft(
        trx,
        tenantId,
        { situation, files: save.files, basedOn: newest.number, savedAt: at, savedBy: by },
        save.revision,
      ))
    ) {
      const other = await situationDraft(trx, tenantId, situation);
      throw new Problem('conflict', 'draft-changed-elsewhere', { revision: other?.revision ?? 0, savedBy: other?.savedBy ?? null });
    }
    return { revision: save.revision + 1, savedAt: at };
  });
}

export function dropSituationDraft(corridor: Corridor, tenantId: number, situation: string): Promise<void> {
  return corridor.db.withTenant(tenantId, (trx) => deleteSituationDraft(trx, tenantId, situation));
}

export interface Publication {
  readonly commandId: string;
  readonly situation: string;
  readonly revision: number;
  readonly note: string;
  readonly by: string;
}

/**
 * Publishes the draft. Refuses `draft-changed-elsewhere`, `nothing-to-publish`, `same-content` (number), `publication-refused` (findings); the draft is kept then.
 * The gate runs before the transaction: it takes seconds, and the content's hash is compared again under the lock.
 */
export async function publishDraft(corridor: Corridor, tenantId: number, publication: Publication): Promise<VersionRow> {
  const { situation } = publication;
  const hash = requestHash('publish-situation', [situation, publication.revision]);
  const draft = await corridor.db.withTenant(tenantId, async (trx) => ({
    row: await situationDraft(trx, tenantId, situation),
    earlier: await earlierAnswer(trx, tenantId, publication.commandId, hash),
  }));
  if (draft.earlier) return draft.earlier.result as unknown as VersionRow;
  if (!draft.row) throw new Problem('conflict', 'nothing-to-publish');
  if (draft.row.revision !== publication.revision)
    throw new Problem('conflict', 'draft-changed-elsewhere', { revision: draft.row.revision });
  const files = await withCalled(corridor, tenantId, draft.row.files);
  await refuseSameContent(corridor, tenantId, situation, files);
  const report = await checkFiles(files);
  if (report.findings.some((finding) => finding.severity === 'error')) throw new Problem('invalid', 'publication-refused', { ...report });
  const transaction = corridor.db.withTenant(tenantId, async (trx) => {
    await lockSituation(trx, tenantId, situation);
    const now = await situationDraft(trx, tenantId, situation);
    if (now?.revision !== publication.revision) throw new Problem('conflict', 'draft-changed-elsewhere', { revision: now?.revision ?? 0 });
    const version = await appendVersion(corridor, trx, tenantId, { situation, files, note: publication.note, by: publication.by });
    await deleteSituationDraft(trx, tenantId, situation);
    rememberAnswer(
      trx,
      tenantId,
      { id: publication.commandId, name: 'publish-situation', caseId: null, requestHash: hash, at: version.publishedAt },
      { ...version },
    );
    reach('before-commit:publish-situation');
    return version;
  });
  const published = await withCommandId(transaction);
  reach('after-commit:publish-situation');
  return published;
}

/** The draft's files with the processes that it calls, each in its newest published version. */
export function withCalled(corridor: Corridor, tenantId: number, files: SituationFiles): Promise<SituationFiles> {
  return corridor.db.withTenant(tenantId, (trx) =>
    pinCalled(files, async (processId) => {
      for (const version of await newestVersions(trx, tenantId)) {
        const other = await corridor.shelf.get(version.id, () => versionFiles(trx, tenantId, version.id));
        if (other.model.processId === processId) return other.files;
      }
      return undefined;
    }),
  );
}

function refuseSameContent(corridor: Corridor, tenantId: number, situation: string, files: SituationFiles): Promise<void> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    if (newest?.contentHash === contentHash(files)) throw new Problem('conflict', 'same-content', { number: newest.number });
  });
}

async function appendVersion(
  corridor: Corridor,
  trx: Transaction,
  tenantId: number,
  from: { situation: string; files: SituationFiles; note: string; by: string },
): Promise<VersionRow> {
  const newest = await newestVersion(trx, tenantId, from.situation);
  const at = corridor.clock.now();
  const version: VersionRow = {
    id: newId(at),
    situation: from.situation,
    number: (newest?.number ?? 0) + 1,
    contentHash: contentHash(from.files),
    note: from.note,
    publishedAt: at.toISOString(),
    publishedBy: from.by,
  };
  await insertVersion(trx, tenantId, version, from.files);
  const { model } = await compileSituation(from.files);
  await replaceStarts(trx, tenantId, from.situation, version.id, startTriggers(model));
  return version;
}

/** Publishes what the repository ships, when the town has no version of it yet. Later versions are the town's own affair. */
export function installSituation(
  corridor: Corridor,
  tenantId: number,
  situation: string,
  files: SituationFiles,
): Promise<VersionRow | undefined> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    await lockSituation(trx, tenantId, situation);
    if (await newestVersion(trx, tenantId, situation)) return undefined;
    return appendVersion(corridor, trx, tenantId, { situation, files, note: 'Dodáno s programem', by: 'Vyřízeno' });
  });
}

/** Files of the newest version, for comparing. */
export function newestFiles(corridor: Corridor, tenantId: number, situation: string): Promise<SituationFiles | undefined> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const newest = await newestVersion(trx, tenantId, situation);
    return newest && versionFiles(trx, tenantId, newest.id);
  });
}

/** Every published process by its id, as a call activity names it. */
export function publishedProcesses(
  corridor: Corridor,
  tenantId: number,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const found: { id: string; title: string }[] = [];
    for (const version of await newestVersions(trx, tenantId)) {
      const { model, sheet } = await corridor.shelf.get(version.id, () => versionFiles(trx, tenantId, version.id));
      found.push({ id: model.processId, title: sheet.title.cs });
    }
    return found;
  });
}

/** What the properties panel offers to an analyst, beside the town's own processes. */
export function vocabulary(): Vocabulary {
  return {
    effects: effectCards.map((card) => ({ name: card.name, title: card.title, local: card.local, inputs: card.inputs })),
    messages: messageCards.map((card) => ({ name: card.name, title: card.title })),
    outcomes: outcomes.map((outcome) => ({ name: outcome.name, title: outcome.title.cs })),
    legalRules: legalRules.map((rule) => ({ name: rule.name, title: rule.title, law: rule.law, events: writableEvents(rule) })),
  };
}

export interface Vocabulary {
  readonly effects: readonly {
    readonly name: string;
    readonly title: string;
    readonly local: boolean;
    readonly inputs: readonly { readonly name: string; readonly title: string; readonly required: boolean }[];
  }[];
  readonly messages: readonly { readonly name: string; readonly title: string }[];
  readonly outcomes: readonly { readonly name: string; readonly title: string }[];
  readonly legalRules: readonly {
    readonly name: string;
    readonly title: string;
    readonly law: string;
    readonly events: readonly string[];
  }[];
}
