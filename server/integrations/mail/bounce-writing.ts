// The report that a simulated mail server sends back when a message could not be delivered (RFC 3464 in RFC 6522), as Postfix writes it.
import { createHash } from 'node:crypto';

export interface Undelivered {
  /** Envelope sender: the report goes there. */
  readonly sender: string;
  readonly recipient: string;
  readonly raw: Buffer;
  readonly at: Date;
}

/** Addresses that begin so take every message and send a report a moment later. */
export const isLateRefusal = (address: string): boolean => /^nedoruceno[.+\w-]*@/i.test(address);

export function bounceOf({ sender, recipient, raw, at }: Undelivered): Buffer {
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const id = createHash('sha256').update(`${at.toISOString()}\n${recipient}\n`).update(raw).digest('hex').slice(0, 32);
  const boundary = `=_${id}`;
  const host = 'mx.zkusebni-svet.example';
  const lines = [
    'Return-Path: <>',
    `From: MAILER-DAEMON@${host}`,
    `To: ${sender}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${host}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your message could not be delivered to ${recipient}: the mailbox does not exist.`,
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${host}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    head,
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
