// Connector to the mail server: one message per effect over SMTP. A mail server cannot be asked what it has sent, so there is no `find`:
// once "sent" is recorded nothing is repeated, before that a lost answer may cost a second copy with the same Message-ID.
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Answer, CheckResult, Connector, Effect } from '../connector.ts';

export const mailConfigSchema = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  /** TLS from the first byte (port 465); otherwise STARTTLS is used when the server offers it. */
  secure: z.boolean().default(false),
  /** Refuse to send without TLS. */
  requireTls: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  /** `Město Lipová nad Orlicí <podatelna@lipova.example>` */
  from: z.string().min(3),
  /** Right side of Message-ID. */
  domain: z.string().min(1),
  timeoutMs: z.number().int().positive().default(20_000),
});
export type MailConfig = z.input<typeof mailConfigSchema>;
type MailSettings = z.output<typeof mailConfigSchema>;

export const mailInputSchema = z.object({
  to: z.email(),
  subject: z.string().min(1).max(255),
  text: z.string().min(1),
  html: z.string().optional(),
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
      const messageId = `<${key.replace(/[^\w.-]/g, '-')}@${settings.domain}>`;
      const transport = createTransport(settings);
      try {
        await transport.sendMail({
          from: settings.from,
          to: input.to,
          subject: input.subject,
          text: input.text,
          ...(input.html ? { html: input.html } : {}),
          messageId,
          // Keeps other people's automatic replies away (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
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
    requireTLS: settings.requireTls,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** 550-553 is an address nobody has: a business no. Other 5xx will not change by repeating; the rest may. */
function translate(cause: unknown): Answer<MailOutput> {
  const { code, responseCode } = cause as { code?: string; responseCode?: number };
  if (responseCode !== undefined && responseCode >= 550 && responseCode <= 553) {
    return { refused: { code: 'address-refused', reason: `Poštovní server adresu odmítl (${responseCode}).` } };
  }
  if (code === 'EAUTH') throw new OutsideFailure('mail-login-refused', 'Poštovní server odmítl přihlášení.', { cause, retryable: false });
  if (code === 'ETIMEDOUT') throw new OutsideFailure('mail-timeout', 'Poštovní server neodpověděl včas.', { cause });
  if (responseCode === undefined)
    throw new OutsideFailure('mail-unreachable', 'Poštovní server je nedostupný nebo přerušil spojení.', { cause });
  throw new OutsideFailure('mail-rejected', `Poštovní server odpověděl ${responseCode}.`, { cause, retryable: responseCode < 500 });
}

async function check(settings: MailSettings): Promise<CheckResult> {
  const transport = createTransport(settings);
  try {
    await transport.verify();
    return { ok: true, text: 'Poštovní server odpovídá.' };
  } catch (cause) {
    return { ok: false, text: `Poštovní server neodpovídá (${(cause as { code?: string }).code ?? 'neznámá chyba'}).` };
  } finally {
    transport.close();
  }
}
