// Who is logged in and what time the town has. One per application, handed down by provide/inject.
import { computed, inject, readonly, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { Level } from '../../server/contract/login.ts';
import type { Lang, PortalSession } from '../../server/contract/portal.ts';
import { api, openDoor } from '../api.ts';

export interface SessionHolder {
  readonly session: Readonly<Ref<PortalSession>>;
  readonly lang: Lang;
  readonly loggedIn: ComputedRef<boolean>;
  /** The town's now (moved in the demo), as an ISO instant. */
  now(): string;
  refresh(): Promise<PortalSession>;
}

export const sessionKey: InjectionKey<SessionHolder> = Symbol('session');

export function holdSession(first: PortalSession, lang: Lang): SessionHolder {
  const session = shallowRef(first);
  let offset = Date.parse(first.now) - Date.now();
  openDoor(first.csrf, lang);
  return {
    session: readonly(session),
    lang,
    loggedIn: computed(() => session.value.person !== null),
    now: () => new Date(Date.now() + offset).toISOString(),
    async refresh() {
      const fresh = await api.session();
      offset = Date.parse(fresh.now) - Date.now();
      openDoor(fresh.csrf, lang);
      session.value = fresh;
      return fresh;
    },
  };
}

export function useSession(): SessionHolder {
  const holder = inject(sessionKey);
  if (holder === undefined) throw new Error('No session was provided to the application.');
  return holder;
}

/** Address of the choice of ways to log in; each returns to `target`, a path within this portal. `level` asks for at least that level of assurance. */
export function loginHref(target: string, level?: Level): string {
  return `/prihlaseni?cil=${encodeURIComponent(target)}${level === undefined ? '' : `&uroven=${level}`}`;
}
