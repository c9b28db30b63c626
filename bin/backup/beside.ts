import pg from 'pg'

/** What PostgreSQL says where somebody is connected, and where a login may not do this. */
const [IN_USE, NOT_ALLOWED] = ['55006', '42501']

/**
 * Fills a new database beside the one of an address and puts it in that one's place when it is whole. Until then the old one
 * stands untouched: the two renames are one transaction, so that a failure or a kill at any instant leaves one of the two under the name.
 * What a killed run left beside is cleared by the next.
 *
 * @param url of the owner, whose login may create databases
 * @param fill gets the new database's address; every connection to it must be closed when it returns
 * @throws an Error where the login may not create databases, or somebody is connected to the old one
 */
export async function besideThenSwap<R>(url: string, fill: (besideUrl: string) => Promise<R>): Promise<R> {
  const name = nameIn(url)
  const [restoring, replaced] = [`${name.slice(0, 50)}_restoring`, `${name.slice(0, 50)}_replaced`]
  const [quoted, besideQuoted, replacedQuoted] = [name, restoring, replaced].map((one) => pg.escapeIdentifier(one)) as [string, string, string]
  await fromOutside(url, async (client) => {
    for (const left of [besideQuoted, replacedQuoted]) await client.query(`drop database if exists ${left}`)
    await client.query(`create database ${besideQuoted} template template0 ${await localeOf(client, name)}`)
  })
  try {
    const result = await fill(withName(url, restoring))
    await fromOutside(url, async (client) => {
      await client.query('begin')
      await client.query(`alter database ${quoted} rename to ${replacedQuoted}`)
      await client.query(`alter database ${besideQuoted} rename to ${quoted}`)
      await client.query('commit')
    })
    await fromOutside(url, (client) => client.query(`drop database if exists ${replacedQuoted}`))
    return result
  } catch (error) {
    await fromOutside(url, (client) => client.query(`drop database if exists ${besideQuoted}`)).catch(() => {})
    throw error
  }
}

/** Works from the cluster's own database: nobody can rename or drop the one that they are in. */
async function fromOutside(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withName(url, 'postgres') })
  await client.connect()
  try {
    await work(client)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === IN_USE) throw new Error('Somebody is still connected to this database. It stands as it was; close every connection and restore again.')
    if (code === NOT_ALLOWED) throw new Error('The owner’s login may not create or rename databases, and a full one is never emptied before the new one is whole. Give it CREATEDB, or restore into an empty database.')
    throw error
  } finally {
    await client.end()
  }
}

/** The new database sorts and matches as the old one does: under another locale the search of Chinese words would find nothing. */
async function localeOf(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ row: Record<string, string | null>; code: string }>('select to_jsonb(d) as row, pg_encoding_to_char(d.encoding) as code from pg_database as d where d.datname = $1', [name])
  const { row, code } = rows[0]!
  // The column has another name up to PostgreSQL 16.
  const locale = row.datlocale ?? row.daticulocale
  const provider = row.datlocprovider === 'i' ? `locale_provider icu icu_locale ${pg.escapeLiteral(locale!)}` : row.datlocprovider === 'b' ? `locale_provider builtin builtin_locale ${pg.escapeLiteral(locale!)}` : 'locale_provider libc'
  return `encoding ${pg.escapeLiteral(code)} lc_collate ${pg.escapeLiteral(row.datcollate!)} lc_ctype ${pg.escapeLiteral(row.datctype!)} ${provider}`
}

function nameIn(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function withName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}
