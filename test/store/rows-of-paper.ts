// Rows in the tables of letters on paper, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export function rowsOfPaper(given: {
  readonly at: string;
  readonly caseId: string;
  readonly effectKey: string | undefined;
  readonly documentId: string | undefined;
  readonly officerId: string;
}): Readonly<Record<string, Row>> {
  const { at, caseId, effectKey, documentId, officerId } = given;
  const id = crypto.randomUUID();
  return {
    paper_letter: { id, effect_key: effectKey, case_id: caseId, document_id: documentId, created_at: at },
    paper_letter_event: { letter_id: id, seq: 1, kind: 'printed', batch_id: crypto.randomUUID(), officer_id: officerId, at },
  };
}
