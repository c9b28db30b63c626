import path from 'node:path'
import { parseArgs } from 'node:util'
import { backupAt, checkBackup } from './backup/manifest.ts'
import { askPassphrase, lockOf } from './backup/passphrase.ts'
import { openPlace } from './backup/place.ts'
import { dropOldBackups, takeBackup } from './backup/take.ts'

const USAGE = `Usage: npm run backup -- --to <folder> [--keep <n>]
       npm run backup -- --check <folder>

  --to <folder>     take a backup into a new folder in this one: the database of one instant, every file, and the keyring,
                    locked with the passphrase of BACKUP_PASSPHRASE (or asked for). The web may go on running.
  --keep <n>        then remove all but the newest n backups there
  --check <folder>  compare every byte of a backup, or of the newest in a folder, with its manifest; restores nothing.
                    With BACKUP_PASSPHRASE the manifest's seal is checked too.`

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { to: { type: 'string' }, keep: { type: 'string' }, check: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  const keep = values.keep === undefined ? null : Number(values.keep)
  const wrong = (values.to === undefined) === (values.check === undefined) || (keep !== null && !(Number.isInteger(keep) && keep > 0))
  if (values.help || wrong) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  return values.check === undefined ? take(path.resolve(values.to!), keep) : check(path.resolve(values.check))
}

async function take(to: string, keep: number | null): Promise<number> {
  const say = (line: string) => console.log(line)
  const lock = await lockOf(await askPassphrase({ isNew: true }))
  const place = await openPlace()
  try {
    const folder = await takeBackup({ config: place.config, lock, to, say, now: new Date() })
    if (keep !== null) dropOldBackups(to, keep, say)
    console.log(`Backed up to ${folder}`)
    return 0
  } finally {
    place.close()
  }
}

async function check(given: string): Promise<number> {
  const folder = backupAt(given)
  const { manifest, lock } = await checkBackup(folder, process.env.BACKUP_PASSPHRASE || null)
  const { parts, takenAt, ledger } = manifest
  console.log(`${folder} is whole: ${parts.length} parts, taken at ${takenAt}, a ledger of ${ledger.size} entries${lock ? ', and its seal is right' : '; its seal was not checked, for want of BACKUP_PASSPHRASE'}.`)
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
