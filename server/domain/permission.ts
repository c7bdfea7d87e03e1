// Who may do what to a case. Pure: the caller brings the facts.
import { Problem } from './problem.ts';
import type { Scope } from './representation.ts';

export type Actor =
  /** `id` is whose matter it is; `by` says who acts for him. */
  | { readonly kind: 'citizen'; readonly id: string; readonly by?: Representing }
  | { readonly kind: 'officer'; readonly id: string; readonly groups: readonly string[] }
  /** Time, and what comes from outside: no person behind it. */
  | { readonly kind: 'clock' }
  | { readonly kind: 'outside'; readonly id: string };

/** Somebody acts for a person or a company. The scope is checked at the door, and against the row itself in the corridor. */
export interface Representing {
  readonly personId: string;
  readonly representationId: string;
  readonly scope: Scope;
}

/** Groups with a meaning of their own; all others only work their queues. */
export const HEADS = 'vedouci';
export const ANALYSTS = 'analytici';
export const ADMINISTRATORS = 'spravci';
/** Pokladna: takes cash and cards at a desk. */
export const CASHIERS = 'pokladna';
/** Účetní: months, journal, export, approvals of money. */
export const ACCOUNTANTS = 'ucetni';
/** Podatelna: keeps the register of documents. */
export const REGISTRARS = 'podatelna';

export interface TaskFacts {
  readonly role: string;
  readonly groupName: string | null;
  readonly assigneeId: string | null;
  /** Group that may do it though it is in nobody's queue: what is offered, and what officers may do for the applicant. */
  readonly helpers?: string | null;
}

export const isHead = (actor: Actor): boolean =>
  actor.kind === 'officer' && (actor.groups.includes(HEADS) || actor.groups.includes(ADMINISTRATORS));

export const isOfGroup = (groups: readonly string[], task: Pick<TaskFacts, 'groupName'>): boolean =>
  task.groupName !== null && groups.includes(task.groupName);

/** Does the task belong to this actor's desk at all: by his group, as a head, or because it was given to him? The applicant's tasks are his alone (role `applicant`), unless the diagram names who may stand in for him. */
export function mayWorkOn(actor: Actor, task: TaskFacts, applicantId: string | null): boolean {
  if (task.role === 'applicant' && actor.kind === 'citizen') return actor.id === applicantId;
  if (isHelper(actor, task)) return true;
  if (task.role === 'applicant') return false;
  return actor.kind === 'officer' && (isHead(actor) || actor.id === task.assigneeId || isOfGroup(actor.groups, task));
}

const isHelper = (actor: Actor, { helpers }: TaskFacts): boolean =>
  actor.kind === 'officer' && typeof helpers === 'string' && (isHead(actor) || actor.groups.includes(helpers));

/** Refuses with `task-not-yours` or `task-claimed-by-other`. An unclaimed task may be completed at once by anyone of its group. */
export function permitCompletion(actor: Actor, task: TaskFacts, applicantId: string | null): void {
  if (!mayWorkOn(actor, task, applicantId)) throw new Problem('forbidden', 'task-not-yours');
  if (actor.kind === 'officer' && task.assigneeId !== null && task.assigneeId !== actor.id) {
    throw new Problem('conflict', 'task-claimed-by-other', { officerId: task.assigneeId });
  }
}

/** Only the applicant withdraws, and only his own case (§ 45 odst. 4 zákona č. 500/2004 Sb.). */
export function permitApplicant(actor: Actor, applicantId: string | null): void {
  if (actor.kind !== 'citizen' || actor.id !== applicantId) throw new Problem('not-found', 'case-not-found');
}

export function permitOfficer(actor: Actor): asserts actor is Extract<Actor, { kind: 'officer' }> {
  if (actor.kind !== 'officer') throw new Problem('forbidden', 'officers-only');
}

