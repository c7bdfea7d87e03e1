// A PostgreSQL that the operator gave in DATABASE_URL: whether it answers and is new enough.
import { withClient } from './roles.ts';

/** The oldest major version that the schema is tried on. */
const oldest = 16;

/** One line for the operator, or undefined when the database will do. */
export async function findFault(ownerUrl: string): Promise<string | undefined> {
  try {
    const version = await withClient(
      ownerUrl,
      async (client) =>
        (await client.query<{ number: number }>(`select current_setting('server_version_num')::int as number`)).rows[0]?.number ?? 0,
    );
    const major = Math.floor(version / 10_000);
    return major < oldest
      ? `Chybné nastavení DATABASE_URL: PostgreSQL ${major} je příliš starý, je potřeba verze ${oldest} nebo novější.`
      : undefined;
  } catch (error) {
    return `Chybné nastavení DATABASE_URL: k databázi se nelze připojit (${reason(error)}).`;
  }
}

/** Without the address, which holds a password. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : 'neznámá chyba';
}
