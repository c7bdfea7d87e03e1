// Officers' own logins, and the directory from which officers are taken over: shapes only. Base path `/urad/api`.

/** GET /account/sessions. POST /account/sessions/:key/end ends one (204), POST /account/sessions/end-others all but this one. */
export interface OfficerSessions {
  readonly sessions: readonly OfficerSessionCard[];
}
export interface OfficerSessionCard {
  /** Names the session; of no use as a cookie. */
  readonly key: string;
  readonly device: string | null;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
}
export interface EndedSessions {
  readonly ended: number;
}

/** GET /directory, administrators only. */
export interface DirectoryPage {
  /** False = officers are not taken over from a directory. */
  readonly isOn: boolean;
  /** How the last synchronisation ended; null before the first. */
  readonly last: null | {
    readonly outcome: 'done' | 'failed' | 'refused';
    readonly text: string;
    readonly triedAt: string;
    readonly succeededAt: string | null;
    readonly officers: number;
    readonly leavers: number;
    /** An administrator allowed them to leave at the next look. */
    readonly isAllowed: boolean;
  };
}

/** POST /directory/allow: so many may leave at once. 409 `directory-changed` when by now another number would. */
export interface AllowLeavers {
  readonly leavers: number;
}
