// Four eyes: above a limit an officer's correction, write-off or return needs a second one (§ 26 odst. 1 zákona č. 320/2001 Sb.: who orders is not who approves).

/** 10,000 Kč, unless the town says otherwise. */
export const FOUR_EYES_ABOVE = 1_000_000;

/** The town's own limit: `tenant.settings.money.fourEyesAbove` in haléře. */
export function fourEyesAbove(settings: Readonly<Record<string, unknown>>): number {
  const money = settings['money'];
  const limit = typeof money === 'object' && money !== null ? (money as Readonly<Record<string, unknown>>)['fourEyesAbove'] : undefined;
  return typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 0 ? limit : FOUR_EYES_ABOVE;
}

/** A rule, the clock and a run that two people started decide nothing by themselves: only officers are watched. */
export const needsSecond = (by: string, amount: number, limit: number): boolean => by.startsWith('officer:') && Math.abs(amount) > limit;

/** The second person is another one. */
export const isSecond = (askedBy: string, decidedBy: string): boolean => askedBy !== decidedBy;
