import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import express, { type Request, type Response, type RequestHandler } from 'express'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { ViteDevServer } from 'vite'
import { theConfig } from './config.server.ts'
import { isForMachines, turnAway } from './http/gate.server.ts'
import { problem } from './http/problem.server.ts'
import { securityHeaders } from './http/security-headers.server.ts'
import { whenAskedToStop } from './http/stop.server.ts'
import { traceIdOf } from './http/trace.ts'
import { keepRound } from './rounds.ts'

type Edge = typeof import('./http/edge.server.ts')

const config = theConfig()
const ROOT = path.resolve(import.meta.dirname, '..')
const STOP_WITHIN = 10_000
/** Whose word counts for the caller's address: the nearest proxy's alone. What stands before it in the header anybody can write. */
const ONE_PROXY = 1
/** A caller who dribbles gets this long for the headers and for a whole request, the largest upload on a slow line included. */
const HEADERS_WITHIN = 15_000
const REQUEST_WITHIN = 120_000

const vite = config.environment === 'development' ? await openVite() : undefined
const edge = (vite ? await vite.ssrLoadModule('/app/http/edge.server.ts') : await import('./http/edge.server.ts')) as Edge
const { log } = edge.theServices()
let stopping = false
const beats = new AbortController()
let beating: Promise<void> | undefined

const app = express().disable('x-powered-by').set('trust proxy', config.trustProxy && ONE_PROXY)
app.get('/healthz', (_request, response) => void response.type('text').send('ok'))
app.get('/readyz', async (_request, response) => {
  const ready = !stopping && (await edge.isReady())
  response.status(ready ? 200 : 503).type('text').send(ready ? 'ready' : 'not ready')
})
app.get('/metrics', async (request, response) => {
  // Figures of the inside are for whoever stands on the machine, not for what a proxy passes on.
  if (!isLoopback(request) || request.headers['x-forwarded-for']) return void response.sendStatus(404)
  try {
    response.type(edge.EXPOSITION_TYPE).send(await edge.exposition())
  } catch (error) {
    // Some figures come from the database; while it is away there are none, and the web stays up.
    log.warn({ error: (error as Error).message }, 'could not be measured')
    response.sendStatus(503)
  }
})
app.use(follow)
app.use(...securityHeaders(config))
app.use(vite ? vite.middlewares : serveBuild())
app.use(gate)
app.use(express.static(path.join(ROOT, 'public'), { maxAge: '1h', redirect: false }))
app.use(edge.lane(build, arrivalOf))
if (!vite) app.use(edge.keptPages({ secure: config.publicUrl.startsWith('https:') }))
app.all('*', createRequestHandler({ build, mode: config.environment, getLoadContext: arrivalOf }))

const server = app.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo
  log.info({ address: `http://${config.host}:${port}`, environment: config.environment }, 'listening')
  beating = keepBeating()
})
server.headersTimeout = HEADERS_WITHIN
server.requestTimeout = REQUEST_WITHIN
server.on('error', (error) => {
  log.fatal({ error: error.message }, 'cannot listen')
  process.exit(1)
})
whenAskedToStop(async () => {
  stopping = true
  edge.endStreams()
  beats.abort()
  await beating
  const forced = setTimeout(() => server.closeAllConnections(), STOP_WITHIN)
  await new Promise((closed) => {
    server.close(closed)
    server.closeIdleConnections()
  })
  clearTimeout(forced)
  await vite?.close()
  await edge.closeServices()
})

/** Says every few seconds that this web serves; closings and the page of availability read it. */
function keepBeating(): Promise<void> {
  const process = randomUUID()
  const round = { name: 'beat', everyMs: edge.BEAT_EVERY, run: async () => (await edge.beat(edge.theServices(), { process }), { again: false }) }
  return keepRound(round, { signal: beats.signal, log, newTrace: () => traceIdOf(undefined), longestMs: edge.BEAT_EVERY })
}

/** Gives each request its trace, and the log one line when it is answered. The query stays out: it may name a person. */
function follow(request: Request, response: Response, next: () => void): void {
  const began = process.hrtime.bigint()
  const traceId = traceIdOf(request.headers.traceparent)
  response.locals.traceId = traceId
  response.setHeader('X-Trace-Id', traceId)
  // A browser that keeps its connection busy would keep a stopping server waiting.
  if (stopping) response.setHeader('Connection', 'close')
  response.on('finish', () => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9
    edge.observeRequest(request.method, response.statusCode, seconds)
    const level = response.statusCode >= 500 ? 'error' : 'info'
    log[level]({ traceId, method: request.method, path: request.originalUrl.split('?')[0], status: response.statusCode, ms: Math.round(seconds * 1e4) / 10 }, 'answered')
  })
  next()
}

/** What may not come in is answered here: a problem for programs, and for people the page that explains the status. */
function gate(request: Request, response: Response, next: () => void): void {
  if (!config.trustProxy) for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']) delete request.headers[name]
  const away = turnAway({ method: request.method, url: request.url, headers: request.headers })
  if (!away) return next()
  if (away.allow) response.setHeader('Allow', away.allow)
  if (isForMachines(request.url)) return void sendProblem(request, response, away.status)
  response.locals.refused = away.status
  if (away.status === 400) request.headers.host = new URL(config.publicUrl).host
  for (const name of ['content-type', 'content-length', 'transfer-encoding', 'origin']) delete request.headers[name]
  request.method = request.method === 'HEAD' ? 'HEAD' : 'GET'
  request.url = request.originalUrl = '/refused'
  next()
}

async function sendProblem(request: Request, response: Response, status: number): Promise<void> {
  const headers = new Headers({ 'accept-language': request.headers['accept-language'] ?? '' })
  const answer = problem(new globalThis.Request('http://gate', { headers }), { status, faults: [] })
  response.status(status).setHeaders(answer.headers).send(await answer.text())
}

/** Imported once: even a module that is there already takes its time to be asked for. */
let built: Promise<ServerBuild> | undefined

function build(): Promise<ServerBuild> {
  if (vite) return vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
  built ??= import(path.join(ROOT, 'build/server/index.js')) as Promise<ServerBuild>
  return built
}

function arrivalOf(request: Request, response: Response): AppLoadContext {
  const setCookie = (cookie: string): void => void (response.headersSent || response.append('Set-Cookie', cookie))
  let left: AbortSignal | undefined
  // Made for whoever asks for it: every answer closes in the end, and an abort that nobody hears has its price.
  return { get gone() { return (left ??= leavingOf(response)) }, traceId: response.locals.traceId, nonce: response.locals.nonce, refused: response.locals.refused, ip: request.ip ?? '', setCookie }
}

function leavingOf(response: Response): AbortSignal {
  const left = new AbortController()
  if (response.closed) left.abort()
  else response.once('close', () => left.abort())
  return left.signal
}

function serveBuild(): RequestHandler {
  const assets = express.static(path.join(ROOT, 'build/client/assets'), { immutable: true, maxAge: '1y', fallthrough: true, redirect: false, index: false })
  return (request, response, next) => {
    if (!request.url.startsWith('/assets/')) return next()
    request.url = request.url.slice('/assets'.length)
    assets(request, response, () => void response.sendStatus(404))
  }
}

function isLoopback(request: Request): boolean {
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
}

async function openVite(): Promise<ViteDevServer> {
  const { createServer } = await import('vite')
  return createServer({ root: ROOT, server: { middlewareMode: true } })
}
