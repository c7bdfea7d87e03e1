// Every few minutes: who works here is taken over from the directory. Leavers are deactivated and their sessions end, returners come back, new groups
// hold at once. A directory that is away, or that would empty the office, changes nothing; administrators are told.
import { planOfficers, doubtAbout, type OfficerPlan } from '../domain/officer-plan.ts';
import { ADMINISTRATORS, HEADS } from '../domain/permission.ts';
import { OutsideFailure, type ListedOfficer, type OfficerDirectory } from '../integrations/connector.ts';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { claimSync, readSync, saveSuccess, saveTrouble, type SyncState, type SyncTrouble } from '../store/directory-sync.ts';
import * as officers from '../store/officers.ts';
import { insertEffects } from '../store/outbox.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { leaversMail, troubleMail, type Addressee } from './directory-mail.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Milliseconds between two looks: a leaver's sessions end within this. */
export const SYNC_MS = 180_000;
/** A poke that comes a little before its time is not a reason to wait for the next one. */
const EARLY_MS = 30_000;

/** How many officers changed. */
export function synchroniseOfficers(workshop: Workshop, everyMs = SYNC_MS - EARLY_MS): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const directory = workshop.connectors.find((connector) => connector.directory !== undefined)?.directory;
    const { db } = workshop.corridor;
    if (!directory || !(await db.withTenant(tenantId, (trx) => claimSync(trx, tenantId, everyMs)))) return 0;
    const read = await readWhole(directory);
    const at = workshop.corridor.clock.now();
    const changed = await db.withTenant(tenantId, (trx) => takeOver({ workshop, trx, tenantId, at }, directory, read));
    workshop.corridor.poke();
    return changed;
  });
}

type Read = { readonly listed: readonly ListedOfficer[] } | { readonly failed: { readonly code: string; readonly about: string } };

async function readWhole(directory: OfficerDirectory): Promise<Read> {
  try {
    return { listed: await directory.people() };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    const about = 'about' in error && typeof error.about === 'string' ? error.about : '';
    return { failed: { code: error.code, about } };
  }
}

interface Desk {
  readonly workshop: Workshop;
  readonly trx: Transaction;
  readonly tenantId: number;
  readonly at: Date;
}

/** The list was read before: while it was read nothing was locked. */
async function takeOver(desk: Desk, { maxLeaversShare }: OfficerDirectory, read: Read): Promise<number> {
  const { trx, tenantId, at } = desk;
  const before = await readSync(trx, tenantId, true);
  if ('failed' in read) return noteTrouble(desk, before, { outcome: 'failed', ...read.failed, leavers: 0 });
  const known = await officers.officersOfDirectory(
    trx,
    tenantId,
    read.listed.map(({ subject }) => subject),
  );
  const plan = planOfficers(known, read.listed);
  const doubt = doubtAbout(plan, known, { maxShare: maxLeaversShare, allowed: before?.allowedLeavers ?? null });
  if (doubt) return noteTrouble(desk, before, { outcome: 'refused', code: doubt, about: '', leavers: plan.leavers.length });
  await carryOut(desk, plan);
  await saveSuccess(trx, tenantId, { officers: read.listed.length, leavers: plan.leavers.length, at });
  return plan.arrivals.length + plan.changes.length + plan.returners.length + plan.leavers.length;
}

async function carryOut(desk: Desk, plan: OfficerPlan): Promise<void> {
  const { trx, tenantId, at } = desk;
  const note = (officerId: string, kind: officers.OfficerEventKind, detail = {}): Promise<void> =>
    officers.addOfficerEvent(trx, tenantId, { id: newId(at), officerId, kind, detail, at });
  for (const { subject, name, email, groups } of plan.arrivals) {
    const id = newId(at);
    await officers.insertOfficer(trx, tenantId, { id, subject, name, email });
    await officers.replaceGroups(trx, tenantId, id, groups);
    await note(id, 'arrived', { groups: [...groups] });
  }
  for (const { known, listed, isRegrouped } of plan.changes) {
    await officers.updateOfficer(trx, tenantId, known.id, listed);
    if (!isRegrouped) continue;
    await officers.replaceGroups(trx, tenantId, known.id, listed.groups);
    await note(known.id, 'regrouped', { before: [...known.groups], groups: [...listed.groups] });
  }
  for (const { id } of plan.returners) if (await officers.markReturned(trx, tenantId, id)) await note(id, 'returned');
  await letGo(desk, plan.leavers, note);
}

async function letGo(
  { workshop, trx, tenantId, at }: Desk,
  leavers: OfficerPlan['leavers'],
  note: (officerId: string, kind: officers.OfficerEventKind, detail: Readonly<Record<string, number>>) => Promise<void>,
): Promise<void> {
  if (leavers.length === 0) return;
  const tasks = await officers.openTasksOfOfficers(
    trx,
    tenantId,
    leavers.map(({ id }) => id),
  );
  for (const { id } of leavers) {
    await officers.markLeft(trx, tenantId, id, at);
    const sessions = await deleteSessionsOf(trx, tenantId, 'officer', id);
    await note(id, 'left', { sessions, tasks: tasks.get(id) ?? 0 });
  }
  const heads = await officers.activeOfGroups(trx, tenantId, [HEADS]);
  const gone = leavers.map(({ id, name }) => ({ id, name, tasks: tasks.get(id) ?? 0 }));
  const town = workshop.corridor.town(tenantId);
  await insertEffects(
    trx,
    tenantId,
    heads.map((head: Addressee) => leaversMail({ head, gone, town, tenantId, at })),
  );
}

/** Administrators are told once for one trouble; a transient one (a restart of the server) only when it lasts to the second look. */
async function noteTrouble(desk: Desk, before: SyncState | undefined, trouble: Omit<SyncTrouble, 'at' | 'told'>): Promise<number> {
  const { workshop, trx, tenantId, at } = desk;
  const { outcome, code, about, leavers } = trouble;
  const isNew = !before?.toldAt || before.code !== code || before.about !== about || before.leavers !== leavers;
  const lasts = outcome === 'refused' || Boolean(before?.failingSince);
  const told = isNew && lasts;
  workshop.log.warn({ tenantId, outcome, code, leavers }, 'officers were not taken over from the directory');
  if (told) {
    const administrators = await officers.activeOfGroups(trx, tenantId, [ADMINISTRATORS]);
    const town = workshop.corridor.town(tenantId);
    const mails = administrators.map((to: Addressee) => troubleMail({ to, code, about, leavers, town, tenantId, at }));
    await insertEffects(trx, tenantId, mails);
  }
  await saveTrouble(trx, tenantId, { ...trouble, at, told });
  return 0;
}
