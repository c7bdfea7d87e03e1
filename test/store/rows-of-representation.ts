// Rows in the tables of identities and representation, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export function rowsOfRepresentation(given: {
  readonly at: string;
  readonly personId: string;
  readonly otherId: string;
}): Readonly<Record<string, Row | readonly Row[]>> {
  const { at, personId, otherId } = given;
  const scope = { acts: ['read'], valid_from: '2026-03-02', evidence: 'x', granted_by: `person:${personId}` };
  return {
    representation: {
      ...scope,
      id: crypto.randomUUID(),
      principal_id: personId,
      representative_id: otherId,
      kind: 'mandate',
      granted_at: at,
    },
    representation_invitation: {
      ...scope,
      id: crypto.randomUUID(),
      code_hash: crypto.randomUUID(),
      principal_id: personId,
      kind: 'mandate',
      created_at: at,
      expires_at: at,
    },
    representation_evidence: {
      id: crypto.randomUUID(),
      name: 'x.pdf',
      mime: 'application/pdf',
      size: 1,
      sha256: 'x',
      content: Buffer.from('x'),
      added_by: `person:${personId}`,
      added_at: at,
    },
    person_event: { id: crypto.randomUUID(), person_id: personId, at, kind: 'identity-joined', actor: 'system' },
  };
}
