// Who can log in through which box of the demo town, and what ISDS says about them. The boxes themselves are the simulated ISDS's.

/** A box as the simulated ISDS knows it. */
export interface BoxOfWorld {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly ico?: string;
  readonly givenNames?: string;
  readonly lastName?: string;
}

export interface BoxUser {
  /** Key on the page. */
  readonly key: string;
  readonly box: BoxOfWorld;
  readonly givenNames: string;
  readonly lastName: string;
  readonly userType: string;
  readonly note: string;
}

/** Of a company: the statutory body and a person entrusted by it. */
const COMPANY_USERS = [
  { givenNames: 'Jana', lastName: 'Novotná', userType: 'PRIMARY_USER', note: 'jednatelka' },
  { givenNames: 'Tomáš', lastName: 'Čížek', userType: 'ENTRUSTED_USER', note: 'pověřená osoba' },
] as const;

/** Public authorities have no business at their own portal. */
export function usersOf(boxes: readonly BoxOfWorld[]): readonly BoxUser[] {
  return boxes.flatMap((box) => {
    if (box.type === 'OVM') return [];
    if (box.type !== 'FO') return COMPANY_USERS.map((user) => ({ ...user, key: `${box.id}-${user.userType.toLowerCase()}`, box }));
    const { givenNames = '', lastName = '' } = box;
    return [{ key: box.id, box, givenNames, lastName, userType: 'PRIMARY_USER', note: 'majitel schránky' }];
  });
}

/** In the order of the operating rules. */
export function attributesOf({ box, givenNames, lastName, userType }: BoxUser, appToken: string): readonly (readonly [string, string])[] {
  return [
    ['dbID', box.id],
    ['dbType', box.type],
    ['ic', box.ico ?? ''],
    ['firmName', box.type === 'FO' ? '' : box.name],
    ['pnGivenNames', givenNames],
    ['pnLastName', lastName],
    ['userType', userType],
    ['dbState', '1'],
    ['timeLimitedId', ` T01-${appToken.slice(0, 8)}`],
    ['appToken', appToken],
  ];
}
