// The one HTTP server of a town: begins to listen, says whether it can serve, ends without cutting anybody off.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from '../platform/config.ts';
import type { Shutdown } from '../platform/shutdown.ts';
import type { Database } from '../store/database.ts';

export async function serve(listener: RequestListener, config: Config): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  return server;
}

export async function readiness(db: Database, shutdown: Shutdown): Promise<{ readonly ok: boolean; readonly reason?: string }> {
  if (shutdown.isClosing()) return { ok: false, reason: 'closing' };
  try {
    await db.ping();
    return { ok: true };
  } catch {
    return { ok: false, reason: 'database' };
  }
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}
