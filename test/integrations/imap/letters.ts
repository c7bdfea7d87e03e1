// Mail messages as they come from outside, written byte by byte.
const CRLF = '\r\n';

export interface Letter {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

let serial = 0;
export function letter({
  from = 'Jana Nová <jana@posta.example>',
  to = 'podatelna@lipova.example',
  subject = 'Dotaz',
  headers = [],
  body = 'Dobrý den,\nprosím o radu.',
}: Letter = {}): string {
  serial += 1;
  const typed = headers.some((line) => /^content-type:/i.test(line))
    ? []
    : ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];
  const named = headers.some((line) => /^message-id:/i.test(line)) ? [] : [`Message-ID: <m${serial}@posta.example>`];
  return [
    `Received: from mx by mx; n=${serial}`,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Mon, 02 Mar 2026 09:00:00 +0100',
    ...named,
    'MIME-Version: 1.0',
    ...typed,
    ...headers,
    '',
    body.replaceAll('\n', CRLF),
  ].join(CRLF);
}

export interface Part {
  readonly headers: readonly string[];
  readonly body: string;
}
export const multipart = (
  kind: string,
  parts: readonly Part[],
  parameters = '',
): { readonly headers: readonly string[]; readonly body: string } => ({
  headers: [`Content-Type: multipart/${kind}; boundary="=hranice"${parameters}`],
  body: [...parts.map(({ headers, body }) => ['--=hranice', ...headers, '', body].join(CRLF)), '--=hranice--', ''].join(CRLF),
});
export const text = (body: string): Part => ({
  headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
  body,
});
export const attachment = (name: string, mime: string, content: string | Buffer): Part => ({
  headers: [`Content-Type: ${mime}`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64'],
  body: Buffer.from(content).toString('base64').replaceAll(/.{76}/g, `$&${CRLF}`),
});

/** RFC 3464, as Postfix writes it. */
export function returned({
  messageId,
  recipient,
  action = 'failed',
  status = '5.1.1',
  diagnostic = 'smtp; 550 5.1.1 no such user',
  headers = [],
}: {
  readonly messageId: string;
  readonly recipient: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly headers?: readonly string[];
}): string {
  const report = multipart(
    'report',
    [
      text('I am sorry to have to inform you that your message could not be delivered.'),
      {
        headers: ['Content-Type: message/delivery-status'],
        body: [
          `Reporting-MTA: dns; mx.posta.example`,
          '',
          `Final-Recipient: rfc822; ${recipient}`,
          `Action: ${action}`,
          `Status: ${status}`,
          `Diagnostic-Code: ${diagnostic}`,
          '',
        ].join(CRLF),
      },
      { headers: ['Content-Type: message/rfc822'], body: [`Message-ID: ${messageId}`, 'Subject: x', '', 'x'].join(CRLF) },
    ],
    '; report-type=delivery-status',
  );
  return letter({
    from: 'MAILER-DAEMON@mx.posta.example',
    subject: 'Undelivered Mail Returned to Sender',
    headers: ['Auto-Submitted: auto-replied', ...report.headers, ...headers],
    body: report.body,
  });
}
