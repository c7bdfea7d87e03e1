// Mandates: offered to somebody by a code that works once, accepted with his own login, ended at any time by either side (§ 441 and § 448 zákona č. 89/2012 Sb.).
// A mandate is not passed on: only the person himself, or the statutory body of a company, gives one.
import { Problem } from '../domain/problem.ts';
import { permitWish, type RepresentationKind, type Wish } from '../domain/representation.ts';
import { newId } from '../platform/ids.ts';
import type { Database, Transaction } from '../store/database.ts';
import {
  insertInvitation,
  invitationByCode,
  markInvitationUsed,
  openInvitations,
  withdrawInvitation,
  type InvitationRow,
} from '../store/invitations.ts';
import { insertEffects } from '../store/outbox.ts';
import { findPerson, type PersonRow } from '../store/people.ts';
import { insertRepresentation, representationById, revokeRepresentation } from '../store/representations.ts';
import { hashSecret, newSecret, FRESH_MS, type CitizenSession } from './sessions.ts';
import { recordAndTell } from './tell-person.ts';

const DAY = 86_400_000;
/** A code that nobody took up is worthless after so long. Milliseconds. */
export const INVITATION_MS = 7 * DAY;

export interface Offer extends Wish {
  readonly kind: Exclude<RepresentationKind, 'data-box'>;
  readonly principalId: string;
  /** `person:<id>` or `officer:<id>`. */
  readonly grantedBy: string;
  readonly evidence: string;
  readonly caseId: string | null;
}
export interface Offered {
  readonly id: string;
  /** Given to the holder; exists nowhere else. */
  readonly code: string;
  readonly expiresAt: string;
}

export interface Scene {
  readonly trx: Transaction;
  readonly tenantId: number;
  readonly now: Date;
  readonly today: string;
}

/** In whose name this session may give a mandate. Refuses `login-not-fresh`, `loa-too-low`, `representation-ended` and `mandate-not-passed-on`. */
export function grantingFor(session: CitizenSession, now: Date): PersonRow {
  requireFresh(session, now);
  const { acting } = session;
  if (!acting) return session.person;
  if (acting.ended) throw new Problem('forbidden', 'representation-ended');
  if (!acting.mayGrant) throw new Problem('forbidden', 'mandate-not-passed-on');
  return acting.principal;
}

/** Changing who may act for whom needs a login of the last minutes (OWASP ASVS 5.0, 7.5.1), at the level substantial at least. */
export function requireFresh(session: CitizenSession, now: Date): void {
  if (session.loa === 'low') throw new Problem('forbidden', 'loa-too-low', { required: 'substantial' });
  if (now.getTime() - session.provedAt.getTime() >= FRESH_MS) throw new Problem('forbidden', 'login-not-fresh');
}

/** Refuses what `permitWish` refuses. */
export async function offer({ trx, tenantId, now, today }: Scene, wanted: Offer): Promise<Offered> {
  if (wanted.kind === 'mandate') permitWish(wanted, today);
  const code = newSecret();
  const id = newId(now);
  const expiresAt = new Date(now.getTime() + INVITATION_MS).toISOString();
  await insertInvitation(trx, tenantId, { ...wanted, id, codeHash: hashSecret(code), createdAt: now.toISOString(), expiresAt });
  return { id, code, expiresAt };
}

/** The offer as its holder reads it. Refuses `invitation-not-found` and `invitation-over`. */
export async function openOffer({ trx, tenantId, now }: Scene, code: string): Promise<InvitationRow & { readonly principal: PersonRow }> {
  const row = await invitationByCode(trx, tenantId, hashSecret(code));
  const principal = row && (await findPerson(trx, tenantId, row.principalId));
  if (!row || !principal) throw new Problem('not-found', 'invitation-not-found');
  if (row.usedAt !== null || row.withdrawnAt !== null || row.expiresAt <= now.toISOString()) throw new Problem('gone', 'invitation-over');
  return { ...row, principal };
}

/** Refuses also `mandate-to-self`: nobody represents himself, and who gives a mandate for a company does not give it to himself. */
export async function accept(scene: Scene, code: string, session: CitizenSession): Promise<string> {
  const { trx, tenantId, now } = scene;
  requireFresh(session, now);
  const row = await openOffer(scene, code);
  const { person } = session;
  if (row.principalId === person.id || row.grantedBy === `person:${person.id}`) throw new Problem('conflict', 'mandate-to-self');
  await markInvitationUsed(trx, tenantId, row.id, now.toISOString());
  return begin(scene, { ...row, representative: person });
}

