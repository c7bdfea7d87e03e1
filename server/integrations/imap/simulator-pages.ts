// The page of the e-podatelna in the simulated outside: what lies in its mailbox, and a form to write to it as a citizen, with attachments.
import Router from '@koa/router';
import type { Context } from 'koa';
import { decodeWords } from 'postal-mime';
import { readBody } from '../request-body.ts';
import { podatelna, type MailFolder, type Mailboxes } from '../simulated-mailboxes.ts';
import { html, showPage, showTime, table, type Html } from '../simulator-page.ts';
import type { SimulatorClock } from '../simulator.ts';
import { field } from './simulator-fetch.ts';
import { letterSchema, writeLetter, type Letter } from './simulator-letter.ts';

interface Given {
  readonly baseUrl: string;
  readonly mailboxes: Mailboxes;
  readonly clock: SimulatorClock;
}
const LARGEST_LETTER = 20_000_000;

export function createLetterPages(given: Given): Router {
  const { baseUrl, mailboxes, clock } = given;
  const router = new Router();
  const show = (ctx: Context, problem?: string): void =>
    showPage(ctx, {
      title: 'E-podatelna',
      body: body(given, ctx.query['odeslano'] === '1', problem),
      back: { href: `${baseUrl}/..`, text: 'Rozcestník' },
    });
  router.get('/', (ctx) => show(ctx));
  router.post('/napsat', async (ctx) => {
    const letter = await readLetter(ctx);
    if (letter) {
      const raw = await writeLetter(letter, clock.now());
      await mailboxes.deliver({ to: [podatelna.user], at: clock.now().toISOString(), raw: raw.toString('base64') });
      return ctx.redirect(`${baseUrl}/?odeslano=1`);
    }
    ctx.status = 422;
    return show(ctx, 'E-mail nelze odeslat: vyplňte adresu odesílatele a text; příloh smí být nejvýš dvacet.');
  });
  return router;
}

/** Undefined when it is no letter. */
async function readLetter(ctx: Context): Promise<Letter | undefined> {
  const bytes = await readBody(ctx, LARGEST_LETTER);
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': ctx.get('content-type') } })
    .formData()
    .catch(() => undefined);
  if (!form) return undefined;
  const said = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  // A field of files that nobody used gives one without a name.
  const given = form.getAll('files').flatMap((one) => (typeof one === 'string' || one.name === '' ? [] : [one]));
  const files = await Promise.all(
    given.map(async (one) => ({ name: one.name, base64: Buffer.from(await one.arrayBuffer()).toString('base64') })),
  );
  const names = ['from', 'name', 'subject', 'text', 'inReplyTo'] as const;
  const parsed = letterSchema.safeParse({ ...Object.fromEntries(names.map((name) => [name, said(name)])), files });
  return parsed.success && parsed.data.text.trim() !== '' ? parsed.data : undefined;
}

function body({ baseUrl, mailboxes }: Given, isSent: boolean, problem: string | undefined): Html {
  return html`${isSent ? html`<p class="notice" role="status">E-mail došel do schránky e-podatelny.</p>` : undefined}
    ${problem === undefined ? undefined : html`<p class="notice" role="alert">${problem}</p>`}
    <p>
      Na adresu <strong>${podatelna.user}</strong> píšou lidé úřadu. Město si poštu vybírá přes IMAP a úřední osoby ji najdou mezi došlými
      zprávami.
    </p>
    ${form(baseUrl)}${mailboxes.folders().map(oneFolder)}`;
}

function form(baseUrl: string): Html {
  return html`<h2>Napsat úřadu jako občan</h2>
    <form class="card" method="post" action="${baseUrl}/napsat" enctype="multipart/form-data">
      <label for="from">Adresa odesílatele</label
      ><input id="from" name="from" type="email" required autocomplete="off" value="jana.novotna@posta.example" />
      <label for="name">Jméno odesílatele</label><input id="name" name="name" autocomplete="off" value="Jana Novotná" />
      <label for="subject">Předmět (se spisovou značkou e-mail najde svůj případ)</label><input id="subject" name="subject" />
      <label for="text">Text</label><textarea id="text" name="text" rows="6" required></textarea> <label for="files">Přílohy</label
      ><input id="files" name="files" type="file" multiple />
      <label for="inReplyTo">Message-ID e-mailu města, na který se odpovídá (nemusí být)</label
      ><input id="inReplyTo" name="inReplyTo" autocomplete="off" />
      <button>Odeslat e-mail</button>
    </form>`;
}

const FOLDERS: Readonly<Record<string, string>> = { INBOX: 'Došlá pošta', Prevzato: 'Převzaté městem' };

function oneFolder({ name, messages }: MailFolder): Html {
  const rows = [...messages].reverse().map(({ mail, flags }) => {
    const raw = Buffer.from(mail.raw, 'base64').toString('latin1');
    return [
      showTime(mail.at),
      decodeWords(field(raw, 'from')),
      decodeWords(field(raw, 'subject')) || 'Bez předmětu',
      flags.includes('\\Seen') ? 'přečteno' : 'nové',
    ];
  });
  const title = FOLDERS[name] ?? name;
  return html`<h2>${title}</h2>
    ${rows.length === 0 ? html`<p>Nic tu neleží.</p>` : table(title, ['Kdy', 'Od', 'Předmět', 'Stav'], rows)}`;
}
