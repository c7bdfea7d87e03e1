// Finding a port beside one that is taken.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findFreePort, isPortFree } from '../../server/platform/free-port.ts';

test('a taken port is passed over for the next free one', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;

  const found = await findFreePort(taken);

  expect(found).toBeGreaterThan(taken);
  expect(await isPortFree(taken)).toBe(false);
  expect(await isPortFree(found)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
});

test('when no port is left, the range that was tried is named', async () => {
  await expect(findFreePort(65_536)).rejects.toThrow('65536');
});

test('port 0 gives any free port, as a number to print', async () => {
  const found = await findFreePort(0);
  expect(found).toBeGreaterThan(1023);
  expect(await isPortFree(found)).toBe(true);
});
