// Ports for servers of tests: below those from which systems take the ports of outgoing connections (Linux 32768, others 49152), so that no connection of
// another test sits on one that a restarted server needs again.
import { findFreePort } from '../../server/platform/free-port.ts';

const LOWEST = 10_000;
const HIGHEST = 32_000;

/** A free one, different in each run; a server with several ports takes the next ones. */
export const quietPort = (): Promise<number> => findFreePort(LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST)), '127.0.0.1');
