import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '#db/client.ts'
import { asSuperuser, startCluster } from '#db/embedded.ts'
import { ensureTemplate } from '#tests/support/cluster.ts'
import { buildIfStale } from '../../../bin/build-if-stale.ts'
import { runFaults } from './harness.ts'
import { tableOf } from './table.ts'

const HOME = path.resolve(import.meta.dirname, '../../../node_modules/.cache/faults')
const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } } })
const [kills, seed] = [Number(values.kills), Number(values.seed)]
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('npm run test:faults -- [--kills <how many>] [--seed <a whole number>]')
  process.exit(2)
}

await buildIfStale({ onStart: () => console.log('Building the pages …') })
// PostgreSQL runs as the product runs it, with every commit on the disk.
const cluster = await startCluster(HOME)
const name = `faults_${randomUUID().slice(0, 8)}`
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingdan-faults-'))
const template = await ensureTemplate(cluster)
await asSuperuser(cluster, 'postgres', (client) => client.query(`create database ${name} template ${template} owner mingdan_owner`))
const [app, owner] = [connect(cluster.webUrl(name), 'app', { most: 5 }), connect(cluster.ownerUrl(name), 'owner', { most: 5 })]
try {
  console.log(`Killing ${kills} processes, seed ${seed} …`)
  const report = await runFaults({ url: cluster.webUrl(name), app, owner, folder }, { kills, seed, bidders: 8, say: (line) => console.log(line) })
  console.log(tableOf(report))
  process.exitCode = report.violations.length || report.killed.length < kills ? 1 : 0
} finally {
  await Promise.all([app.destroy(), owner.destroy()])
  await asSuperuser(cluster, 'postgres', (client) => client.query(`drop database if exists ${name} with (force)`))
  cluster.stop()
  fs.rmSync(folder, { recursive: true, force: true })
}
process.exit()
