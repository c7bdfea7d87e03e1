// One migration being prepared: the desk of two versions, the plan as the analyst has it, the chosen cases, and its batches.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { BatchCard, MigrationDesk, MoveFilter, PlanTargets } from '../../server/contract/operations.ts';
import { operations } from '../api-operations.ts';
import { newCommandId } from '../http.ts';

export interface Target {
  readonly to: string;
  readonly how: 'keep' | 'restart';
}
export interface Filter {
  element: string | null;
  group: string | null;
  filedBefore: string | null;
  marks: string | null;
}
export interface Migration {
  readonly desk: ShallowRef<MigrationDesk | null>;
  readonly targets: Ref<Record<string, Target | null>>;
  readonly filter: Ref<Filter>;
  readonly batches: ShallowRef<readonly BatchCard[]>;
  /** Steps where cases wait and that go nowhere. */
  readonly missing: ComputedRef<number>;
  readonly badDate: ComputedRef<boolean>;
  /** Names of elements of both versions, for reading verdicts. */
  readonly names: ComputedRef<Readonly<Record<string, string>>>;
  take(fresh: MigrationDesk): void;
  order(rehearsal: boolean, asked: { readonly commandId: string; readonly reason: string }): Promise<void>;
  add(batch: BatchCard): void;
}

export function useMigration(): Migration {
  const desk = shallowRef<MigrationDesk | null>(null);
  const targets = ref<Record<string, Target | null>>({});
  const filter = ref<Filter>({ element: null, group: null, filedBefore: null, marks: null });
  const batches = shallowRef<readonly BatchCard[]>([]);
  const add = (batch: BatchCard): void => {
    batches.value = [batch, ...batches.value.filter(({ id }) => id !== batch.id)];
  };
  const badDate = computed(() => !/^(\d{4}-\d\d-\d\d)?$/.test((filter.value.filedBefore ?? '').trim()));
  return {
    desk,
    targets,
    filter,
    batches,
    add,
    badDate,
    missing: computed(
      () => (desk.value?.rows ?? []).filter((row) => row.waiting > 0 && !targets.value[row.from] && !isListener(row.kind)).length,
    ),
    names: computed(() =>
      Object.fromEntries([
        ...(desk.value?.targets ?? []).map(({ elementId, name }) => [elementId, name] as const),
        ...(desk.value?.rows ?? []).map(({ from, name }) => [from, name] as const),
      ]),
    ),
    take: (fresh) => {
      const isOther = desk.value?.from !== fresh.from || desk.value.to !== fresh.to;
      desk.value = fresh;
      batches.value = fresh.batches;
      if (isOther) targets.value = proposed(fresh);
    },
    order: async (rehearsal, asked) => {
      if (desk.value === null) return;
      const { situation, from, to } = desk.value;
      const plan = planOf(desk.value, targets.value);
      add(await operations.order(situation, { ...asked, from, to, plan, filter: filterOf(filter.value), rehearsal }));
    },
  };
}

/** An event beside the flow may simply stop listening. */
export const isListener = (kind: string): boolean => kind === 'boundaryEvent' || kind === 'eventSubProcess';

const proposed = (desk: MigrationDesk): Record<string, Target | null> =>
  Object.fromEntries(desk.rows.map(({ from, to }) => [from, to === null ? null : { to, how: 'keep' as const }]));

/** Only what differs from "the same id goes on as it is". */
function planOf(desk: MigrationDesk, targets: Readonly<Record<string, Target | null>>): PlanTargets {
  return Object.fromEntries(
    desk.rows.flatMap(({ from }) => {
      const target = targets[from];
      return target && (target.to !== from || target.how === 'restart') ? [[from, target] as const] : [];
    }),
  );
}

function filterOf({ element, group, filedBefore, marks }: Filter): MoveFilter {
  const day = (filedBefore ?? '').trim();
  return {
    elements: element === null ? [] : [element],
    groups: group === null ? [] : [group],
    filedBefore: day === '' ? null : new Date(`${day}T00:00:00`).toISOString(),
    marks: (marks ?? '')
      .split('\n')
      .map((mark) => mark.trim())
      .filter((mark) => mark !== ''),
  };
}

export const newOrder = (reason: string): { readonly commandId: string; readonly reason: string } => ({
  commandId: newCommandId(),
  reason,
});
