import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const flag = z.enum(['true', 'false']).transform((word) => word === 'true')

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_ROLES: flag.default(true),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  KEYRING: z.string().optional(),
  TRUST_PROXY: flag.default(false),
  DEMO: flag.default(false),
  DEMO_SCALE: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  STOP_WITH_STDIN: flag.default(false),
  DRAND_MIRRORS: z.string().default('').transform((list) => list.split(/[\s,]+/).filter(Boolean)).pipe(z.array(z.url({ protocol: /^https?$/ }))),
  MERGE_DELAY_SECONDS: z.coerce.number().positive().default(60),
  AUCTION_STREAMS: z.coerce.number().int().min(0).default(400),
})

export type Config = Readonly<{
  environment: 'development' | 'production' | 'test'
  port: number
  host: string
  dataDir: string
  databaseUrl: string
  databaseOwnerUrl: string
  /** False only where the database's owner could not create the four roles; every pool then acts as its login. */
  databaseRoles: boolean
  publicUrl: string
  keyring: string
  trustProxy: boolean
  demo: boolean
  /** How much of the demo town's year is told: 1 the whole, 0 only the people one can be. */
  demoScale: number
  logLevel: string
  mergeDelaySeconds: number
  /** So many readers of auctions one process keeps a line open for; whoever comes after reads the page, which says the same. */
  auctionStreams: number
  /** Addresses that speak drand's HTTP interface; none, and no tender may be drawn by it. */
  drandMirrors: readonly string[]
  /** Set by the launcher: its children leave when their standard input ends. */
  stopWithStdin: boolean
}>

/**
 * Reads the environment, once and in one place.
 *
 * @param environment the process's variables; empty ones count as absent
 * @returns the frozen configuration
 * @throws an Error that names every variable that is missing or malformed
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration cannot be read. ${faults.join('; ')}`)
  }
  const env = parsed.data
  const dataDir = path.resolve(env.DATA_DIR)
  return Object.freeze({
    environment: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL,
    databaseRoles: env.DATABASE_ROLES,
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST === '0.0.0.0' ? '127.0.0.1' : env.HOST}:${env.PORT}`).replace(/\/$/, ''),
    keyring: keyringFileOf(given),
    trustProxy: env.TRUST_PROXY,
    demo: env.DEMO,
    demoScale: env.DEMO_SCALE,
    logLevel: env.LOG_LEVEL,
    mergeDelaySeconds: env.MERGE_DELAY_SECONDS,
    auctionStreams: env.AUCTION_STREAMS,
    drandMirrors: env.DRAND_MIRRORS,
    stopWithStdin: env.STOP_WITH_STDIN,
  })
}

/** Where the keyring lies; asked by `npm run keys` too, which needs no database. */
export function keyringFileOf(environment: Record<string, string | undefined> = process.env): string {
  return environment.KEYRING || path.join(path.resolve(environment.DATA_DIR || 'data'), 'keyring.json')
}

let config: Config | undefined

/** The configuration of this process. */
export function theConfig(): Config {
  return (config ??= readConfig())
}

/** The version that the pages and the log name. */
export const VERSION = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version as string
