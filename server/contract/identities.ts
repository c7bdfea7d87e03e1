// "Moje identity, přihlášení a zastupování": shapes only. Base path `/api/me`; always about the person who sits at the browser, whomever he acts for.

export type Act = 'read' | 'file' | 'account';
export type RepresentationKind = 'statutory' | 'mandate' | 'guardian' | 'data-box';

/** GET /api/me */
export interface OwnPage {
  readonly name: string;
  /** Identities, mandates and sessions may be changed now; otherwise a fresh login is needed first. */
  readonly fresh: boolean;
  readonly loa: 'low' | 'substantial' | 'high';
  readonly identities: readonly OwnIdentityCard[];
  readonly sessions: readonly OwnSessionCard[];
  readonly actsFor: readonly RepresentationCard[];
  readonly actedBy: readonly RepresentationCard[];
  readonly offers: readonly OfferCard[];
  readonly events: readonly { readonly id: string; readonly at: string; readonly kind: string; readonly byOffice: boolean }[];
  /** In whose name a mandate is given now. Null = the person may not give any (he holds a mandate himself). */
  readonly grantingFor: string | null;
  /** Life situations a mandate may be limited to. */
  readonly situations: readonly { readonly id: string; readonly title: string }[];
  readonly today: string;
}
export interface OwnIdentityCard {
  readonly key: string;
  /** `nia`, `mojeid`, `bankid`, `isds`. */
  readonly provider: string;
  readonly loa: 'low' | 'substantial' | 'high';
  readonly linkedAt: string | null;
  readonly lastLoginAt: string;
  /** This session was opened with it. */
  readonly current: boolean;
}
export interface OwnSessionCard {
  readonly key: string;
  /** As the browser calls itself. */
  readonly device: string | null;
  readonly provider: string | null;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}
export interface ScopeCard {
  /** Titles; null = all. */
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
  readonly validFrom: string;
  readonly validTo: string | null;
}
export interface RepresentationCard extends ScopeCard {
  readonly id: string;
  readonly kind: RepresentationKind;
  readonly principal: string;
  readonly ico: string | null;
  readonly representative: string;
  readonly evidence: string;
  /** Name of the file that proves it; null = only words. */
  readonly evidenceFile: string | null;
  readonly inForce: boolean;
  readonly revokedAt: string | null;
  /** It can be chosen in this session. */
  readonly usable: boolean;
  readonly chosen: boolean;
}
export interface OfferCard extends ScopeCard {
  readonly id: string;
  readonly evidenceFile: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
}
/** POST /api/me/mandates → 201 MandateOffered. Codes: login-not-fresh, loa-too-low, mandate-not-passed-on, mandate-period-wrong, mandate-scope-empty. DELETE /api/me/offers/:id → 204. */
export interface OfferMandate {
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
  readonly validFrom: string;
  readonly validTo: string;
  /** Where the link is sent; null = the person hands it over himself. */
  readonly email: string | null;
}
export interface MandateOffered {
  readonly id: string;
  /** Shown once; whoever has it accepts the mandate with his own login. */
  readonly link: string;
  readonly expiresAt: string;
}
/** POST /api/me/offers/look {code} → OpenOffer; POST /api/me/offers/accept {code} → {id}. Codes: invitation-not-found, invitation-over, mandate-to-self. */
export interface OpenOffer extends ScopeCard {
  readonly principal: string;
  readonly kind: RepresentationKind;
  readonly expiresAt: string;
}
// POST /api/me/offers/:id/files?name= (raw bytes) → 204; GET /api/me/offers/:id/evidence, /api/me/representations/:id/evidence → the file. The office: the same under
// /urad/api/representations/:id. Codes: evidence-already-there, evidence-not-found, file-empty, file-too-large, file-type-not-allowed, representation-not-found.
// POST /api/me/act {representation: id | null} → 204 · POST /api/me/representations/:id/end → 204 · DELETE /api/me/sessions/:key → 204
// POST /api/me/sessions/end-others → {ended} · POST /api/me/identities/:key/remove → 204 (new cookie)

/** GET /urad/api/representations?q= → {representations}; POST → Registered; POST /urad/api/representations/:id/end → 204. */
export interface OfficeRepresentations {
  readonly representations: readonly RepresentationCard[];
  readonly situations: readonly { readonly id: string; readonly title: string }[];
}
/** `link` when the representative has to accept it with his own login. */
export interface Registered {
  readonly id: string;
  readonly link: string | null;
}