/** Who only models processes has nothing to do with money; who only sits at the cash desk takes it and changes nothing else. */
export const mayHandleMoney = (actor: Actor): boolean =>
  actor.kind === 'officer' && actor.groups.some((group) => group !== ANALYSTS && group !== CASHIERS);

/** Who works with citizens' papers enters whom they have empowered; who only models processes or only takes cash does not. Refuses with `not-permitted`. */
export function permitRegister(actor: Actor): void {
  if (!mayHandleMoney(actor)) throw new Problem('forbidden', 'not-permitted');
}

/** Refuses with `not-permitted`. */
export function permitMoney(actor: Actor): void {
  if (!mayHandleMoney(actor)) throw new Problem('forbidden', 'not-permitted');
}

/** Only a cashier sits at a cash desk. */
export const mayHoldCash = (actor: Actor): boolean => actor.kind === 'officer' && actor.groups.includes(CASHIERS);

/** Refuses with `not-permitted`. */
export function permitCash(actor: Actor): void {
  if (!mayHoldCash(actor)) throw new Problem('forbidden', 'not-permitted', { needed: [CASHIERS] });
}

/** Accountants and heads keep the books: months, journal, export; and decide as the second person (§ 26 zákona č. 320/2001 Sb.). */
export const mayKeepBooks = (actor: Actor): boolean => isHead(actor) || (actor.kind === 'officer' && actor.groups.includes(ACCOUNTANTS));

/** Refuses with `not-permitted`. */
export function permitBooks(actor: Actor): void {
  if (!mayKeepBooks(actor)) throw new Problem('forbidden', 'not-permitted', { needed: [ACCOUNTANTS, HEADS, ADMINISTRATORS] });
}

/** Accounts of payers are seen by whoever works with their money, at a desk or in the books. */
export const maySeeMoney = (actor: Actor): boolean => mayHandleMoney(actor) || mayHoldCash(actor);

/** Refuses with `not-permitted`. */
export function permitSeeingMoney(actor: Actor): void {
  if (!maySeeMoney(actor)) throw new Problem('forbidden', 'not-permitted');
}

export function permitGroup(actor: Actor, groups: readonly string[]): void {
  permitOfficer(actor);
  if (!groups.some((group) => actor.groups.includes(group))) throw new Problem('forbidden', 'not-permitted', { needed: groups });
}

/** Who keeps the register takes it out whole and compares it with the eSSL. */
export const mayKeepRecords = (actor: Actor): boolean => isHead(actor) || (actor.kind === 'officer' && actor.groups.includes(REGISTRARS));

/** Refuses with `not-permitted`. */
export function permitRecords(actor: Actor): asserts actor is Extract<Actor, { kind: 'officer' }> {
  if (!mayKeepRecords(actor)) throw new Problem('forbidden', 'not-permitted', { needed: [REGISTRARS, HEADS, ADMINISTRATORS] });
}

/** Heads, analysts and administrators intervene in running cases: move a token, stop a case, answer for a step that got stuck. */
export const mayIntervene = (actor: Actor): boolean => isHead(actor) || (actor.kind === 'officer' && actor.groups.includes(ANALYSTS));

/** Refuses with `not-permitted`. */
export function permitIntervention(actor: Actor): asserts actor is Extract<Actor, { kind: 'officer' }> {
  if (!mayIntervene(actor)) throw new Problem('forbidden', 'not-permitted', { needed: [HEADS, ANALYSTS, ADMINISTRATORS] });
}

/** Who publishes versions also says which cases go over to them. */
export const mayMigrate = (actor: Actor): boolean =>
  actor.kind === 'officer' && (actor.groups.includes(ANALYSTS) || actor.groups.includes(ADMINISTRATORS));

/** Refuses with `not-permitted`. */
export function permitMigration(actor: Actor): asserts actor is Extract<Actor, { kind: 'officer' }> {
  if (!mayMigrate(actor)) throw new Problem('forbidden', 'not-permitted', { needed: [ANALYSTS, ADMINISTRATORS] });
}
