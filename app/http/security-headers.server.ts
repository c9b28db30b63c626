import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'
import type { Config } from '#app/config.server.ts'

type Headers = [name: string, value: string][]

/** Stands in the texts until each answer's own nonce takes its place. */
const NONCE = '<nonce>'

/**
 * The headers of every answer. Their texts are made once, by helmet. Scripts run by nonce only; what a program gets is never run, so
 * that there no script may. In development Vite's own styles and socket are let in, since its critical CSS carries no nonce.
 */
export function securityHeaders(config: Config): { ofPage: (nonce: string) => Headers; ofProgram: Headers } {
  const page = headersOf(config, [`'nonce-${NONCE}'`, "'strict-dynamic'"])
  return { ofPage: (nonce) => page.map(([name, value]) => [name, value.replace(NONCE, nonce)]), ofProgram: headersOf(config, ["'none'"]) }
}

function headersOf(config: Config, scriptSrc: string[]): Headers {
  const secure = config.publicUrl.startsWith('https:')
  const development = config.environment === 'development'
  const written = new Map<string, string>()
  const reply = { setHeader: (name: string, value: string) => written.set(name, value), removeHeader: (name: string) => written.delete(name) }
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc,
        styleSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    // The ledger is read from other sites' pages; everything else stays same-origin by its own header.
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })({} as IncomingMessage, reply as unknown as ServerResponse, (error) => {
    if (error) throw error
  })
  return [...written, ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()']]
}
