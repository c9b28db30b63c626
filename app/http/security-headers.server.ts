import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Config } from '#app/config.server.ts'

/**
 * The headers of every answer. Scripts run by nonce only; in development Vite's own styles and socket are
 * let in, since its critical CSS carries no nonce.
 */
export function securityHeaders(config: Config): RequestHandler[] {
  const secure = config.publicUrl.startsWith('https:')
  const development = config.environment === 'development'
  return [
    (_request, response, next) => {
      response.locals.nonce = randomBytes(16).toString('base64')
      next()
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: [(_request, response) => `'nonce-${(response as unknown as { locals: { nonce: string } }).locals.nonce}'`, "'strict-dynamic'"],
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
    }),
    (_request, response, next) => {
      response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
      next()
    },
  ]
}
