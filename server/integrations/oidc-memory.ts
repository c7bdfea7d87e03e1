// Storage of the simulated providers of OpenID Connect: in memory. After a restart everybody logs in again, as with a real provider that was moved;
// only what a provider says it keeps (refresh tokens) outlives it.
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly until: number;
}
/** A thing that changed: `payload` null = it is gone. `until` in milliseconds, null = for good. */
export interface KeptThing {
  readonly key: string;
  readonly payload: AdapterPayload | null;
  readonly until: number | null;
}
export interface Keeping {
  /** Kinds of things that outlive a restart. */
  readonly kinds: readonly string[];
  /** As kept before, oldest first. */
  readonly before: readonly KeptThing[];
  keep(thing: KeptThing): Promise<void>;
}

/** One store for all kinds of things the provider keeps; expired entries are dropped when there are many. */
export function createMemoryAdapter(keeping?: Keeping): (kind: string) => Adapter {
  const entries = new Map<string, Entry>();
  for (const { key, payload, until } of keeping?.before ?? []) {
    if (payload) entries.set(key, { payload: { ...payload }, until: until ?? Infinity });
    else entries.delete(key);
  }
  const kept = async (key: string): Promise<void> => {
    if (!keeping?.kinds.some((kind) => key.startsWith(`${kind}:`))) return;
    const entry = entries.get(key);
    const until = entry === undefined || entry.until === Infinity ? null : entry.until;
    await keeping.keep({ key, payload: entry ? structuredClone(entry.payload) : null, until });
  };
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
      await kept(`${kind}:${id}`);
    },
    find: async (id) => alive(`${kind}:${id}`),
    findByUid: async (uid) => findWhere(kind, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findWhere(kind, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = alive(`${kind}:${id}`);
      if (!payload) return;
      payload.consumed = Math.floor(Date.now() / 1000);
      await kept(`${kind}:${id}`);
    },
    destroy: async (id) => {
      if (entries.delete(`${kind}:${id}`)) await kept(`${kind}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, entry] of [...entries]) if (entry.payload.grantId === grantId && entries.delete(key)) await kept(key);
    },
  });
}
