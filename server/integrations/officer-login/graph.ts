// Groups of an officer who is in so many that the token leaves them out: asked of Microsoft Graph with the access token of this login.
// Only the configured address is asked, never the one in the token's `_claim_sources`.
import { z } from 'zod';
import { callHttp, parseJson } from '../http-json.ts';
import type { OfficerLoginSettings } from './config.ts';
import { mayBeReached } from './provider.ts';
import { OfficerLoginRefused } from './refusal.ts';

/** Graph answers with at most so many. */
const answerSchema = z.object({ value: z.array(z.string().max(200)).max(11_000) });

/** Throws `OfficerLoginRefused` `groups-missing`. */
export async function askGraph(settings: OfficerLoginSettings, accessToken: string): Promise<readonly string[]> {
  const { graphUrl } = settings;
  if (graphUrl === undefined || !mayBeReached(new URL(graphUrl), settings)) throw new OfficerLoginRefused('groups-missing', 'cancelled');
  try {
    return await memberObjects(graphUrl, accessToken);
  } catch (cause) {
    throw new OfficerLoginRefused('groups-missing', 'cancelled', { cause });
  }
}

async function memberObjects(graphUrl: string, accessToken: string): Promise<readonly string[]> {
  const call = {
    url: `${graphUrl.replace(/\/$/, '')}/me/getMemberObjects`,
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ securityEnabledOnly: true }),
    timeoutMs: 10_000,
    service: 'graph',
  } as const;
  const answer = await callHttp(call, fetch);
  if (answer.status !== 200) throw new Error(`Graph answered ${answer.status}`);
  return answerSchema.parse(parseJson(answer, 'graph')).value;
}
