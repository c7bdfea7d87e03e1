// What the server knows before it renders a page; the browser takes the same data over from `<script id="data">`.
import type { InjectionKey } from 'vue';
import type { LoginWays } from '../server/contract/login.ts';
import type { Lang, PortalSession, ServiceList, ServicePage } from '../server/contract/portal.ts';

/**
 * `list` is needed for `/` and `/sluzby` (already narrowed by `?q=`), `service` for `/sluzby/:id`; null everywhere else.
 * A null `service` at `/sluzby/:id` renders the page "not found" with status 404.
 */
export interface PublicPageData {
  readonly session: PortalSession;
  readonly list: ServiceList | null;
  readonly service: ServicePage | null;
  /** Ways of logging in, for `/prihlaseni` only. */
  readonly ways?: LoginWays['ways'];
}

export interface PageHead {
  readonly title: string;
  readonly description: string;
  readonly lang: Lang;
}

export interface RenderedPage {
  /** Goes inside `<div id="app">`. */
  readonly html: string;
  readonly head: PageHead;
  readonly status: 200 | 404;
}

/** The first page's data; each part is taken once, later visits ask the server. */
export interface FirstData {
  takeList(query: string): ServiceList | null;
  takeService(id: string): ServicePage | null;
  takeWays(): LoginWays['ways'] | null;
}
export const firstDataKey: InjectionKey<FirstData> = Symbol('first page data');

export function firstData(data: PublicPageData): FirstData {
  let { list, service, ways = null } = data;
  return {
    takeList(query) {
      const taken = list?.query === query ? list : null;
      list = null;
      return taken;
    },
    takeService(id) {
      const taken = service?.id === id ? service : null;
      service = null;
      return taken;
    },
    takeWays() {
      const taken = ways;
      ways = null;
      return taken;
    },
  };
}
