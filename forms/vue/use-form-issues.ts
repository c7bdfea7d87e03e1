// Which mistakes are shown: those found when the person tried to go on, as long as they last, and those the server found,
// until the answer changes. Nobody is scolded while still typing.
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { Form, FormContext, Issue, Values } from '../form.ts';
import { pageOfPath } from '../pages.ts';
import { validateForm } from '../validate-form.ts';
import { visibleValues } from '../visibility.ts';

export interface FormIssues {
  readonly shown: ComputedRef<readonly Issue[]>;
  /** Judges the form, or one page of it; tells whether it is in order. */
  readonly attempt: (page?: string) => boolean;
  /** Issues as they are now, shown or not. */
  readonly all: ComputedRef<readonly Issue[]>;
}

export function useFormIssues(
  form: () => Form,
  values: Ref<Values>,
  ctx: () => FormContext,
  fromServer: () => readonly Issue[],
): FormIssues {
  const reported = ref<ReadonlySet<string>>(new Set());
  const server = ref<readonly Issue[]>([]);
  const all = computed(() => validateForm(form(), visibleValues(form(), values.value, ctx()), ctx()).issues);
  watch(fromServer, (issues) => (server.value = issues), { immediate: true });
  watch(values, (after, before) => {
    server.value = server.value.filter((issue) => topValue(after, issue) === topValue(before, issue));
  });
  const shown = computed(() => {
    const own = all.value.filter((issue) => reported.value.has(issue.path));
    return [...own, ...server.value.filter((issue) => !own.some((other) => other.path === issue.path))];
  });
  const attempt = (page?: string): boolean => {
    const found = all.value.filter((issue) => page === undefined || pageOfPath(form(), issue.path) === page);
    reported.value = new Set(found.map((issue) => issue.path));
    return found.length === 0;
  };
  return { shown, attempt, all };
}

function topValue(values: Values, issue: Issue): unknown {
  return values[/^[^[]*/.exec(issue.path)?.[0] ?? ''];
}
