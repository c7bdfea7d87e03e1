// What Active Directory says beside result 49 (invalidCredentials): `… AcceptSecurityContext error, data 52e, …`, in our codes.
// Windows tells the codes about the account only to who gave the right password; the lock (775) to everybody.

export type BindRefusal =
  | 'bad-credentials'
  | 'account-hours'
  | 'account-workstation'
  | 'password-expired'
  | 'account-disabled'
  | 'account-expired'
  | 'password-must-change'
  | 'account-locked';

const CODES: Readonly<Record<string, BindRefusal>> = {
  '525': 'bad-credentials', // no such user: never told apart from a wrong password
  '52e': 'bad-credentials',
  '530': 'account-hours',
  '531': 'account-workstation',
  '532': 'password-expired',
  '533': 'account-disabled',
  '701': 'account-expired',
  '773': 'password-must-change',
  '775': 'account-locked',
};

/** `bad-credentials` for anything unknown, so that a new code tells nothing to a stranger. */
export function bindRefusal(message: string): BindRefusal {
  const code = /AcceptSecurityContext error, data ([0-9a-f]{1,8}),/i.exec(message)?.[1]?.toLowerCase() ?? '';
  return CODES[code] ?? 'bad-credentials';
}
