// Polls connectors for what came from outside. Messages and cursor are kept in one transaction; only then are they understood (process-inbox).
import { OutsideFailure, type Connector, type Inbox } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import { clearTrouble, cursorOf, keepMessages, noteTrouble, saveCursor } from '../store/inbox.ts';
import type { Json } from '../store/json.ts';
import type { Loop } from './runner.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** How soon an inbox that a town has just got is looked at. */
const ABSENT_MS = 60_000;

/** One loop for each connector that has an inbox, so that a slow one delays no other. */
export function inboxLoops(workshop: Workshop): readonly Loop[] {
  const names = workshop.inboxNames ?? workshop.connectors.filter(({ inbox }) => inbox).map(({ name }) => name);
  return names.map((name) => {
    const now = (): Connector | undefined => workshop.connectors.find((connector) => connector.name === name);
    return {
      name: `inbox:${name}`,
      get everyMs() {
        return now()?.inbox?.everyMs ?? ABSENT_MS;
      },
      run: async () => {
        const connector = now();
        const inbox = connector?.inbox;
        return inbox ? forEachTown(workshop, (tenantId) => read(workshop, tenantId, connector, inbox)) : 0;
      },
    };
  });
}

async function read(workshop: Workshop, tenantId: number, connector: Connector, inbox: Inbox): Promise<number> {
  const { db, clock } = workshop.corridor;
  const cursor = await db.withTenant(tenantId, (trx) => cursorOf(trx, tenantId, connector.name));
  try {
    const polled = await inbox.poll(cursor);
    reach(`polled:${polled.messages.length > 0 ? connector.name : 'nothing'}`);
    const at = clock.now().toISOString();
    const kept = await db.withTenant(tenantId, async (trx) => {
      const messages = polled.messages.map((m) => ({ id: m.id, kind: m.kind, payload: m.payload as Json, files: m.files ?? [] }));
      const count = await keepMessages(trx, tenantId, connector.name, messages, at);
      await saveCursor(trx, tenantId, connector.name, polled.cursor, at);
      await clearTrouble(trx, tenantId, connector.name);
      return count;
    });
    for (const { id, trouble } of polled.messages)
      if (trouble !== undefined) workshop.log.warn({ connector: connector.name, message: id, code: trouble }, 'message is kept unread');
    if (kept === 0) return 0;
    reach(`kept:${connector.name}`);
    workshop.corridor.poke();
    return 0;
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    workshop.log.warn({ connector: connector.name, code: error.code }, 'inbox could not be read');
    await db.withTenant(tenantId, (trx) => noteTrouble(trx, tenantId, connector.name, error.message, clock.now().toISOString()));
    return 0;
  }
}
