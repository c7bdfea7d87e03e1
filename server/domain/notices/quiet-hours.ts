// At night no telephone rings because of us: a text message waits for the morning. Pure; Europe/Prague.

const FROM_HOUR = 21;
const TO_HOUR = 7;
const MINUTE = 60_000;

/** Milliseconds until a text message may go; 0 = now. Exact to the minute; on the two nights when clocks change it may be an hour off. */
export function untilMorning(now: Date): number {
  const [hour = 0, minute = 0] = clock.format(now).split(':').map(Number);
  if (hour >= TO_HOUR && hour < FROM_HOUR) return 0;
  const hours = hour >= FROM_HOUR ? 24 - hour + TO_HOUR : TO_HOUR - hour;
  return (hours * 60 - minute) * MINUTE;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Prague' });
