import { pino, type Logger } from 'pino'
import type { Knex } from 'knex'
import { theConfig, type Config } from '#app/config.server.ts'
import type { Clock } from '#app/domain/context.ts'
import type { Keyring } from '#app/domain/ledger/keyring.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { connect, databaseClock } from '#db/client.ts'

export { VERSION } from '#app/config.server.ts'

/** What a process holds for as long as it lives. */
export type Services = { config: Config; db: Knex; clock: Clock; keyring: Keyring; log: Logger }

let services: Services | undefined

/** Opens the pool, the keyring and the log on first use; every later call answers with the same ones. */
export function theServices(): Services {
  if (services) return services
  const config = theConfig()
  const log = openLog(config.logLevel)
  services = {
    config,
    db: connect(config.databaseUrl, 'app', { asRole: config.databaseRoles, heed: (line) => log.warn({ pool: 'app' }, line) }),
    clock: databaseClock,
    keyring: openKeyring(config.keyring, { origin: new URL(config.publicUrl).host, makeIfMissing: config.demo, mergeDelaySeconds: config.mergeDelaySeconds }),
    log,
  }
  return services
}

export async function closeServices(): Promise<void> {
  await services?.db.destroy()
  services = undefined
}

/** The log goes to standard output. A line that cannot be written (the disk behind it is full) is lost, and the process goes on. */
export function openLog(level: string, output: number | string = 1): Logger {
  const destination = pino.destination({ dest: output, sync: true })
  destination.on('error', () => {})
  return pino({ level, base: { name: 'mingdan' }, timestamp: pino.stdTimeFunctions.isoTime }, destination)
}
