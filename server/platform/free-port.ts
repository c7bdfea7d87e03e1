// Finds a TCP port that can be listened on: the wanted one if it is free, else the next free one above it.
import { createServer } from 'node:net';

/** Whether a listener on this host and port would succeed now. Port 0 is always free. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The wanted port, or the first free one of the next `tries` ports; for 0 any free one. Throws when all of them are taken. */
export async function findFreePort(wanted: number, host = '127.0.0.1', tries = 100): Promise<number> {
  if (wanted === 0) return anyFreePort(host);
  for (let port = wanted; port < wanted + tries && port < 65_536; port += 1) {
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`no free port between ${wanted} and ${wanted + tries - 1}`);
}

function anyFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
