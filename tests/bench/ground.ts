import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { asSuperuser, startCluster } from '#db/embedded.ts'
import { ensureTemplate } from '#tests/support/cluster.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const CACHE = path.join(ROOT, 'node_modules/.cache')

/** A database and a folder that the measurement owns and nobody else uses; `DATABASE_URL` is never looked at. */
export type Ground = { url: string; ownerUrl: string; dataDir: string; keyring: string; asSuper: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>; clear: () => Promise<void> }

/**
 * PostgreSQL runs here as the product runs it, with every commit on the disk: what a cluster without `fsync`
 * would show is a figure that nobody meets.
 */
export async function layGround(): Promise<Ground> {
  const cluster = await startCluster(path.join(CACHE, 'bench'))
  const template = await ensureTemplate(cluster)
  const name = `bench_${randomUUID().slice(0, 8)}`
  await asSuperuser(cluster, 'postgres', (client) => client.query(`create database ${name} template ${template} owner mingdan_owner`))
  const dataDir = fs.mkdtempSync(path.join(CACHE, 'bench-data-'))
  const keyring = path.join(dataDir, 'keyring.json')
  openKeyring(keyring, { origin: 'bench.mingdan.invalid', makeIfMissing: true })
  return {
    url: cluster.webUrl(name),
    ownerUrl: cluster.ownerUrl(name),
    dataDir,
    keyring,
    asSuper: (work) => asSuperuser(cluster, name, work),
    async clear() {
      await asSuperuser(cluster, 'postgres', (client) => client.query(`drop database if exists ${name} with (force)`))
      fs.rmSync(dataDir, { recursive: true, force: true })
      cluster.stop()
    },
  }
}
