// What the page of identities and representation shows and does: one change at a time, and the page read anew after each.
import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import type { OwnPage } from '../../server/contract/identities.ts';
import { api, ApiProblem } from '../api.ts';
import { identitiesApi } from '../identities-api.ts';
import { dropAllCopies } from './local-copy.ts';
import { useLoad, type Loading } from './load.ts';
import { useSay } from './say.ts';
import { useSession } from './session.ts';

const HERE = '/moje-identity';

export interface OwnPageState extends Omit<Loading<OwnPage>, 'value'> {
  readonly page: Ref<OwnPage | null>;
  readonly busy: Ref<boolean>;
  readonly failure: Ref<unknown>;
  readonly said: Ref<string>;
  /** What came of joining: `hotovo` or the code of the refusal; null when nothing was joined. */
  readonly result: ComputedRef<string | null>;
  readonly refusal: ComputedRef<ApiProblem | null>;
  /** Where a fresh login begins, by the same way as now. */
  readonly again: ComputedRef<string>;
  act(representation: string | null): Promise<void>;
  end(representation: string): Promise<void>;
  withdrawOffer(offer: string): Promise<void>;
  removeIdentity(key: string): Promise<void>;
  endSession(key: string): Promise<void>;
  endOthers(): Promise<void>;
  logoutEverywhere(): Promise<void>;
}

export function useOwnPage(): OwnPageState {
  const { t } = useSay();
  const { refresh } = useSession();
  const route = useRoute();
  const { value: page, problem, loading, load } = useLoad(() => identitiesApi.page());
  const busy = ref(false);
  const failure = ref<unknown>(null);
  const said = ref('');
  const result = computed(() => (typeof route.query['pripojeni'] === 'string' ? route.query['pripojeni'] : null));
  const refusal = computed(() => (result.value === null || result.value === 'hotovo' ? null : new ApiProblem(403, result.value)));
  const again = computed(() => {
    const provider = page.value?.identities.find(({ current }) => current)?.provider ?? 'nia';
    return `/prihlaseni/${provider}?znovu=1&cil=${encodeURIComponent(HERE)}`;
  });
  onMounted(load);

  /** Every change may give the session a new token: it is read anew with the page. True when it went well. */
  async function change(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    failure.value = null;
    said.value = '';
    try {
      await work();
      await refresh();
      await load();
      said.value = t('me.done');
      return true;
    } catch (cause) {
      failure.value = cause;
      return false;
    } finally {
      busy.value = false;
    }
  }
  const doing = (work: () => Promise<unknown>): Promise<void> => change(work).then(() => undefined);
  const logout = async (): Promise<void> => {
    const next = await identitiesApi.logoutEverywhere();
    dropAllCopies();
    location.assign(next.location);
  };
  return {
    ...{ page, problem, loading, load, busy, failure, said, result, refusal, again },
    async act(representation) {
      if (await change(() => api.actAs(representation))) location.assign(HERE);
    },
    end: (id) => doing(() => identitiesApi.end(id)),
    withdrawOffer: (id) => doing(() => identitiesApi.withdrawOffer(id)),
    removeIdentity: (key) => doing(() => identitiesApi.removeIdentity(key)),
    endSession: (key) => doing(() => identitiesApi.endSession(key)),
    endOthers: () => doing(() => identitiesApi.endOthers()),
    logoutEverywhere: () => doing(logout),
  };
}
