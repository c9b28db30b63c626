import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { parseKeyring } from '#app/domain/ledger/keyring.server.ts'
import { connect } from '#db/client.ts'
import { besideThenSwap } from './backup/beside.ts'
import { bringBack, keepRestored, mustBeAlone, mustFitKeyring, whatIsThere } from './backup/bring-back.ts'
import { findLater } from './backup/later.ts'
import { backupAt, checkBackup, KEYRING } from './backup/manifest.ts'
import { askPassphrase, unlockKeyring } from './backup/passphrase.ts'
import { openPlaceAlone, wantedConfig } from './backup/place.ts'

const USAGE = `Usage: npm run restore -- --from <folder> [--tiles <folder or address>] [--nothing-later] [--force]

  --from <folder>   a backup, or a folder of backups, of which the newest is taken. It is checked whole before anything is touched.
  --tiles <where>   what others kept of the ledger: the folder of a witness (with its entries, if it ran with --entries), or
                    an address such as https://mingdan.example/ledger. May be given several times.
  --nothing-later   you know that no checkpoint was given out after the backup; stands in the ledger as your word
  --force           replace a database that holds something; it stands until the new one beside it is whole

It fills the database of DATABASE_URL, or the one in DATA_DIR; the passphrase is BACKUP_PASSPHRASE or asked for. Stop web and
worker before. The log goes on where it was last seen, or nothing is restored: it is never forked.`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, tiles: { type: 'string', multiple: true }, 'nothing-later': { type: 'boolean' }, force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help || !values.from) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  const say = (line: string) => console.log(line)
  const folder = backupAt(path.resolve(values.from))
  const { manifest, lock } = await checkBackup(folder, await askPassphrase({ isNew: false }))
  const wanted = wantedConfig()
  const keyringText = unlockKeyring(lock!, readFileSync(path.join(folder, KEYRING), 'utf8'))
  mustFitKeyring(wanted.keyring, keyringText)
  const keyring = parseKeyring(keyringText, KEYRING, wanted.mergeDelaySeconds)
  say(`checked  ${manifest.parts.length} parts of ${folder}`)
  const later = await findLater({ manifest, keyring, dataDir: wanted.dataDir, stores: values.tiles ?? [], nothingLater: values['nothing-later'] ?? false })

  const place = await openPlaceAlone()
  try {
    const { config } = place
    const isEmpty = await refuseToLose(config.databaseOwnerUrl, values.force ?? false)
    const into = (databaseOwnerUrl: string) => bringBack({ config: { ...config, databaseOwnerUrl }, folder, manifest, keyring, keyringText, later, say })
    // Nothing is lost in an empty database, and not every login may create another.
    const { brought, checkpoint } = isEmpty ? await into(config.databaseOwnerUrl) : await besideThenSwap(config.databaseOwnerUrl, into)
    keepRestored(config, checkpoint)
    console.log(`Restored from ${folder}: the ledger goes on after ${manifest.ledger.size + brought.length} entries. Everybody signs in again.`)
    if (brought.length) {
      console.log(`\nThese ${brought.length} acts came after the backup. The ledger has them again; their rows are lost and have to be made good by hand:`)
      for (const { kind, subject, at } of brought) console.log(`  ${at}  ${kind}  ${subject}`)
    }
    return 0
  } finally {
    place.close()
  }
}

/** An empty database is filled without a question; what would be lost from another one is named first. Answers whether it is empty. */
async function refuseToLose(url: string, force: boolean): Promise<boolean> {
  const db = connect(url, 'owner', { most: 1 })
  try {
    await mustBeAlone(db)
    const there = await whatIsThere(db)
    if (there.length && !force) throw new Error(`This database is not empty: restoring would destroy ${there.join(', ')}. Give --force if that is meant.`)
    return there.length === 0
  } finally {
    await db.destroy()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
