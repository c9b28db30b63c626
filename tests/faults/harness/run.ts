import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '#db/client.ts'
import { asSuperuser, startCluster } from '#db/embedded.ts'
import { ensureTemplate } from '#tests/support/cluster.ts'
import { buildIfStale } from '../../../bin/build-if-stale.ts'
import { withLock } from '../../../bin/with-lock.ts'
import { runFaults } from './harness.ts'
import { tableOf } from './table.ts'

const HOME = path.resolve(import.meta.dirname, '../../../node_modules/.cache/faults')
const NAME = 'faults'
const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } } })
const [kills, seed] = [Number(values.kills), Number(values.seed)]
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('npm run test:faults -- [--kills <how many>] [--seed <a whole number>]')
  process.exit(2)
}

await buildIfStale({ onStart: () => console.log('Building the pages …') })
// The cluster is this checkout's, so one run waits for another.
process.exitCode = await withLock(`${HOME}.lock`, run)
process.exit()

async function run(): Promise<number> {
  // PostgreSQL runs as the product runs it, with every commit on the disk.
  const cluster = await startCluster(HOME)
  // Webs and workers leave by themselves when their standard input ends; the database has to be told.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (cluster.stop(), process.exit(1)))
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-faults-'))
  const template = await ensureTemplate(cluster)
  await asSuperuser(cluster, 'postgres', async (client) => {
    await client.query(`drop database if exists ${NAME} with (force)`)
    await client.query(`create database ${NAME} template ${template} owner mingdan_owner`)
  })
  const [app, owner] = [connect(cluster.webUrl(NAME), 'app', { most: 5 }), connect(cluster.ownerUrl(NAME), 'owner', { most: 5 })]
  try {
    console.log(`Killing ${kills} processes, seed ${seed} …`)
    const report = await runFaults({ url: cluster.webUrl(NAME), app, owner, folder }, { kills, seed, bidders: 8, say: (line) => console.log(line) })
    console.log(`\n${tableOf(report)}`)
    return report.violations.length || report.killed.length < kills ? 1 : 0
  } finally {
    await Promise.all([app.destroy(), owner.destroy()])
    cluster.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
