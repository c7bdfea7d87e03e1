// The owner of the schema and its database. The role that serves requests is made by the migrations, which the owner runs.
import { Client } from 'pg';
import { applicationRole } from './names.ts';

export type Owner = { readonly name: string; readonly password: string };

/** Makes the owner, an ordinary role that may make the serving role; running it again sets the password. */
export async function prepareOwner(adminUrl: string, { name, password }: Owner): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const role = client.escapeIdentifier(name);
    const known = await exists(client, 'select from pg_roles where rolname = $1', name);
    await client.query(
      `${known ? 'alter' : 'create'} role ${role} login createrole nosuperuser nobypassrls password ${client.escapeLiteral(password)}`,
    );
    // Where the serving role was made by somebody else, its password is still the owner's to set.
    if (await exists(client, 'select from pg_roles where rolname = $1', applicationRole))
      await client.query(`grant ${applicationRole} to ${role} with admin option`);
    // An administrator that is no superuser must be a member to make a database for the owner.
    if (await exists(client, 'select from pg_roles where rolname = current_user and not rolsuper and $1 <> current_user', name))
      await client.query(`grant ${role} to current_user`);
  });
}

/** Makes the database if it is missing. */
export async function prepareDatabase(adminUrl: string, name: string, owner: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    if (await exists(client, 'select from pg_database where datname = $1', name)) return;
    await client.query(`create database ${client.escapeIdentifier(name)} owner ${client.escapeIdentifier(owner)}`);
  });
}

/** The same address for another role or database. */
export function address(url: string, change: { readonly user?: Owner; readonly database?: string }): string {
  const changed = new URL(url);
  if (change.user !== undefined) {
    changed.username = change.user.name;
    changed.password = change.user.password;
  }
  if (change.database !== undefined) changed.pathname = `/${change.database}`;
  return changed.href;
}

/** Runs one piece of work over a connection of its own. */
export async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: Client, query: string, name: string): Promise<boolean> {
  return (await client.query(query, [name])).rowCount === 1;
}
