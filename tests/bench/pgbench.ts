import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Knex } from 'knex'
import type { Member } from '#app/domain/accounts/actor.ts'
import { keysIn } from './captured.ts'
import type { Sent } from './same-sql.ts'

/** Where Debian's packages put it when it is not on the path. */
const DEBIAN = '/usr/lib/postgresql'
/** What the wrapper of a statement calls a value; pgbench sends it as a parameter of the prepared statement. */
const nameOf = (statement: number, place: number) => `v${statement}_${place}`

/** PostgreSQL's own measuring program, where this machine has one: the embedded PostgreSQL brings none. */
export function findPgbench(): string | null {
  const versions = fs.existsSync(DEBIAN) ? fs.readdirSync(DEBIAN).toSorted((one, other) => Number(other) - Number(one)) : []
  return ['pgbench', ...versions.map((version) => path.join(DEBIAN, version, 'bin/pgbench'))].find((command) => spawnSync(command, ['--version']).status === 0) ?? null
}

/**
 * The statements of a bid as pgbench sends them: prepared, over as many connections, each bid with ids and hashes of its own and in
 * the place of the agency's standing one. Whose turn it is and the fresh values come from one read before BEGIN, which a bid does not have.
 *
 * @returns runs so many bids of the agencies from a place on, and tells bids a second and how long each took in milliseconds
 */
export async function pgbenchBids(owner: Knex, { command, url, atOnce, model: { statements, fresh, agency, earlier }, members }: { command: string; url: string; atOnce: number; model: Sent; members: readonly Member[] }): Promise<(from: number, count: number) => { perSecond: number; times: number[] }> {
  await owner.raw('create table bench_bidders (place integer primary key, organisation uuid not null, account uuid not null)')
  await owner.raw('grant select on bench_bidders to mingdan_app')
  await owner.batchInsert('bench_bidders', members.map(({ organisationId: organisation, accountId: account }, place) => ({ place, organisation, account })), 500)

  const known = new Map<string, string>([
    [agency.organisationId, 'organisation'],
    [agency.accountId, 'account'],
    [earlier, 'standing'],
    ...fresh.map((key, place): [string, string] => [key, `fresh${place}`]),
  ])
  const constants: string[] = []
  const made: string[] = []
  const lines = statements.map(({ sql, values }, at) => {
    if (/:[a-z]/i.test(sql.replaceAll('::', ''))) throw new Error(`pgbench would take a part of this for a variable: ${sql}`)
    values.forEach((value, place) => {
      const [name, text] = [nameOf(at, place + 1), asText(value)]
      const keys = text === null ? [] : keysIn(value).filter((key) => known.has(key))
      if (text !== null) constants.push('-D', `${keys.length > 0 ? 'model_' : ''}${name}=${text}`)
      if (keys.length > 0) made.push(`${keys.reduce((before, key) => `replace(${before}, '${key}', ${known.get(key)})`, `cast(:model_${name} as text)`)} as ${name}`)
    })
    return `${sql.replace(/\$(\d+)/g, (_, place: string) => (asText(values[Number(place) - 1]) === null ? 'null' : `:${nameOf(at, Number(place))}`)).replace(/;?\s*$/, '')};`
  })
  const someFresh = fresh.map((key, place) => `${key.includes('-') ? 'cast(gen_random_uuid() as text)' : "encode(sha256(uuid_send(gen_random_uuid())), 'hex')"} as fresh${place}`)
  const tender = statements.flatMap(({ sql, values }) => (sql.startsWith('insert into "bids"') ? [values.at(-1)] : []))[0] as string
  const script = [
    '\\set turn :turn + 1',
    `\\set place (:first + :turn * ${atOnce} + :client_id) % ${members.length}`,
    `select ${made.join(',\n  ')}`,
    `from (select cast(organisation as text), cast(account as text), cast(bids.id as text) as standing, ${someFresh.join(', ')}`,
    `  from bench_bidders join bids on agency_id = organisation and tender_id = '${tender}' and replaced_at is null and withdrawn_at is null where place = :place) now \\gset`,
    ...lines,
    '',
  ].join('\n')

  return (from, count) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pgbench-'))
    const [file, log] = [path.join(folder, 'bid.sql'), path.join(folder, 'log')]
    fs.writeFileSync(file, script)
    const args = ['-n', '-M', 'prepared', '-c', String(atOnce), '-j', '1', '-t', String(count / atOnce), '-l', '--log-prefix', log, '-D', 'turn=-1', '-D', `first=${from}`, ...constants, '-f', file, url]
    const run = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PGOPTIONS: '-c role=mingdan_app -c statement_timeout=10000 -c lock_timeout=5000 -c timezone=UTC -c join_collapse_limit=4' } })
    const perSecond = Number(/^tps = ([\d.]+)/m.exec(run.stdout)?.[1])
    if (run.status !== 0 || !(perSecond > 0)) throw new Error(`pgbench failed.\n${run.stderr.slice(0, 2000)}`)
    const times = fs.readdirSync(folder).filter((name) => name.startsWith('log')).flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').trim().split('\n')).map((line) => Number(line.split(' ')[2]) / 1000)
    fs.rmSync(folder, { recursive: true })
    return { perSecond, times }
  }
}

/** A value as PostgreSQL reads it from text. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? `{${value.map((one) => JSON.stringify(asText(one))).join(',')}}` : String(value)
}
