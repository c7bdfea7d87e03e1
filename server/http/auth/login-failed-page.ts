// The page after a login that did not work out: what happened and what to do next, in Czech. Plain HTML, no script.
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { Loa } from '../../people/sessions.ts';

interface Text {
  readonly title: string;
  readonly what: string;
  readonly next: string;
  readonly status: number;
}

const again = 'Zkuste se přihlásit znovu.';
const TEXTS: Readonly<Record<string, Text>> = {
  cancelled: {
    status: 403,
    title: 'Přihlášení nebylo dokončeno',
    what: 'Přihlášení jste zrušili, nebo ho poskytovatel identity neprovedl.',
    next: 'Nic se nestalo, žádné údaje jsme nezískali. Přihlásit se můžete kdykoli znovu, třeba i jiným prostředkem (bankovní identita, mojeID, eObčanka).',
  },
  'loa-too-low': {
    status: 403,
    title: 'Tento způsob přihlášení nestačí',
    what: 'Přihlásili jste se prostředkem s nižší úrovní záruky. K tomuto podání je potřeba alespoň úroveň značná.',
    next: 'Přihlaste se znovu a zvolte bankovní identitu, Mobilní klíč eGovernmentu, eObčanku nebo plně ověřené mojeID. Rozepsané podání zůstává uložené.',
  },
  'loa-high': {
    status: 403,
    title: 'Tento způsob přihlášení nestačí',
    what: 'Přihlásili jste se prostředkem s nižší úrovní záruky. Tahle služba vyžaduje úroveň vysokou.',
    next: 'Přihlaste se znovu a zvolte eObčanku nebo jiný prostředek s vysokou úrovní záruky. Rozepsané podání zůstává uložené.',
  },
  'way-too-weak': {
    status: 403,
    title: 'Tento způsob přihlášení nestačí',
    what: 'Tahle služba vyžaduje vyšší úroveň záruky, než jakou tento způsob přihlášení dává.',
    next: 'Přihlaste se znovu jiným způsobem, nejlépe přes Identitu občana. Rozepsané podání zůstává uložené.',
  },
  expired: {
    status: 400,
    title: 'Přihlášení trvalo příliš dlouho',
    what: 'Od začátku přihlášení uplynulo více než deset minut, nebo už bylo jednou použito (například po stisku tlačítka Zpět).',
    next: again,
  },
  cookie: {
    status: 400,
    title: 'Prohlížeč neposlal potřebný soubor cookie',
    what: 'Přihlášení musí skončit ve stejném prohlížeči, ve kterém začalo, a prohlížeč musí mít povolené soubory cookie.',
    next: 'Povolte soubory cookie pro tuto adresu, nebo zavřete anonymní okno, a přihlaste se znovu.',
  },
  untrusted: {
    status: 400,
    title: 'Odpověď o přihlášení jsme nepřijali',
    what: 'Odpověď poskytovatele identity neprošla kontrolou, proto jsme vás z bezpečnostních důvodů nepřihlásili.',
    next: `${again} Pokud se to opakuje, napište nebo zavolejte úřadu a sdělte kód uvedený níže.`,
  },
  'login-not-fresh': {
    status: 403,
    title: 'Přihlaste se prosím znovu i původním způsobem',
    what: 'Obě přihlášení spojujeme do jednoho účtu, a to jde jen krátce po přihlášení. To vaše první je starší.',
    next: 'Odhlaste se, přihlaste se znovu stejně jako předtím a potom silnějším způsobem. Rozepsané podání zůstává uložené.',
  },
  'not-joined': {
    status: 403,
    title: 'Přihlášení nejde spojit do jednoho účtu',
    what: 'Silnějším způsobem se přihlásil někdo jiný, než kdo podání začal: jména nebo data narození se liší, nebo přihlášení mezitím skončilo.',
    next: 'Nic se nezměnilo. Pokud jste to vy, odhlaste se a přihlaste se rovnou silnějším způsobem; podání pak vyplňte znovu.',
  },
  'logout-refused': {
    status: 400,
    title: 'Odhlášení jsme nepřijali',
    what: 'Žádost o odhlášení neprošla kontrolou, proto vaše přihlášení na portálu trvá.',
    next: 'Odhlásit se můžete tlačítkem v záhlaví portálu.',
  },
  'no-role': {
    status: 403,
    title: 'Nemáte přidělenou žádnou roli',
    what: 'Váš účet je v pořádku, ale v této aplikaci nemáte žádné oprávnění.',
    next: 'Požádejte správce aplikace nebo svého vedoucího o zařazení do správné skupiny a přihlaste se znovu.',
  },
  'second-factor-missing': {
    status: 403,
    title: 'Chybí druhý krok ověření',
    what: 'Tato aplikace vyžaduje přihlášení s druhým faktorem (potvrzení v mobilu, bezpečnostní klíč) a poskytovatel identity ho nepotvrdil.',
    next: 'Přihlaste se znovu a druhý krok dokončete. Pokud žádný nastavený nemáte, požádejte o něj správce sítě.',
  },
  'groups-missing': {
    status: 403,
    title: 'Vaše skupiny se nepodařilo zjistit',
    what: 'Jste v tolika skupinách, že je poskytovatel identity při přihlášení neposlal, a dodatečně se je zjistit nepodařilo.',
    next: 'Zkuste to za chvíli. Pokud se to opakuje, řekněte správci aplikace: má nastavit Microsoft Graph, nebo role aplikace.',
  },
  inactive: {
    status: 403,
    title: 'Účet je zablokovaný',
    what: 'Správce váš účet v této aplikaci vypnul.',
    next: 'Obraťte se na správce aplikace.',
  },
  unavailable: {
    status: 503,
    title: 'Přihlášení teď není dostupné',
    what: 'Poskytovatel identity neodpovídá.',
    next: 'Zkuste to prosím za několik minut. Rozepsaná podání zůstávají uložená.',
  },
  'too-many': {
    status: 429,
    title: 'Příliš mnoho pokusů',
    what: 'Z této adresy přišlo v krátké době mnoho pokusů o přihlášení.',
    next: 'Počkejte minutu a zkuste to znovu.',
  },
};

