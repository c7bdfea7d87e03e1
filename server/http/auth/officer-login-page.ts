// The page on which officers log in with the name and password of the office's directory. Plain HTML, works without scripts.
import { createHash } from 'node:crypto';
import type { Context } from 'koa';

/** Why the last try did not succeed, by the directory's code. Nothing here tells a stranger whether a name exists. */
const TEXTS: Readonly<Record<string, string>> = {
  'bad-credentials': 'Jméno nebo heslo nesouhlasí. Zkontrolujte, zda nemáte zapnutý Caps Lock a správnou klávesnici.',
  'account-locked':
    'Účet je v adresáři úřadu dočasně zamčený po několika chybných heslech. Zkuste to později, nebo se obraťte na správce sítě.',
  'account-disabled': 'Účet je v adresáři úřadu zakázaný. Obraťte se na správce sítě.',
  'account-expired': 'Platnost účtu v adresáři úřadu skončila. Obraťte se na správce sítě.',
  'account-hours': 'V tuto dobu se podle nastavení úřadu nesmíte přihlásit. Obraťte se na správce sítě.',
  'account-workstation': 'Podle nastavení úřadu se smíte přihlásit jen z určených počítačů. Obraťte se na správce sítě.',
  'password-expired': 'Heslu skončila platnost. Změňte si ho ve Windows (Ctrl+Alt+Delete, Změnit heslo) a přihlaste se novým.',
  'password-must-change': 'Heslo si musíte nejdřív změnit: přihlaste se do Windows, změňte ho a pak se přihlaste sem novým.',
  'no-role':
    'Heslo je správné, ale v této aplikaci nemáte žádné oprávnění. Požádejte správce nebo vedoucího o zařazení do správné skupiny.',
  inactive: 'Správce váš účet v této aplikaci vypnul. Obraťte se na něj.',
  unavailable: 'Adresář úřadu teď neodpovídá, heslo nejde ověřit. Zkuste to za chvíli; když to potrvá, zavolejte správci.',
};

const STATUSES: Readonly<Record<string, number>> = { 'bad-credentials': 401, 'too-soon': 429, unavailable: 503 };

export interface LoginForm {
  readonly returnPath: string;
  /** Is there an identity provider beside the directory? */
  readonly hasProvider: boolean;
  /** What was typed, shown again; never the password. */
  readonly login?: string;
  readonly failure?: { readonly code: string; readonly waitSeconds?: number };
}

const STYLE =
  'body{margin:0;font:1.125rem/1.5 Roboto,system-ui,sans-serif;color:#1b1b1b;background:#fff}main{max-width:30rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.75rem;line-height:1.25}a{color:#2362a2}label{display:block;font-weight:600;margin-top:1rem}input{box-sizing:border-box;width:100%;font:inherit;padding:.6rem;border:1px solid #5c5c5c;border-radius:2px}button,a.next{display:inline-block;font:inherit;font-weight:600;margin:1.25rem 0 0;padding:.6rem 1.2rem;border:1px solid #2362a2;background:#2362a2;color:#fff;text-decoration:none;cursor:pointer}a.next{background:#fff;color:#2362a2}.error{border-left:4px solid #b50e0e;background:#fdf0f0;padding:.75rem 1rem}:focus-visible{outline:3px solid #d9720c;outline-offset:2px}p.other{border-top:1px solid #d0d0d0;margin-top:2rem;padding-top:1rem}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export function showLoginForm(ctx: Context, { returnPath, hasProvider, login = '', failure }: LoginForm): void {
  ctx.status = failure ? (STATUSES[failure.code] ?? 403) : 200;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set('Cache-Control', 'no-store');
  if (failure?.waitSeconds !== undefined) ctx.set('Retry-After', String(failure.waitSeconds));
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  );
  const goal = `?cil=${encodeURIComponent(returnPath)}`;
  const alert = failure ? `<p class="error" id="chyba" role="alert">${textOf(failure)}</p>` : '';
  const described = failure ? ' aria-describedby="chyba"' : '';
  const other = hasProvider
    ? `<p class="other">Máte účet u poskytovatele identity úřadu?<br><a class="next" href="/urad/prihlaseni/poskytovatel${goal}">Přihlásit se přes poskytovatele identity</a></p>`
    : '';
  ctx.body = `<!doctype html>
<html lang="cs"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${failure ? 'Chyba: ' : ''}Přihlášení úředníka</title><style>${STYLE}</style></head>
<body><main><h1>Přihlášení úředníka</h1>${alert}
<form method="post" action="/urad/prihlaseni${goal}">
<label for="jmeno">Přihlašovací jméno</label>
<input id="jmeno" name="jmeno" value="${escape(login)}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="120" required${login === '' ? ' autofocus' : ''}${described}>
<label for="heslo">Heslo</label>
<input id="heslo" name="heslo" type="password" autocomplete="current-password" maxlength="512" required${login === '' ? '' : ' autofocus'}${described}>
<button>Přihlásit se</button></form>
<p>Jméno a heslo jsou stejné jako do počítače v úřadu.</p>${other}
<p><a href="/">Zpět na portál občana</a></p></main></body></html>`;
}

function textOf({ code, waitSeconds }: NonNullable<LoginForm['failure']>): string {
  if (code !== 'too-soon') return TEXTS[code] ?? TEXTS['unavailable'] ?? '';
  const minutes = Math.max(1, Math.ceil((waitSeconds ?? 60) / 60));
  const words = minutes === 1 ? '1 minutu' : minutes < 5 ? `${minutes} minuty` : `${minutes} minut`;
  return `Po několika chybných heslech je potřeba chvíli počkat. Zkuste to znovu za ${words}.`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
