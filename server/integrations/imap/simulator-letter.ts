// An e-mail that a person writes to the podatelna on the world's page, as her mail program would send it.
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { podatelna } from '../simulated-mailboxes.ts';

export const letterSchema = z.object({
  from: z.email().max(254),
  name: z.string().trim().max(100).default(''),
  subject: z.string().trim().max(300).default(''),
  text: z.string().max(100_000).default(''),
  /** Message-ID of a message of the town that it answers. */
  inReplyTo: z.string().max(300).default(''),
  files: z
    .array(z.object({ name: z.string().max(200), base64: z.base64() }))
    .max(20)
    .default([]),
});
export type Letter = z.output<typeof letterSchema>;

/** The message with CRLF at the ends of lines. */
export async function writeLetter({ from, name, subject, text, inReplyTo, files }: Letter, at: Date): Promise<Buffer> {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail({
    from: { name, address: from },
    to: podatelna.user,
    subject,
    text,
    date: at,
    ...(inReplyTo === '' ? {} : { inReplyTo, references: inReplyTo }),
    attachments: files.map((file) => ({ filename: file.name, content: Buffer.from(file.base64, 'base64') })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  if (!Buffer.isBuffer(message)) throw new Error('the letter was not written');
  return message;
}
