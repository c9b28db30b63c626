import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { inject } from 'vitest'
import { readConfig, type Config } from '#app/config.server.ts'
import { keepDemo } from '#db/seeds/demo.ts'
import { prepareDatabase } from '../../bin/prepare-database.ts'
import { filesBelow } from './cluster.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TOWN_LOCK = 4_907_236
const DAY = 86_400_000

/** What a town is made of; a change in any of it makes a new town. */
const MADE_OF = ['app/domain', 'app/words/zh', 'app/http/say-reason.server.ts', 'db', 'package-lock.json', 'tests/support/town.ts']
/** What a site needs beside the database: the keys that signed it, and who can sign in. */
const BESIDE = ['keyring.json', 'demo.json']

/**
 * The demo's whole town, told once for each state of the sources and cloned from then on: the name of its database,
 * and the folder with its keys. Whoever asks first waits for the telling, everybody else for a clone.
 */
export async function theTown(): Promise<{ template: string; beside: string }> {
  const cluster = inject('cluster')
  const mark = fingerprint()
  const [template, beside] = [`town_${mark}`, path.join(ROOT, 'node_modules/.cache', `town-${mark}`)]
  const client = new pg.Client({ connectionString: cluster.superUrl.replace(/DATABASE$/, 'postgres') })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [TOWN_LOCK])
    const { rows } = await client.query<{ datname: string; made: string | null }>(`select datname, shobj_description(oid, 'pg_database') as made from pg_database where datname like 'town\\_%'`)
    if (rows.some(({ datname }) => datname === template) && BESIDE.every((file) => fs.existsSync(path.join(beside, file)))) return { template, beside }
    for (const { datname, made } of rows) if (datname === template || Date.now() - Number(made) > DAY) await client.query(`drop database if exists ${datname} with (force)`)
    await build(client, { template, beside })
    return { template, beside }
  } finally {
    await client.end()
  }
}

/** Puts the town's keys and accounts where a site will look for them. */
export function settle(beside: string, { dataDir, keyring }: Pick<Config, 'dataDir' | 'keyring'>): void {
  fs.copyFileSync(path.join(beside, 'keyring.json'), keyring)
  fs.copyFileSync(path.join(beside, 'demo.json'), path.join(dataDir, 'demo.json'))
}

async function build(client: pg.Client, { template, beside }: { template: string; beside: string }): Promise<void> {
  const cluster = inject('cluster')
  const making = `making_${randomUUID().slice(0, 8)}`
  fs.rmSync(beside, { recursive: true, force: true })
  await client.query(`create database ${making} owner mingdan_owner`)
  try {
    const url = (from: string) => from.replace(/DATABASE$/, making)
    const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: url(cluster.webUrl), DATABASE_OWNER_URL: url(cluster.ownerUrl), DATA_DIR: beside, DEMO: 'true', PUBLIC_URL: 'http://town.mingdan.invalid' })
    await prepareDatabase(config)
    await keepDemo(config, { withTender: false })
    await client.query(`alter database ${making} rename to ${template}`)
    await client.query(`comment on database ${template} is '${Date.now()}'`)
  } catch (error) {
    await client.query(`drop database if exists ${making} with (force)`)
    throw error
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const part of MADE_OF) for (const file of filesBelow(path.join(ROOT, part))) hash.update(path.relative(ROOT, file)).update(fs.readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
