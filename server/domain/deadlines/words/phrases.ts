// The sentences of an explanation, as a list both languages must fill. Days are numbers; each language writes them its own way.
import type { Day } from '../days/day-number.ts';
import type { StopReason, EventType, Unit, ExtensionReason } from '../reading/vocabulary.ts';
import type { DeliveryHow } from '../types.ts';

export type LengthUnit = Unit | 'working-days';

export interface Phrases {
  // counting
  runs(length: number, unit: LengthUnit, event: EventType | 'delivery', day: Day): string;
  /** Under the Tax Code weeks, months and years run from the day after. */
  runsFromNext(length: number, unit: LengthUnit, event: EventType | 'delivery', day: Day): string;
  atMost(length: number, unit: LengthUnit, event: EventType, day: Day, end: Day): string;
  shorterOf(end: Day): string;
  ends(day: Day): string;
  /** `holiday` is the Czech name of a public holiday, where it is one. */
  rolled(day: Day, holiday: string | undefined, to: Day): string;
  notRolled(day: Day): string;
  backRolled(day: Day, to: Day): string;
  lengthened(days: number, reason: ExtensionReason | undefined): string;
  prolonged(length: number, unit: LengthUnit, told: Day): string;
  capped(most: number, asked: number): string;
  extensionAfterRoll(days: number, from: Day): string;
  tooLateToProlong(day: Day, end: Day): string;
  startsAnew(day: Day): string;
  elsewhere(day: Day): string;
  // stops
  stopped(
    stop: { day: Day; resolved: Day; reason: StopReason | EventType; number: string | undefined },
    used: number,
    left: number,
  ): string;
  standsStill(used: number, left: number): string;
  stoppedAlready(day: Day): string;
  resumed(day: Day, left: number, isCounted: boolean): string;
  endedByAnswer(day: Day): string;
  callEnds(day: Day): string;
  endedBySilence(day: Day): string;
  answeredLate(day: Day, lastDay: Day): string;
  fifthWorkingDay(day: Day, cooperated: Day): string;
  floor(days: number, end: Day, floor: Day): string;
  floorUnfelt(days: number, end: Day, floor: Day): string;
  tooLateToStop(day: Day, end: Day): string;
  // delivery
  delivered(how: DeliveryHow, day: Day): string;
  putInBox(day: Day): string;
  stored(day: Day): string;
  posted(day: Day): string;
  nthDay(n: number, day: Day): string;
  loginInTail(day: Day): string;
  deemed(day: Day): string;
  noFiction(): string;
  notDelivered(): string;
  /** `length` 0: the trace says it, or the rule has none. */
  beginsByDelivery(length: number, unit: LengthUnit): string;
  takenDownEarly(day: Day, least: Day): string;
  onlineLate(day: Day, end: Day): string;
  onlineCounts(day: Day): string;
  // acts and consequences
  onTime(event: EventType, day: Day): string;
  late(event: EventType, day: Day, due: Day): string;
  beforeDelivery(event: EventType, day: Day): string;
  inaction(day: Day): string;
  withoutInstruction(day: Day): string;
  corrected(day: Day, end: Day): string;
  lastAppealDay(participant: string, day: Day): string;
  waived(participant: string, day: Day): string;
  withdrawn(participant: string, day: Day): string;
  lateAppeal(participant: string, day: Day): string;
  appealAfterWaiver(participant: string, day: Day): string;
  appealHolds(participant: string, day: Day): string;
  appealDecided(day: Day): string;
  appealUndecided(): string;
  participantNotServed(participant: string): string;
  inForce(day: Day): string;
  orderCancelled(day: Day, due: Day): string;
  protestLate(): string;
  lapsed(day: Day, end: Day): string;
  // assembly, dog, calendar
  noticeBy(days: number, assembly: Day, day: Day): string;
  noticeFrom(months: number, assembly: Day, day: Day): string;
  olderThanThreeMonths(day: Day): string;
  chargedMonths(months: number, first: Day, last: Day): string;
  noMonths(year: number): string;
  amount(annual: number, months: number, amount: number): string;
  workingDay(day: Day): string;
  dayOff(day: Day, holiday: string | undefined, next: Day): string;
  oldLaw(from: Day): string;
}
