// Is every configured box reachable under its login, and is it the box we think it is? Reads only the owner, delivers nothing.
import { OutsideFailure } from '../connector.ts';
import type { CheckResult } from '../connector.ts';
import type { SendDependencies } from './send.ts';

export async function checkAccounts(deps: SendDependencies): Promise<CheckResult> {
  for (const [name, client] of deps.clients) {
    const expected = deps.settings.accounts[name]?.boxId;
    try {
      client.tryLoginAgain();
      const owner = await client.ownerOfLogin();
      if (owner.boxId !== expected) return { ok: false, text: `Účet „${name}“ patří schránce ${owner.boxId}, v nastavení je ${expected}.` };
    } catch (error) {
      if (!(error instanceof OutsideFailure)) throw error;
      return { ok: false, text: `Účet „${name}“: ${error.message}` };
    }
  }
  return { ok: true, text: `Datové schránky odpovídají (${[...deps.clients.keys()].join(', ')}).` };
}
