// The file that proves a representation: its bytes are kept once, and the representation or the offer points to them.
import { createHash } from 'node:crypto';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export interface EvidenceFile {
  readonly name: string;
  readonly mime: string;
  readonly content: Uint8Array;
}

export async function insertEvidence(
  trx: Transaction,
  tenantId: number,
  file: EvidenceFile & { readonly id: string; readonly addedBy: string; readonly addedAt: string },
): Promise<void> {
  const content = Buffer.from(file.content);
  await trx('representation_evidence').insert({
    tenant_id: tenantId,
    id: file.id,
    name: file.name,
    mime: file.mime,
    size: content.byteLength,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
    added_by: file.addedBy,
    added_at: file.addedAt,
  });
}

export type EvidenceOwner = 'representation' | 'representation_invitation';

/** Written once: false when there is another file, or no such row. */
export async function tieEvidence(
  trx: Transaction,
  tenantId: number,
  owner: EvidenceOwner,
  { id, evidenceId }: { readonly id: string; readonly evidenceId: string },
): Promise<boolean> {
  return (await trx(owner).where({ tenant_id: tenantId, id }).whereNull('evidence_id').update({ evidence_id: evidenceId })) === 1;
}

export async function evidenceFile(trx: Transaction, tenantId: number, id: string): Promise<EvidenceFile | undefined> {
  const [row] = await ask<{ name: string; mime: string; content: Buffer }>(trx, {
    text: 'select name, mime, content from representation_evidence where tenant_id = $1 and id = $2',
    values: [tenantId, id],
  });
  return row;
}

/** Names of files by their ids, for lists. */
export async function evidenceNames(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ask<{ id: string; name: string }>(trx, {
    text: 'select id, name from representation_evidence where tenant_id = $1 and id = any($2::uuid[])',
    values: [tenantId, ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
