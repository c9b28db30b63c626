import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import express, { type Request, type Response, type RequestHandler } from 'express'
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { ViteDevServer } from 'vite'
import { theConfig } from './config.server.ts'
import { isForMachines, turnAway } from './http/gate.server.ts'
import type { Arrival } from './http/load-context.ts'
import { securityHeaders } from './http/security-headers.server.ts'
import { whenAskedToStop } from './http/stop.server.ts'
import { traceIdOf } from './http/trace.ts'
import { keepRound } from './rounds/keep-round.ts'

type Edge = typeof import('./http/edge.server.ts')
type Pages = ServerBuild | (() => Promise<ServerBuild>)

const config = theConfig()
const ROOT = path.resolve(import.meta.dirname, '..')
const BUILD = path.join(ROOT, 'build/server')
const STOP_WITHIN = 10_000
/** Only the nearest proxy's word counts (app/http/arrival.server.ts): what stands before it in a header anybody can write. */
const ONE_PROXY = 1
/** A caller who dribbles gets this long for the headers and for a whole request, the largest upload on a slow line included. */
const HEADERS_WITHIN = 15_000
const REQUEST_WITHIN = 120_000
/** Longer than proxies keep an idle connection, a minute as a rule: whoever may send first must not be the one who is hung up on. */
const IDLE_FOR = 75_000

const vite = config.environment === 'development' ? await openVite() : undefined
const edge = (vite ? await vite.ssrLoadModule('/app/http/edge.server.ts') : await import(path.join(BUILD, 'edge.js'))) as Edge
/** Built, the pages are one thing for ever, and Remix prepares their table once; in development each request asks for what they are now. */
const build: Pages = vite ? () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild> : ((await import(path.join(BUILD, 'index.js'))) as ServerBuild)
const { log } = edge.theServices()
let stopping = false
const beats = new AbortController()
let beating: Promise<void> | undefined

const security = securityHeaders(config)
const answerCall = edge.lane(async () => (typeof build === 'function' ? build() : build))
/** What people and their browsers ask for. */
const pages = express().disable('x-powered-by').set('trust proxy', config.trustProxy && ONE_PROXY)
pages.use(vite ? vite.middlewares : serveBuild())
pages.use(gate)
pages.use(express.static(path.join(ROOT, 'public'), { maxAge: '1h', redirect: false }))
if (!vite) pages.use(edge.keptPages({ secure: config.publicUrl.startsWith('https:') }))
pages.all('*', typeof build === 'function' ? toShow(build) : showNarrowed(edge.narrowed(build, toShow)))

const server = createServer(take).listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo
  log.info({ address: `http://${config.host}:${port}`, environment: config.environment }, 'listening')
  beating = keepBeating()
})
server.headersTimeout = HEADERS_WITHIN
server.requestTimeout = REQUEST_WITHIN
server.keepAliveTimeout = IDLE_FOR
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

/** The way of every request: watchers are answered at once, programs in their lane, everybody else by a page. */
function take(call: IncomingMessage, reply: ServerResponse): void {
  if (edge.answerProbe(call, reply, { stopping })) return
  const arrival = edge.arrive(call, reply)
  // A browser that keeps its connection busy would keep a stopping server waiting.
  if (stopping) reply.setHeader('Connection', 'close')
  if (!isForMachines(call.url!)) return showPage(call, reply, arrival)
  answerCall(call, reply, arrival).then(
    (known) => known || showPage(call, reply, arrival),
    (error: Error) => {
      log.error({ traceId: arrival.traceId, err: error }, 'an answer could not be sent')
      reply.destroy()
    },
  )
}

/** Hands a request on to the pages, with its arrival as Express keeps what belongs to one. */
function showPage(call: IncomingMessage, reply: ServerResponse, arrival: Arrival): void {
  arrival.nonce = randomBytes(16).toString('base64')
  reply.setHeader('X-Trace-Id', arrival.traceId)
  for (const [name, value] of security.ofPage(arrival.nonce)) reply.setHeader(name, value)
  pages(call as Request, Object.assign(reply, { locals: arrival }) as unknown as Response)
}

/** What may not come in gets the page that explains its status; programs are told in their lane. */
function gate(request: Request, response: Response, next: () => void): void {
  const away = turnAway(request)
  if (!away) return next()
  if (away.allow) response.setHeader('Allow', away.allow)
  response.locals['refused'] = away.status
  if (away.status === 400) request.headers.host = new URL(config.publicUrl).host
  for (const name of ['content-type', 'content-length', 'transfer-encoding', 'origin']) delete request.headers[name]
  request.method = request.method === 'HEAD' ? 'HEAD' : 'GET'
  request.url = request.originalUrl = '/refused'
  next()
}

/** Remix at work on these pages. */
function toShow(some: Pages): RequestHandler {
  return createRequestHandler({ build: some, mode: config.environment, getLoadContext: (_request, response) => response.locals as Arrival })
}

function showNarrowed(handlerOf: (address: string) => RequestHandler): RequestHandler {
  return (request, response, next) => handlerOf(request.url)(request, response, next)
}

function serveBuild(): RequestHandler {
  const assets = express.static(path.join(ROOT, 'build/client/assets'), { immutable: true, maxAge: '1y', fallthrough: true, redirect: false, index: false })
  return (request, response, next) => {
    if (!request.url.startsWith('/assets/')) return next()
    request.url = request.url.slice('/assets'.length)
    assets(request, response, () => void response.sendStatus(404))
  }
}

async function openVite(): Promise<ViteDevServer> {
  const { createServer } = await import('vite')
  return createServer({ root: ROOT, server: { middlewareMode: true } })
}
