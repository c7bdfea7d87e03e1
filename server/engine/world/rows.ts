// From the engine's trace to rows: one for each completed flow node, in order of completion. Sequence flows are not rows.
import { nodeOf } from '../process-model.ts';
import type { NodeKind, ProcessModel, ProcessNode } from '../process-model.ts';
import type { Instant, TraceEntry } from '../types.ts';
import type { TraceRow } from './request.ts';

export interface RowBook {
  readonly rows: readonly TraceRow[];
  note(caseNumber: number, model: ProcessModel, entries: readonly TraceEntry[]): void;
}

export function createRowBook(): RowBook {
  const rows: TraceRow[] = [];
  const entered = new Map<string, Instant>();
  return {
    rows,
    note: (caseNumber, model, entries) => {
      for (const entry of entries) {
        if (entry.kind === 'incident' && entry.code === 'uncaught-error') {
          const thrower = uncaughtEnd(model, entry.elementId);
          const passing = { ...entry, kind: 'completed' as const, ...(thrower ? { process: thrower.processId } : {}) };
          if (thrower) rows.push(rowOf(model, passing, entered.get(`${caseNumber} ${entry.executionId}`) ?? entry.at));
        }
        if (entry.kind !== 'entered' && entry.kind !== 'completed' && entry.kind !== 'cancelled') continue;
        const key = `${caseNumber} ${entry.executionId}`;
        if (entry.kind === 'entered') entered.set(key, entry.at);
        else {
          if (entry.kind === 'completed') rows.push(rowOf(model, entry, entered.get(key) ?? entry.at));
          entered.delete(key);
        }
      }
    },
  };
}

/** The process of an error end event whose error nobody caught: it has thrown, so it is completed as one whose error is caught is. */
function uncaughtEnd(model: ProcessModel, element: string): ProcessModel | undefined {
  return [...model.library.values()].find(({ nodes }) => nodes.get(element)?.kind === 'endEvent');
}

type Passing = Extract<TraceEntry, { kind: 'completed' | 'entered' | 'cancelled' }>;

function rowOf(model: ProcessModel, entry: Passing, started: Instant): TraceRow {
  const inner = entry.process === undefined ? model : (model.library.get(entry.process) ?? model);
  return {
    id: entry.elementId,
    type: localName(inner, nodeOf(inner, entry.elementId)),
    process: inner.processId,
    started,
    completed: entry.at,
    ...(entry.body ? { body: true as const } : {}),
  };
}

const NAMES: Readonly<Partial<Record<NodeKind, string>>> = {
  catchEvent: 'intermediateCatchEvent',
  throwEvent: 'intermediateThrowEvent',
  eventSubProcess: 'subProcess',
};

/** The element's local name in BPMN XML. */
function localName(model: ProcessModel, node: ProcessNode): string {
  if (model.isGlobalTask) return `global${node.kind.charAt(0).toUpperCase()}${node.kind.slice(1)}`;
  if (node.isTransaction) return 'transaction';
  if (node.adHoc) return 'adHocSubProcess';
  return NAMES[node.kind] ?? node.kind;
}
