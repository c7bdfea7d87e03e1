// Which bulk transfers the gateways have sent to the town's account, and for which payments: read day by day, so that a credit of the bank is known
// as a settlement and is nobody's payment. Each transfer is kept once.
import { dayOf } from '../domain/calendar.ts';
import { OutsideFailure, type Gateway, type GatewayTransfer } from '../integrations/connector.ts';
import type { Transaction } from '../store/database.ts';
import { insertTransfer, noteTransferTrouble, troubleOfTransfer } from '../store/gateway-transfers.ts';
import { cursorOf, saveCursor } from '../store/inbox.ts';
import { forEachTown, type Workshop } from './workshop.ts';

const DAY_MS = 86_400_000;
/** A town that was off for longer asks its gateway by hand. */
const MOST_DAYS = 31;

export function readGatewayTransfers(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    for (const { name, gateway } of workshop.connectors) {
      if (!gateway?.transfers) continue;
      try {
        await readDays(workshop, tenantId, name, gateway);
      } catch (error) {
        if (!(error instanceof OutsideFailure)) throw error;
        workshop.log.warn({ code: error.code, gateway: name }, 'transfers of the gateway could not be read');
      }
    }
    return 0;
  });
}

/** From the last day that was read, which may have been read before its end, to today. */
async function readDays(workshop: Workshop, tenantId: number, name: string, gateway: Gateway): Promise<void> {
  const { db, clock } = workshop.corridor;
  const source = `${name}-transfers`;
  const now = clock.now();
  const today = dayOf(now.toISOString());
  const earliest = dayOf(new Date(now.getTime() - MOST_DAYS * DAY_MS).toISOString());
  const known = await db.withTenant(tenantId, (trx) => cursorOf(trx, tenantId, source));
  let day =
    known !== undefined && known > earliest
      ? known
      : known === undefined
        ? dayOf(new Date(now.getTime() - DAY_MS).toISOString())
        : earliest;
  while (day <= today) {
    const found = (await gateway.transfers?.(day)) ?? [];
    const at = now.toISOString();
    const reached = day;
    await db.withTenant(tenantId, async (trx) => {
      for (const transfer of found) await keep(trx, tenantId, { gateway: name, transfer, at });
      await saveCursor(trx, tenantId, source, reached, at);
    });
    day = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
  }
}

async function keep(
  trx: Transaction,
  tenantId: number,
  { gateway, transfer, at }: { readonly gateway: string; readonly transfer: GatewayTransfer; readonly at: string },
): Promise<void> {
  const items = transfer.items.map(({ paymentId, amount, fee }) => ({ paymentId, amount, fee }));
  if (!(await insertTransfer(trx, tenantId, { ...transfer, gateway, items, readAt: at }))) return;
  const trouble = await troubleOfTransfer(trx, tenantId, { ...transfer, gateway });
  if (trouble) await noteTransferTrouble(trx, tenantId, { gateway, id: transfer.id }, trouble);
}
