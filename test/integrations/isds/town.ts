// The town and its portal as the tests configure them against the simulated ISDS.
import type { IsdsConfig } from '../../../server/integrations/isds/index.ts';
import { portalBox, townBox } from '../../../server/integrations/isds/simulator.ts';

export function townConfig(baseUrl: string, more: Partial<IsdsConfig> = {}): IsdsConfig {
  return {
    baseUrl,
    timeoutMs: 10_000,
    accounts: {
      portal: { boxId: portalBox.id, user: portalBox.user, password: portalBox.password },
      town: { boxId: townBox.id, user: townBox.user, password: townBox.password, receives: true, publicAuthority: true },
    },
    ...more,
  };
}

export const pdf = { name: 'podani.pdf', mime: 'application/pdf', content: Buffer.from('%PDF-1.4\n') };
