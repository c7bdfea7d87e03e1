// What the simulated NIA does with a request: answers it at once, asks who is there, or ends its session.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { readForm } from '../request-body.ts';
import type { Journaled } from '../simulator-store.ts';
import type { SimulatorOptions } from '../simulator.ts';
import type { SigningKey } from '../xml-signature.ts';
import { demoCitizens } from './demo-citizens.ts';
import { createKeyPair } from './key-pair.ts';
import { buildIdpLogoutRequest } from './logout-request.ts';
import { NIA_ENTITY_ID, isLoaEnough } from './names.ts';
import { idpMetadata, nextKeyEvent, publishedKeys, signingKey } from './simulator-keys.ts';
import { showLoginPage, showPostForm, showRefusedRequest } from './simulator-pages.ts';
import { readRequest } from './simulator-request.ts';
import type { ReceivedRequest, ServiceProvider } from './simulator-request.ts';
import { answerLogin, logoutResponse } from './simulator-response.ts';
import { hash, pseudonymOf } from './simulator-state.ts';
import type { Event, LoginRequest, Session, State } from './simulator-state.ts';

export interface NiaSimulatorOptions extends SimulatorOptions {
  readonly key: SigningKey;
  readonly serviceProviders: readonly ServiceProvider[];
  /** Real time: tokens are not valid in the demo's moved time. */
  readonly now?: () => Date;
}

export interface Desk {
  readonly options: NiaSimulatorOptions;
  readonly journal: Journaled<State, Event>;
  readonly now: () => Date;
}

const COOKIE = 'nia-svet';

interface Message {
  readonly encoded: string;
  readonly relayState: string;
  readonly binding: 'redirect' | 'post';
}

/** A SAML message from a town, by either binding. */
export async function receive(desk: Desk, ctx: Context, { encoded, relayState, binding }: Message): Promise<void> {
  let request: ReceivedRequest;
  try {
    request = readRequest(encoded, binding, desk.options.serviceProviders);
  } catch (cause) {
    return showRefusedRequest(ctx, cause instanceof Error ? cause.message : 'unreadable');
  }
  if (request.kind === 'logout') return logOut(desk, ctx, request);
  const login = { ...request, relayState };
  await desk.journal.record({ request: login });
  const session = desk.journal.state.sessions.get(hash(ctx.cookies.get(COOKIE) ?? ''));
  const citizen = demoCitizens.find(({ key }) => key === session?.citizen);
  if (session && citizen && !request.forceAuthn && isLoaEnough(citizen.loa, request.loa)) return sendAnswer(desk, ctx, login, session);
  showLoginPage(ctx, { action: `${desk.options.baseUrl}/prihlaseni`, requestId: request.id, entityId: request.entityId });
}

/** Somebody pressed a button on the login page. */
export async function choose(desk: Desk, ctx: Context): Promise<void> {
  const form = await readForm(ctx);
  const request = desk.journal.state.requests.get(form.get('zadost') ?? '');
  if (!request) return showRefusedRequest(ctx, 'unknown request');
  const citizen = demoCitizens.find(({ key }) => key === form.get('osoba'));
  const login = {
    at: desk.options.clock.now().toISOString(),
    entityId: request.entityId,
    request: request.id,
    citizen: citizen?.key ?? '',
  };
  if (!citizen) {
    await desk.journal.record({ login });
    return sendAnswer(desk, ctx, request, undefined);
  }
  const cookie = randomBytes(32).toString('base64url');
  const session = { citizen: citizen.key, sessionIndex: `_${randomUUID()}` };
  await desk.journal.record({ login, cookie: hash(cookie), session });
  ctx.cookies.set(COOKIE, cookie, { httpOnly: true, sameSite: 'lax', path: '/', secure: false, overwrite: true });
  await sendAnswer(desk, ctx, request, session);
}

async function sendAnswer(desk: Desk, ctx: Context, request: LoginRequest, session: Session | undefined): Promise<void> {
  const provider = desk.options.serviceProviders.find(({ entityId }) => entityId === request.entityId);
  const citizen = demoCitizens.find(({ key }) => key === session?.citizen);
  if (!provider) return showRefusedRequest(ctx, 'unknown service provider');
  const answer = await answerLogin(
    {
      serviceProvider: provider,
      inResponseTo: request.id,
      citizen,
      asked: request.asked,
      now: desk.now(),
      pseudonym: pseudonymOf(citizen?.key ?? randomUUID(), request.entityId),
      sessionIndex: session?.sessionIndex ?? `_${randomUUID()}`,
    },
    currentKey(desk),
  );
  showPostForm(ctx, {
    action: provider.acsUrl,
    fields: { SAMLResponse: answer, ...(request.relayState ? { RelayState: request.relayState } : {}) },
  });
}

/** Somebody ends his session at NIA itself: the town is told through the browser, as the standard has it. */
export async function leave(desk: Desk, ctx: Context): Promise<void> {
  const cookie = hash(ctx.cookies.get(COOKIE) ?? '');
  const session = desk.journal.state.sessions.get(cookie);
  const provider = desk.options.serviceProviders.find(({ sloUrl }) => sloUrl !== undefined);
  if (!session || provider?.sloUrl === undefined) return showRefusedRequest(ctx, 'nobody is logged in');
  await desk.journal.record({ loggedOut: session.sessionIndex });
  const request = buildIdpLogoutRequest(currentKey(desk), {
    id: `_${randomUUID()}`,
    issuer: NIA_ENTITY_ID,
    destination: provider.sloUrl,
    nameId: pseudonymOf(session.citizen, provider.entityId),
    sessionIndex: session.sessionIndex,
    issuedAt: desk.now(),
  });
  showPostForm(ctx, { action: provider.sloUrl, fields: { SAMLRequest: Buffer.from(request, 'utf8').toString('base64') } });
}

const currentKey = ({ journal, options }: Desk): SigningKey => signingKey(journal.state.keys, options.key);

/** NIA's own metadata, as it publishes them now. */
export function publish({ options, journal, now }: Desk, ctx: Context): void {
  ctx.type = 'application/samlmetadata+xml';
  const keys = publishedKeys(journal.state.keys, options.key);
  ctx.body = idpMetadata({ keys, ssoUrl: `${options.baseUrl}/FPSTS/saml2/basic`, now: now() }, options.key);
}

/** The next step of a change of the signing certificate. */
export async function changeKey({ journal }: Desk): Promise<void> {
  await journal.record({ keys: await nextKeyEvent(journal.state.keys, () => createKeyPair('NIA (simulator), nový')) });
}

async function logOut(desk: Desk, ctx: Context, request: Extract<ReceivedRequest, { kind: 'logout' }>): Promise<void> {
  await desk.journal.record({ loggedOut: request.sessionIndex });
  const provider = desk.options.serviceProviders.find(({ entityId }) => entityId === request.entityId);
  if (!provider) return showRefusedRequest(ctx, 'unknown service provider');
  const answer = logoutResponse({ inResponseTo: request.id, destination: provider.logoutUrl, now: desk.now() });
  showPostForm(ctx, { action: provider.logoutUrl, fields: { SAMLResponse: answer } });
}
