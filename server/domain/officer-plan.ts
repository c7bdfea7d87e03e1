// What a list of officers from the directory changes about those we know. Pure. A directory that would empty the office is not believed.

export interface ListedPerson {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly groups: readonly string[];
}

export interface KnownPerson extends ListedPerson {
  readonly id: string;
  readonly active: boolean;
  readonly source: 'login' | 'directory';
  /** Set = the directory deactivated him; inactive without it = an administrator did, and the directory does not bring him back. */
  readonly leftAt: Date | null;
}

export interface OfficerPlan {
  readonly arrivals: readonly ListedPerson[];
  /** Known ones whose name, mail or groups differ. */
  readonly changes: readonly { readonly known: KnownPerson; readonly listed: ListedPerson; readonly isRegrouped: boolean }[];
  readonly returners: readonly KnownPerson[];
  readonly leavers: readonly KnownPerson[];
}

export interface LeaverRule {
  /** 0 to 1 of active officers of the directory. */
  readonly maxShare: number;
  /** An administrator allowed exactly so many. */
  readonly allowed: number | null;
}

/** So many may always leave at once: in a small office two are a large share. */
export const ALWAYS_BELIEVED = 2;

export function planOfficers(known: readonly KnownPerson[], listed: readonly ListedPerson[]): OfficerPlan {
  const bySubject = new Map(known.map((officer) => [officer.subject, officer]));
  const listedSubjects = new Set(listed.map(({ subject }) => subject));
  const pairs = listed.flatMap((person) => {
    const officer = bySubject.get(person.subject);
    return officer ? [{ known: officer, listed: person, isRegrouped: !haveSame(officer.groups, person.groups) }] : [];
  });
  return {
    arrivals: listed.filter(({ subject }) => !bySubject.has(subject)),
    changes: pairs.filter(
      ({ known: was, listed: is, isRegrouped }) =>
        isRegrouped || was.name !== is.name || was.email !== is.email || was.source !== 'directory',
    ),
    returners: pairs.map((pair) => pair.known).filter(({ active, leftAt }) => !active && leftAt !== null),
    leavers: known.filter(({ active, source, subject }) => active && source === 'directory' && !listedSubjects.has(subject)),
  };
}

/** Why a plan is not carried out; undefined when it may be. */
export function doubtAbout(
  plan: OfficerPlan,
  known: readonly KnownPerson[],
  { maxShare, allowed }: LeaverRule,
): 'nobody-left' | 'too-many-leavers' | undefined {
  const leaving = plan.leavers.length;
  if (leaving === 0 || leaving === allowed) return undefined;
  const active = known.filter((officer) => officer.active && officer.source === 'directory').length;
  if (leaving === active && plan.arrivals.length === 0 && plan.returners.length === 0) return 'nobody-left';
  return leaving > Math.max(ALWAYS_BELIEVED, Math.floor(active * maxShare)) ? 'too-many-leavers' : undefined;
}

function haveSame(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((item) => b.has(item));
}
