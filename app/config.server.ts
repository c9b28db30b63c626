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
  SECURITY_CONTACT: z.string().trim().max(200).optional(),
  TRUST_PROXY: flag.default(false),
  DEMO: flag.default(false),
  CASE_SYSTEM_URL: z.url({ protocol: /^https?$/ }).optional(),
  DEMO_SCALE: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  STOP_WITH_STDIN: flag.default(false),
  DRAND_MIRRORS: z.string().default('').transform((list) => list.split(/[\s,]+/).filter(Boolean)).pipe(z.array(z.url({ protocol: /^https?$/ }))),
  WEBHOOK_ALLOWED_HOSTS: z.string().default('').transform((list) => list.split(/[\s,]+/).filter(Boolean)).pipe(z.array(z.string().regex(/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/))),
  MERGE_DELAY_SECONDS: z.coerce.number().positive().default(60),
  AUCTION_STREAMS: z.coerce.number().int().min(0).default(400),
})

/** Every variable that is read here. The papers name each, and tests are run without any. */
export const VARIABLES: readonly string[] = Object.keys(Environment.shape)

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
  /** Whom `/about` names to whoever found a flaw: an address, a telephone number; null where nobody was named. */
  securityContact: string | null
  trustProxy: boolean
  demo: boolean
  /** How much of the demo town's year is told: 1 the whole, 0 only the people one can be. */
  demoScale: number
  /** Where the demo's case system is, to lead there; nothing depends on it. */
  caseSystemUrl: string | null
  logLevel: string
  mergeDelaySeconds: number
  /** So many readers of auctions one process keeps a line open for; whoever comes after reads the page, which says the same. */
  auctionStreams: number
  /** Addresses that speak drand's HTTP interface; none, and no tender may be drawn by it. */
  drandMirrors: readonly string[]
  /** `host:port` of receivers of events in one's own house, as a URL writes them; every other inner address is refused. */
  webhookAllowedHosts: readonly string[]
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
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
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
    publicUrl: (env.PUBLIC_URL ?? addressOf(env.HOST, env.PORT)).replace(/\/$/, ''),
    keyring: keyringFileOf(given),
    securityContact: env.SECURITY_CONTACT || null,
    trustProxy: env.TRUST_PROXY,
    demo: env.DEMO,
    demoScale: env.DEMO_SCALE,
    caseSystemUrl: env.DEMO ? (env.CASE_SYSTEM_URL ?? null) : null,
    logLevel: env.LOG_LEVEL,
    mergeDelaySeconds: env.MERGE_DELAY_SECONDS,
    auctionStreams: env.AUCTION_STREAMS,
    drandMirrors: env.DRAND_MIRRORS,
    webhookAllowedHosts: env.WEBHOOK_ALLOWED_HOSTS,
    stopWithStdin: env.STOP_WITH_STDIN,
  })
}

/** Where a browser on this machine finds a server that listens on `host`. */
export function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
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
