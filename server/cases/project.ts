// From the engine's waits before and after a step to the rows that opened and closed. Pure.
import { createHash } from 'node:crypto';
import { findNode } from '../catalog/index.ts';
import type { EffectWait, Json, StepResult, TaskWait, TimerWait, TraceEntry, Wait } from '../engine/types.ts';
import type { DocumentRow } from '../store/documents.ts';
import type { NewEffect } from '../store/outbox.ts';
import type { NewSubscription, NewTask, WaitChanges } from '../store/waits.ts';
import { acts } from './acts/index.ts';
import type { CaseFile } from './corridor.ts';
import { prepareEffect } from './effects/prepare-effect.ts';
import { notifications } from './notify.ts';

export interface Projection {
  readonly waits: WaitChanges;
  readonly effects: readonly NewEffect[];
  /** Execution ids of effects that nobody waits for any more. */
  readonly droppedEffects: readonly string[];
}

/** `issued`: documents that acts of this step have made; effects of the same step may send them. */
export function project(file: CaseFile, before: readonly Wait[], result: StepResult, issued: readonly DocumentRow[]): Projection {
  const after = new Set(result.waits.map(identity));
  const known = new Set(before.map(identity));
  const opened = result.waits.filter((wait) => !known.has(identity(wait)));
  const closed = before.filter((wait) => !after.has(identity(wait)));
  const completed = new Set(result.trace.flatMap((entry) => (entry.kind === 'completed' ? [entry.executionId] : [])));
  const rewound = new Set(opened.flatMap((wait) => (wait.kind === 'timer' ? [wait.executionId] : [])));
  const { moved } = file.deadlines.keeper;
  return {
    waits: {
      tasks: opened.filter((wait) => wait.kind === 'task').map((wait) => taskRow(file, wait)),
      timers: opened
        .filter((wait) => wait.kind === 'timer')
        .flatMap((wait) => {
          // A timer that stands still has no row: nothing may wake it.
          if (wait.dueAt === null) return [];
          return [{ ...place(wait), dueAt: wait.dueAt, deadline: wait.deadline ?? null, attachedTo: wait.attachedTo ?? null }];
        }),
      subscriptions: opened.flatMap((wait) => subscriptionRow(wait) ?? []),
      incidents: opened
        .filter((wait) => wait.kind === 'incident')
        .map((wait) => ({ ...place(wait), elementName: wait.name, code: wait.code, reason: wait.reason, since: wait.since })),
      closedTasks: closed.filter((wait) => wait.kind === 'task').map((wait) => wait.executionId),
      closedTimers: closed
        .filter((wait) => wait.kind === 'timer')
        .map((wait) => ({
          executionId: wait.executionId,
          fired:
            completed.has(wait.executionId) || (rewound.has(wait.executionId) && !moved.has(wait.executionId) && isDue(wait, file.now)),
        })),
      closedSubscriptions: closed.filter((wait) => wait.kind === 'message' || wait.kind === 'signal').map((wait) => wait.executionId),
      closedIncidents: closed.filter((wait) => wait.kind === 'incident').map((wait) => wait.executionId),
    },
    effects: [
      ...opened
        .filter((wait): wait is EffectWait => wait.kind === 'effect' && !(wait.effect in acts))
        .map((wait) => effectRow(file, wait, result, issued)),
      ...notifications(file, before, result),
    ],
    droppedEffects: closed.filter((wait) => wait.kind === 'effect').map((wait) => wait.executionId),
  };
}

/** A timer that was set anew before its time (a stopped case, a moved deadline) has not fired. */
const isDue = (timer: TimerWait, now: string): boolean => timer.dueAt !== null && timer.dueAt <= now;
/** An effect that becomes an incident keeps its execution id, and so does a repeating timer with its next due time. */
const identity = (wait: Wait): string => `${wait.kind} ${wait.executionId} ${wait.kind === 'timer' ? wait.dueAt : ''}`;
const place = (wait: Wait): { executionId: string; elementId: string } => ({ executionId: wait.executionId, elementId: wait.elementId });

function subscriptionRow(wait: Wait): NewSubscription | undefined {
  if (wait.kind !== 'message' && wait.kind !== 'signal') return undefined;
  return {
    ...place(wait),
    kind: wait.kind,
    message: wait.kind === 'message' ? wait.message : wait.signal,
    correlationKey: wait.kind === 'message' ? (wait.key ?? null) : null,
    attachedTo: wait.attachedTo ?? null,
    since: wait.since,
  };
}

/** The row of a task as the diagram and the sheet have it. What is merely offered has no group: it is in nobody's queue. */
export function taskRow(file: CaseFile, wait: TaskWait): NewTask {
  const isOffer = findNode(file.situation.model, wait.elementId)?.offer === true;
  const group = wait.role === 'applicant' || isOffer ? null : (file.situation.sheet.roles[wait.role]?.group ?? wait.role);
  return {
    ...place(wait),
    title: wait.name,
    role: wait.role,
    groupName: group,
    form: wait.form ?? null,
    input: wait.input as Json,
    deadline: wait.deadline ?? null,
    dueAt: wait.deadline === undefined ? null : file.deadlines.keeper.dueOfTask(wait.deadline, wait.since),
    since: wait.since,
  };
}

function effectRow(file: CaseFile, wait: EffectWait, result: StepResult, issued: readonly DocumentRow[]): NewEffect {
  return {
    ...prepareEffect(file, wait, result, issued),
    key: effectKey(file, wait.executionId),
    caseId: file.row.id,
    executionId: wait.executionId,
    elementId: wait.elementId,
    at: file.now,
  };
}

/** Stable over all tries, recomputable from case and execution; fits the 50 characters of dmSenderIdent. */
export function effectKey(file: CaseFile, executionId: string): string {
  return createHash('sha256').update(`${file.tenantId}/${file.row.id}/${executionId}`).digest('hex').slice(0, 40);
}

/** What the journal keeps of a step: elements, flows and decisions with rule numbers; values and texts stay out. */
export function journalDetail(detail: Readonly<Record<string, Json>>, result: StepResult): Readonly<Record<string, Json>> {
  return { ...detail, trace: result.trace.map(journalEntry), ...(result.ended ? { ended: { ...result.ended } } : {}) };
}

function journalEntry(entry: TraceEntry): Json {
  switch (entry.kind) {
    case 'flow':
      return { k: 'flow', e: entry.elementId };
    case 'decision':
      return { k: 'decision', e: entry.elementId, rules: entry.decision.rules.map((rule) => rule.number) };
    case 'incident':
      return { k: 'incident', e: entry.elementId, x: entry.executionId, code: entry.code };
    default:
      return { k: entry.kind, e: entry.elementId, x: entry.executionId, at: entry.at };
  }
}
