// Connector to the mail server: one message per effect over SMTP. A mail server cannot be asked what it has sent, so there is no `find`:
// once "sent" is recorded nothing is repeated, before that a lost answer may cost a second copy with the same Message-ID.
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Answer, CheckResult, Connector, Effect } from '../connector.ts';

export const mailConfigSchema = z.object({
  host: z.string().min(1).meta({ title: 'Adresa serveru SMTP' }),
  port: z.number().int().min(1).max(65535).meta({ title: 'Port', description: '587 = STARTTLS, 465 = TLS od začátku' }),
  /** TLS from the first byte (port 465); otherwise STARTTLS. */
  secure: z.boolean().default(false).meta({ title: 'TLS od začátku spojení' }),
  /** Refuse to send without TLS: neither the password nor a message goes over an open line, whatever the server offers. */
  requireTls: z.boolean().default(true).meta({ title: 'Vyžadovat šifrování' }),
  /** PEM of the authority that signed the server's certificate, when it is not a public one. */
  caPem: z.string().optional().meta({ title: 'Certifikát vlastní autority (PEM)' }),
  /** Name in the certificate, when it differs from `host`. */
  servername: z.string().optional().meta({ title: 'Jméno v certifikátu' }),
  user: z.string().optional().meta({ title: 'Uživatel' }),
  password: z.string().optional().meta({ title: 'Heslo' }),
  /** `Město Lipová nad Orlicí <podatelna@lipova.example>` */
  from: z.string().min(3).meta({ title: 'Odesílatel' }),
  /** Right side of Message-ID. */
  domain: z.string().min(1).meta({ title: 'Doména Message-ID' }),
  /** `vraceno@lipova.example`: the envelope sender; each message has its own, `vraceno+<key>@…`, so that a bounce says which one came back. */
  bounceAddress: z.email().optional().meta({ title: 'Adresa pro vrácené zprávy' }),
  timeoutMs: z.number().int().positive().default(20_000).meta({ title: 'Nejdelší čekání (ms)' }),
});
export type MailConfig = z.input<typeof mailConfigSchema>;
type MailSettings = z.output<typeof mailConfigSchema>;

export const mailInputSchema = z.object({
  to: z.email(),
  subject: z.string().min(1).max(255),
  text: z.string().min(1),
  html: z.string().optional(),
  /** Page where the reader says what he wants to be told. */
  settings: z.url().optional(),
  /** Attached files. */
  documents: z.array(z.uuid()).default([]),
});
export const mailOutputSchema = z.object({ messageId: z.string() });
export type MailInput = z.output<typeof mailInputSchema>;
export type MailOutput = z.output<typeof mailOutputSchema>;

/** Throws a ZodError on wrong configuration. */
export function createMailConnector(config: MailConfig): Connector {
  const settings = mailConfigSchema.parse(config);
  return { name: 'mail', effects: { 'mail.send': createSend(settings) }, check: () => check(settings) };
}

function createSend(settings: MailSettings): Effect<MailInput, MailOutput> {
  return {
    input: mailInputSchema,
    output: mailOutputSchema,
    // Connecting, greeting and each silence on the line have their own limit.
    timeoutMs: settings.timeoutMs * 3,
    perform: async (key, input, files): Promise<Answer<MailOutput>> => {
      const name = key.replace(/[^\w.-]/g, '-');
      const messageId = `<${name}@${settings.domain}>`;
      const transport = createTransport(settings);
      try {
        await transport.sendMail({
          from: settings.from,
          ...(settings.bounceAddress ? { envelope: { from: settings.bounceAddress.replace('@', `+${name}@`), to: input.to } } : {}),
          to: input.to,
          subject: input.subject,
          text: input.text,
          ...(input.html ? { html: input.html } : {}),
          messageId,
          // Keeps other people's automatic replies away (RFC 3834); mail programs offer the page of settings beside the message (RFC 2369).
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(input.settings ? { 'List-Unsubscribe': `<${input.settings}>` } : {}),
          },
          attachments: files.map((file) => ({ filename: file.name, contentType: file.mime, content: Buffer.from(file.content) })),
        });
        return { done: { messageId } };
      } catch (cause) {
        return translate(cause);
      } finally {
        transport.close();
      }
    },
  };
}

function createTransport(settings: MailSettings): ReturnType<typeof nodemailer.createTransport> {
  return nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTls && !settings.secure,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(settings.caPem === undefined ? {} : { ca: settings.caPem }),
      ...(settings.servername === undefined ? {} : { servername: settings.servername }),
    },
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * 550-553 is an address nobody has: a business no, unless the extended code says that the server does not like us (5.7, RFC 3463). Other 5xx will not change by
 * repeating; 4xx may.
 */
function translate(cause: unknown): Answer<MailOutput> {
  const { responseCode, response = '' } = cause as { responseCode?: number; response?: string };
  const isPolicy = /\b[45]\.7\.\d/.test(response);
  if (responseCode !== undefined && responseCode >= 550 && responseCode <= 553 && !isPolicy) {
    return { refused: { code: 'address-refused', reason: `Poštovní server adresu odmítl (${responseCode}).` } };
  }
  throw failureOf(cause);
}

/** What an officer reads: whose fault it is and whether it passes by itself. */
function failureOf(cause: unknown): OutsideFailure {
  const { code, responseCode } = cause as { code?: string; responseCode?: number };
  const fail = (name: string, text: string, retryable: boolean): OutsideFailure => new OutsideFailure(name, text, { cause, retryable });
  if (code === 'EAUTH') return fail('mail-login-refused', 'Poštovní server odmítl přihlášení.', false);
  if (code === 'ETLS')
    return fail(
      'mail-not-encrypted',
      'Poštovní server nenabídl šifrované spojení, nebo jeho certifikátu nevěříme.',
      (responseCode ?? 500) < 500,
    );
  if (isCertificate(cause)) return fail('mail-certificate', 'Certifikát poštovního serveru neplatí nebo mu nevěříme.', false);
  if (code === 'ETIMEDOUT') return fail('mail-timeout', 'Poštovní server neodpověděl včas.', true);
  if (responseCode === undefined) return fail('mail-unreachable', 'Poštovní server je nedostupný nebo přerušil spojení.', true);
  if (responseCode === 452 || responseCode === 552)
    return fail('mail-rejected', `Poštovní server nemá pro zprávu místo, nebo je příliš velká (${responseCode}).`, responseCode < 500);
  if (responseCode < 500) return fail('mail-rejected', `Poštovní server teď zprávu nepřijal (${responseCode}), zkusíme to znovu.`, true);
  return fail('mail-rejected', `Poštovní server zprávu odmítl natrvalo (${responseCode}).`, false);
}

/** Node's own word for it stands in `originalCode`. */
const isCertificate = (cause: unknown): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test((cause as { originalCode?: string }).originalCode ?? '');

async function check(settings: MailSettings): Promise<CheckResult> {
  const transport = createTransport(settings);
  try {
    await transport.verify();
    return { ok: true, text: 'Poštovní server odpovídá.' };
  } catch (cause) {
    return { ok: false, text: failureOf(cause).message };
  } finally {
    transport.close();
  }
}
