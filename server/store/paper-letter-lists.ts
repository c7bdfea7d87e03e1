// Letters on paper by where they stand: counted and found in one statement each, without reading the notes of all of them.
import type { PersonAddress } from './people.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

type View = 'waiting' | 'printed' | 'posted' | 'returned' | 'delivered';
const VIEWS: readonly View[] = ['waiting', 'printed', 'posted', 'returned', 'delivered'];
const MOST = 200;

/** The last note that counts says where a letter stands (domain/paper-letter.ts); one that nobody waits for any more is gone. */
const STANDING = `select p.id, p.case_id, p.document_id, p.created_at, last.at as last_at,
    case coalesce(last.kind, 'waiting') when 'stored' then 'posted' else coalesce(last.kind, 'waiting') end as view
  from paper_letter p
  join outbox o on o.tenant_id = p.tenant_id and o.key = p.effect_key and o.state <> 'dropped'
  left join lateral (
    select e.kind, e.at from paper_letter_event e
     where e.tenant_id = p.tenant_id and e.letter_id = p.id and e.kind not in ('addressed', 'taken-back')
       and not exists (select from paper_letter_event x where x.tenant_id = e.tenant_id and x.letter_id = e.letter_id and x.cancels = e.seq)
     order by e.seq desc limit 1) last on true
  where p.tenant_id = $1`;

export async function countPaperLetters(trx: Transaction, tenantId: number): Promise<Readonly<Record<View, number>>> {
  const rows = await ask<{ view: View; count: number }>(trx, {
    text: `select view, count(*)::int as count from (${STANDING}) s group by view`,
    values: [tenantId],
  });
  const found = new Map(rows.map(({ view, count }) => [view, count]));
  return Object.fromEntries(VIEWS.map((view) => [view, found.get(view) ?? 0])) as Record<View, number>;
}

/** The oldest first, of the delivered ones the newest. `q`: number, mark, name, or posting number. */
export async function findPaperLetters(trx: Transaction, tenantId: number, view: View, q: string): Promise<readonly string[]> {
  const like = q.trim() === '' ? '' : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const order = view === 'delivered' ? 's.last_at desc' : 's.created_at';
  const rows = await ask<{ id: string }>(trx, {
    text: `select s.id from (${STANDING}) s
             join cases c on c.tenant_id = $1 and c.id = s.case_id
             join document d on d.tenant_id = $1 and d.id = s.document_id
             left join person a on a.tenant_id = $1 and a.id = c.applicant_id
            where s.view = $2 and ($3 = '' or c.mark ilike $3 or d.number ilike $3 or d.title ilike $3 or a.given_name || ' ' || a.family_name ilike $3
              or exists (select from paper_letter_event e where e.tenant_id = $1 and e.letter_id = s.id and e.detail ->> 'postingNumber' ilike replace($3, ' ', '')))
            order by ${order}, s.id limit ${MOST}`,
    values: [tenantId, view, like],
  });
  return rows.map(({ id }) => id);
}

/** What stands around a letter: its case, its document, its addressee. */
export type PaperFacts = {
  readonly id: string;
  readonly mark: string;
  readonly versionId: string;
  readonly title: string;
  readonly number: string | null;
  /** Null = the case has no applicant. */
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly address: PersonAddress | null;
};
export async function paperFacts(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlyMap<string, PaperFacts>> {
  const rows = await ask<PaperFacts>(trx, {
    text: `select p.id, c.mark, c.version_id as "versionId", d.title, d.number, a.given_name as "givenName", a.family_name as "familyName", a.address
             from paper_letter p
             join cases c on c.tenant_id = p.tenant_id and c.id = p.case_id
             join document d on d.tenant_id = p.tenant_id and d.id = p.document_id
             left join person a on a.tenant_id = p.tenant_id and a.id = c.applicant_id
            where p.tenant_id = $1 and p.id = any($2)`,
    values: [tenantId, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}
