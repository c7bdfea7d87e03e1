// Ways of logging in for a page: the server's first list, else asked for.
import { inject, onMounted } from 'vue';
import type { LoginWays } from '../../server/contract/login.ts';
import { api } from '../api.ts';
import { firstDataKey } from '../public-data.ts';
import { useLoad, type Loading } from './load.ts';

export function useLoginWays(): Loading<LoginWays['ways']> {
  const loading = useLoad(async () => (await api.loginWays()).ways, inject(firstDataKey)?.takeWays() ?? null);
  onMounted(() => {
    if (loading.value.value === null) void loading.load();
  });
  return loading;
}
