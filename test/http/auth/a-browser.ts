// A visitor's browser as far as login is concerned: cookies with their rules, redirects, and forms.

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

export class Browser {
  readonly cookies = new Map<string, Cookie>();

  /** Goes to an address and follows redirects. */
  async go(address: string | URL, init: RequestInit = {}): Promise<Answer> {
    let url = new URL(address);
    let answer = await this.send(url, init);
    for (let hops = 0; answer.status >= 300 && answer.status < 400 && hops < 12; hops += 1) {
      url = new URL(answer.headers.get('location') ?? '', url);
      answer = await this.send(url, {});
    }
    return answer;
  }

  /** One request, no redirects. */
  async send(url: URL, init: RequestInit): Promise<Answer> {
    const sent = [...this.cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(sent ? { cookie: sent } : {}), ...(init.headers as Record<string, string> | undefined) },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return { url, status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Presses the button with this value in the only form of the page (or the first button). */
  async press(page: Answer, button?: string): Promise<Answer> {
    return this.go(new URL(actionOf(page), page.url), formInit(fieldsOf(page), button));
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', ...value] = pair.split('=');
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute) || /^expires=Thu, 01 Jan 1970/i.test(attribute));
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, { value: value.join('='), path });
  }
}

export function fieldsOf(page: Answer): Record<string, string> {
  return Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      unescape(value),
    ]),
  );
}

export function actionOf(page: Answer): string {
  return unescape(/<form[^>]* action="([^"]+)"/.exec(page.text)?.[1] ?? '');
}

export function formInit(fields: Readonly<Record<string, string>>, button?: string): RequestInit {
  const body = new URLSearchParams({ ...fields, ...(button === undefined ? {} : { osoba: button }) });
  return { method: 'POST', body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code))).replace(/&amp;/g, '&');
}
