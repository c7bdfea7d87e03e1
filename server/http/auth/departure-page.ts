// Sends the browser to the identity provider: by redirect, or by the form of the SAML POST binding.
import type { Context } from 'koa';
import type { Departure } from './ports.ts';

export function showDeparture(ctx: Context, departure: Departure, title: string): void {
  if (departure.binding === 'redirect') {
    ctx.status = 303;
    // A plain header: koa would encode the long query a second time.
    ctx.set('Location', departure.url);
    ctx.body = 'Pokračujte k přihlášení.';
    return;
  }
  const fields = Object.entries(departure.fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  );
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html><html lang="cs"><head><meta charset="utf-8"><title>Přihlášení</title></head><body><main><h1>${escape(title)}</h1>
<form method="post" action="${escape(departure.action)}">${fields.join('')}<button>Pokračovat k přihlášení</button></form></main></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