const STYLE =
  'body{margin:0;font:1.125rem/1.5 Roboto,system-ui,sans-serif;color:#1b1b1b;background:#fff}main{max-width:40rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.75rem;line-height:1.25}a{color:#2362a2}a.next{display:inline-block;margin:.5rem 1rem 0 0;padding:.6rem 1.2rem;background:#2362a2;color:#fff;text-decoration:none}:focus-visible{outline:3px solid #d9720c;outline-offset:2px}small{color:#555}';
/** For `style-src` of this one page. */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export interface LoginFailure {
  /** Key of the text: a stable code; unknown ones read as `untrusted`. */
  readonly text: string;
  /** Code for the administrator. */
  readonly code: string;
  readonly area: 'citizen' | 'officer';
  readonly returnPath?: string;
  /** The level that was asked for, so that the next try asks for it too. */
  readonly loa?: Loa;
}

export function showLoginFailure(ctx: Context, failure: LoginFailure): void {
  const text = TEXTS[failure.text] ?? TEXTS['untrusted'];
  if (!text) return;
  const start = failure.area === 'officer' ? '/urad/prihlaseni' : '/prihlaseni';
  const query = new URLSearchParams({
    ...(failure.returnPath ? { cil: failure.returnPath } : {}),
    ...(failure.loa ? { uroven: failure.loa } : {}),
  });
  const goal = query.size > 0 ? `?${query.toString()}` : '';
  ctx.status = text.status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  ctx.body = `<!doctype html>
<html lang="cs"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text.title}</title><style>${STYLE}</style></head>
<body><main><h1>${text.title}</h1><p>${text.what}</p><p>${text.next}</p>
<p><a class="next" href="${start}${goal.replaceAll('&', '&amp;')}">Přihlásit se znovu</a> <a href="/">Zpět na úvodní stránku</a></p>
<p><small>Kód pro správce: ${failure.code.replace(/[^a-z0-9-]/g, '')}</small></p></main></body></html>`;
}
