// Storage of the simulated providers of OpenID Connect: in memory. After a restart everybody logs in again, as with a real provider that was moved.
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** One store for all kinds of things the provider keeps; expired entries are dropped when there are many. */
export function createMemoryAdapter(): (kind: string) => Adapter {
  const entries = new Map<string, Entry>();
  const alive = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.until > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };
  const findWhere = (kind: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const key of [...entries.keys()].filter((candidate) => candidate.startsWith(`${kind}:`))) {
      const payload = alive(key);
      if (payload && matches(payload)) return payload;
    }
    return undefined;
  };
  return (kind) => ({
    upsert: async (id, payload, expiresIn) => {
      if (entries.size > 10_000) for (const key of [...entries.keys()]) alive(key);
      entries.set(`${kind}:${id}`, { payload, until: expiresIn ? Date.now() + expiresIn * 1000 : Infinity });
    },
    find: async (id) => alive(`${kind}:${id}`),
    findByUid: async (uid) => findWhere(kind, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere(kind, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = alive(`${kind}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void entries.delete(`${kind}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, entry] of [...entries]) if (entry.payload.grantId === grantId) entries.delete(key);
    },
  });
}
