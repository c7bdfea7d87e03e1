// Where each service of ISDS is for each way of access (operating rules of ISDS of 2026-06-26).
import type { AccessMode, IsdsAccount, IsdsSettings } from './config.ts';

/** dm_operations, dm_info, db_search, db_access, dm_VoDZ. */
export type Service = 'dz' | 'dx' | 'df' | 'DsManage' | 'vodz';

const paths: Readonly<Record<AccessMode, string>> = {
  password: '',
  certificate: '/cert',
  'certificate-password': '/certds',
  hosted: '/hspis',
};

export function addressOf(settings: IsdsSettings, { access }: IsdsAccount, service: Service): string {
  const own = settings.serviceUrls[service];
  if (own !== undefined) return own;
  const number = service === 'vodz' ? '2' : '1';
  const host = settings.baseUrl ?? `https://ws${number}${access === 'password' ? '' : 'c'}.${settings.domain}`;
  return `${host}${paths[access]}/DS/${service}`;
}

/** Basic login; a system certificate alone needs none, a hosted box is named by its id. */
export function loginOf({ access, user, password, boxId }: IsdsAccount): { readonly user: string; readonly password: string } | undefined {
  if (access === 'certificate') return undefined;
  return access === 'hosted' ? { user: boxId, password: '' } : { user, password };
}
