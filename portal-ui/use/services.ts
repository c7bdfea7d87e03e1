// The catalogue for a page: the server's first list when it fits, else asked for; asked again when the query changes.
import { inject, onMounted, watch } from 'vue';
import type { ServiceList, ServicePage } from '../../server/contract/portal.ts';
import { api } from '../api.ts';
import { firstDataKey } from '../public-data.ts';
import { useLoad, type Loading } from './load.ts';

export function useServices(query: () => string): Loading<ServiceList> {
  const loading = useLoad(() => api.services(query()), inject(firstDataKey)?.takeList(query()) ?? null);
  onMounted(() => {
    if (loading.value.value === null) void loading.load();
  });
  watch(query, () => {
    void loading.load();
  });
  return loading;
}

/** `answered`: the server has already looked for it, so nothing found means that there is none. */
export function useService(id: string, answered: boolean): Loading<ServicePage> {
  const loading = useLoad(() => api.service(id), inject(firstDataKey)?.takeService(id) ?? null);
  onMounted(() => {
    if (loading.value.value === null && !answered) void loading.load();
  });
  return loading;
}
