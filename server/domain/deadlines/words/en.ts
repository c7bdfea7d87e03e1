// The explanation in plain English.
import type { Phrases } from './phrases.ts';
import { counted, day, eventName, extensionReason, stopReason, weekdayName, whyOff } from './words-en.ts';

const whose = (participant: string): string => (participant === '' ? 'the party' : `party ${participant}`);
const isStopReason = (reason: string): reason is keyof typeof stopReason => Object.hasOwn(stopReason, reason);
const balance = (used: number, left: number): string => `${counted(used)} used, ${counted(left)} left`;

export const english: Phrases = {
  runs: (length, unit, event, at) => `${counted(length, unit)} from ${day(at)} (${eventName[event]}); that day is not counted`,
  runsFromNext: (length, unit, event, at) => `${counted(length, unit)}, running from the day after ${day(at)} (${eventName[event]})`,
  atMost: (length, unit, event, at, end) => `at most ${counted(length, unit)} from ${day(at)} (${eventName[event]}), that is ${day(end)}`,
  shorterOf: (end) => `the earlier of the two ends counts, ${day(end)}`,
  ends: (at) => `the period ends on ${weekdayName(at)} ${day(at)}`,
  rolled: (at, holiday, to) => `${day(at)} is ${whyOff(at, holiday)}, so the end moves to the next working day, ${day(to)}`,
  notRolled: (at) => `the end ${day(at)} does not move although it is not a working day`,
  backRolled: (at, to) => `${day(at)} is not a working day, the working day before it counts, ${day(to)}`,
  lengthened: (days, reason) => `extended by ${counted(days)}${reason === undefined ? '' : ` (${extensionReason[reason]})`}`,
  prolonged: (length, unit, told) => `prolonged on ${day(told)} by ${counted(length, unit)}`,
  capped: (most, asked) => `extensions may add ${counted(most)} in all, not ${counted(asked)}`,
  extensionAfterRoll: (days, from) => `the extension of ${counted(days)} is counted from ${day(from)}`,
  tooLateToProlong: (at, end) => `the extension of ${day(at)} came after the end ${day(end)} and changes nothing`,
  startsAnew: (at) => `the request was completed on ${day(at)}, the period starts anew`,
  elsewhere: (at) => `an office not competent received the filing on ${day(at)}; the period runs from receipt by the competent one`,
  stopped: (stop, used, left) =>
    `the period stands still from ${day(stop.day)}: ${isStopReason(stop.reason) ? stopReason[stop.reason] : eventName[stop.reason]}` +
    `${stop.number === undefined ? '' : ` no. ${stop.number}`}` +
    `${stop.resolved === stop.day ? '' : `, resolution of ${day(stop.resolved)}, the reason arose earlier`}; ${balance(used, left)}`,
  standsStill: (used, left) => `the period still stands still, its last day cannot be told yet; ${balance(used, left)}`,
  stoppedAlready: (at) => `another reason from ${day(at)} arose while the period stood still already; no day is left out twice`,
  resumed: (at, left, isCounted) =>
    `it stood still until ${day(at)}; that day is ${isCounted ? 'counted already' : 'not counted yet'}, ${counted(left)} left`,
  endedByAnswer: (at) => `the call was answered on ${day(at)}, which ends the interruption`,
  callEnds: (at) => `the period given by the call ends on ${day(at)}`,
  endedBySilence: (at) => `nobody answered the call, the interruption ends on ${day(at)}`,
  answeredLate: (at, lastDay) => `the answer of ${day(at)} came after the call's period; the interruption had ended on ${day(lastDay)}`,
  fifthWorkingDay: (at, cooperated) =>
    `cooperation was given on ${day(cooperated)}; the period stands still to the fifth working day after, ${day(at)}`,
  floor: (days, end, floor) => `the period does not end sooner than ${days} days after ${day(end)}, so not before ${day(floor)}`,
  floorUnfelt: (days, end, floor) =>
    `${days} days after the interruption's end ${day(end)} is ${day(floor)}; the days left end later, nothing changes`,
  tooLateToStop: (at, end) => `the reason arose on ${day(at)}, after the end ${day(end)}; it changes nothing`,
  delivered: (how, at) =>
    ({
      login: `delivered by login on ${day(at)}`,
      fiction: `deemed delivered on ${day(at)}`,
      pickup: `delivered by pick-up on ${day(at)}`,
      refused: `acceptance refused, delivered on ${day(at)}`,
      delivered: `delivered on ${day(at)}`,
    })[how],
  putInBox: (at) => `the message was put into the data box on ${day(at)}`,
  stored: (at) => `the item was ready for pick-up on ${day(at)}`,
  posted: (at) => `posted on the notice board on ${day(at)}`,
  nthDay: (n, at) => `day ${n} is ${weekdayName(at)} ${day(at)}`,
  loginInTail: (at) => `the login of ${day(at)} came after the 10th day but before the deemed delivery; it delivers`,
  deemed: (at) => `nobody logged in or picked the item up in time, it is deemed delivered on ${day(at)}`,
  noFiction: () => 'deemed delivery is excluded, the document is not delivered yet',
  notDelivered: () => 'the document is not delivered yet',
  beginsByDelivery: (length, unit) => `the period${length === 0 ? '' : ` of ${counted(length, unit)}`} begins only with delivery`,
  takenDownEarly: (at, least) => `the notice was taken down on ${day(at)}, it had to hang until ${day(least)}; not delivered`,
  onlineLate: (at, end) => `it was published online only on ${day(at)}, after ${day(end)}; not delivered`,
  onlineCounts: (at) => `it was published online only on ${day(at)}, the days are counted from then`,
  onTime: (event, at) => `${eventName[event]} on ${day(at)}: on time`,
  late: (event, at, due) => `${eventName[event]} on ${day(at)}: late, the last day was ${day(due)}`,
  beforeDelivery: (event, at) => `${eventName[event]} on ${day(at)}, before the period began: on time`,
  inaction: (at) => `from ${day(at)} the superior office may be asked for measures against inaction`,
  withoutInstruction: (at) => `the instruction about the appeal is missing or wrong: an appeal is possible within 90 days of ${day(at)}`,
  corrected: (at, end) => `a correcting resolution was notified on ${day(at)}: an appeal is possible within 15 days of it, ${day(end)}`,
  lastAppealDay: (participant, at) => `${whose(participant)} could appeal until ${day(at)}`,
  waived: (participant, at) => `${whose(participant)} waived the appeal on ${day(at)}`,
  withdrawn: (participant, at) => `${whose(participant)} withdrew the appeal on ${day(at)}`,
  lateAppeal: (participant, at) => `${whose(participant)} appealed late, on ${day(at)}; that does not hold legal force`,
  appealAfterWaiver: (participant, at) => `${whose(participant)} appealed on ${day(at)} after waiving it; that does not hold legal force`,
  appealHolds: (participant, at) => `${whose(participant)} appealed in time on ${day(at)}, the decision is not in legal force yet`,
  appealDecided: (at) => `the appellate decision was notified to the last party on ${day(at)}`,
  appealUndecided: () => 'the appellate decision has not been notified to all parties yet',
  participantNotServed: (participant) => `${whose(participant)} has not been notified of the decision yet`,
  inForce: (at) => `the decision is in legal force on ${day(at)}; this day does not move`,
  orderCancelled: (at, due) => `the protest of ${day(at)} cancels the order; the new 30 days for a decision end on ${day(due)}`,
  protestLate: () => 'the protest came late, the order stays',
  lapsed: (at, end) => `the period lapsed on ${day(at)}; 30 days from it is ${day(end)}`,
  noticeBy: (days, assembly, at) => `assembly on ${day(assembly)}: announce it at least ${counted(days)} before, by ${day(at)}`,
  noticeFrom: (months, assembly, at) =>
    `assembly on ${day(assembly)}: announce it at most ${counted(months, 'months')} before, from ${day(at)}`,
  olderThanThreeMonths: (at) => `the dog reached 3 months on ${day(at)}, nothing is paid before`,
  chargedMonths: (months, first, last) => `${day(first)} to ${day(last)}: ${counted(months, 'months')}, started ones included`,
  noMonths: (year) => `no month of ${year} is charged`,
  amount: (annual, months, amount) => `CZK ${annual} × ${months} / 12 = CZK ${amount}`,
  workingDay: (at) => `${weekdayName(at)} ${day(at)} is a working day`,
  dayOff: (at, holiday, next) => `${day(at)} is not a working day: ${whyOff(at, holiday)}; the next working day is ${day(next)}`,
  oldLaw: (from) => `the act has been in force only since ${day(from)}; an earlier day is counted the same way`,
};
