// The simulated identity provider over HTTP for tests, in any of its shapes, and a browser that comes back from it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createFaultPlan } from '../../../server/integrations/fault-plan.ts';
import { createKeyPair } from '../../../server/integrations/nia/key-pair.ts';
import type { OfficerLoginConfig } from '../../../server/integrations/officer-login/index.ts';
import { createOfficerLoginSimulator } from '../../../server/integrations/officer-login/simulator.ts';
import type { OfficerLoginSimulatorOptions } from '../../../server/integrations/officer-login/simulator.ts';
import { createMemoryStore } from '../../../server/integrations/simulator-store.ts';
import { Browser, actionOf, formInit } from '../../http/auth/a-browser.ts';

export const SECRET = 'a-secret-of-the-test-only';
export const RETURN = 'http://localhost:1/urad/prihlaseni/navrat';

export interface TestProvider {
  readonly issuer: string;
  readonly config: OfficerLoginConfig;
  /** As after a kill: only what its journal holds is known. */
  restart(): void;
  close(): void;
}

export async function startProvider(
  given: Pick<OfficerLoginSimulatorOptions, 'shape' | 'groupLimit' | 'amr'>,
  groupMap: OfficerLoginConfig['groupMap'],
): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const clock = { now: () => new Date() };
  const { privateKeyPem } = await createKeyPair('OIDC');
  const store = createMemoryStore();
  const begin = (): Koa => {
    const simulator = createOfficerLoginSimulator({
      ...given,
      baseUrl: issuer,
      store,
      clock,
      faults: createFaultPlan(createMemoryStore(), clock),
      privateKeyPem,
      client: { id: 'vyrizeno', secret: SECRET, redirectUri: RETURN, postLogoutRedirectUri: 'http://localhost:1/urad/' },
    });
    return new Koa().use(simulator.middleware);
  };
  let app = begin();
  server.on('request', (request, response) => void app.callback()(request, response));
  return {
    issuer,
    config: {
      issuer,
      shape: given.shape ?? 'openid',
      clientId: 'vyrizeno',
      clientSecret: SECRET,
      redirectUri: RETURN,
      postLogoutRedirectUri: 'http://localhost:1/urad/',
      groupMap,
      allowInsecure: true,
    },
    restart: () => {
      app = begin();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Where the provider sends the browser after this officer was chosen. */
export async function comeBack(url: string, subject: string): Promise<URL> {
  const browser = new Browser();
  const page = await browser.go(url);
  let answer = await browser.send(new URL(actionOf(page), page.url), formInit({}, subject));
  for (let hops = 0; hops < 10; hops += 1) {
    const next = new URL(answer.headers.get('location') ?? '', answer.url);
    if (next.href.startsWith(RETURN)) return next;
    answer = await browser.send(next, {});
  }
  throw new Error('the provider did not send the browser back');
}