export async function begin(
  { trx, tenantId, now }: Scene,
  given: Offer & { readonly principal: PersonRow; readonly representative: PersonRow; readonly evidenceId?: string | null },
): Promise<string> {
  const { principal, representative, kind, evidenceId = null } = given;
  const id = newId(now);
  const mayGrant = kind === 'statutory';
  const { principalId, situations, acts, validFrom, validTo, evidence, caseId, grantedBy } = given;
  await insertRepresentation(trx, tenantId, {
    ...{ id, principalId, situations, acts, validFrom, validTo, evidence, evidenceId, caseId, grantedBy, kind, mayGrant },
    representativeId: representative.id,
    dataBox: null,
    grantedAt: now.toISOString(),
  });
  const event = { kind: 'representation-began', actor: grantedBy, detail: { representation: id, kind } } as const;
  await recordAndTell(trx, tenantId, event, { person: principal, now });
  await recordAndTell(trx, tenantId, event, { person: representative, now });
  return id;
}

/** Who may end it: either side, who rules the principal company in this session, or an officer. Refuses `representation-not-found`. */
export async function end(
  { trx, tenantId, now }: Scene,
  id: string,
  by: { readonly actor: string; readonly sides: readonly string[] | 'any' },
): Promise<void> {
  const row = await representationById(trx, tenantId, id);
  const mayEnd = row && (by.sides === 'any' || by.sides.includes(row.principalId) || by.sides.includes(row.representativeId));
  if (!mayEnd) throw new Problem('not-found', 'representation-not-found');
  if (!(await revokeRepresentation(trx, tenantId, id, { at: now.toISOString(), by: by.actor })))
    throw new Problem('conflict', 'representation-ended');
  const event = { kind: 'representation-ended', actor: by.actor, detail: { representation: id } } as const;
  for (const personId of [row.principalId, row.representativeId]) {
    const person = await findPerson(trx, tenantId, personId);
    if (person) await recordAndTell(trx, tenantId, event, { person, now });
  }
}

/** The code by e-mail: only the link, no names and no scope. */
export async function mailOffer(
  { trx, tenantId, now }: Scene,
  offered: Offered,
  { to, link, lang }: { readonly to: string; readonly link: string; readonly lang: string },
): Promise<void> {
  const [subject, text] =
    lang === 'en'
      ? [
          'Somebody offers you to represent them',
          `Open the link, log in and read what it is about: ${link}\n\nThe link works once, for seven days. Ignore it if you do not want it.`,
        ]
      : [
          'Někdo vám nabízí, abyste ho zastupovali',
          `Otevřete odkaz, přihlaste se a přečtěte si, o co jde: ${link}\n\nOdkaz platí sedm dní a dá se použít jednou. Pokud o to nestojíte, nic nedělejte.`,
        ];
  await insertEffects(trx, tenantId, [
    {
      ...{ key: hashSecret(`${tenantId}/mandate-offer/${offered.id}`).slice(0, 40), caseId: null, executionId: null, elementId: null },
      effect: 'mail.send',
      title: 'Nabídka zastupování',
      input: { to, subject: subject ?? '', text: text ?? '', documents: [] },
      subject: offered.id,
      at: now.toISOString(),
    },
  ]);
}

export interface Mandates {
  inScene<T>(tenantId: number, work: (scene: Scene) => Promise<T>): Promise<T>;
  offersOf(tenantId: number, principalId: string): Promise<readonly InvitationRow[]>;
  /** Refuses `invitation-not-found`. */
  withdrawOffer(tenantId: number, id: string, principalId: string): Promise<void>;
}

export function createMandates(db: Database, now: () => Date, today: () => string): Mandates {
  return {
    inScene: (tenantId, work) => db.withTenant(tenantId, (trx) => work({ trx, tenantId, now: now(), today: today() })),
    offersOf: (tenantId, principalId) => db.withTenant(tenantId, (trx) => openInvitations(trx, tenantId, principalId, now().toISOString())),
    withdrawOffer: (tenantId, id, principalId) =>
      db.withTenant(tenantId, async (trx) => {
        if (!(await withdrawInvitation(trx, tenantId, { id, principalId, at: now().toISOString() })))
          throw new Problem('not-found', 'invitation-not-found');
      }),
  };
}
