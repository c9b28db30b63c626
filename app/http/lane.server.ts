import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import type { NextFunction, Request as Call, RequestHandler, Response as Reply } from 'express'
import { isForMachines } from './gate.server.ts'
import { problem } from './problem.server.ts'
import { theServices } from './services.server.ts'

type Handler = (given: { request: Request; params: Record<string, string>; context: AppLoadContext }) => Promise<unknown>
type Door = { pattern: RegExp; names: string[]; loader?: Handler; action?: Handler }

/**
 * The programs' lane: a call of the API goes straight to the loader or action of its resource route. Remix would rank
 * every page's address first and stream the body twice, which costs an officer's question a third of its time
 * (docs/decisions/011). The routes themselves stay where every URL stands; what the lane does not know, Remix answers.
 */
export function lane(build: () => Promise<ServerBuild>, arrivalOf: (call: Call, reply: Reply) => AppLoadContext): RequestHandler {
  let known: { build: ServerBuild; doors: Door[] } | undefined
  async function take(call: Call, reply: Reply, next: NextFunction): Promise<void> {
    const current = await build()
    if (known?.build !== current) known = { build: current, doors: doorsOf(current) }
    const found = findDoor(known.doors, call.path)
    const handler = found?.door[call.method === 'GET' || call.method === 'HEAD' ? 'loader' : 'action']
    if (!found || !handler || call.method === 'OPTIONS') return next()
    const request = await requestOf(call)
    await send(reply, await answer(handler, { request, params: found.params, context: arrivalOf(call, reply) }))
  }
  return (call, reply, next) => {
    if (!isForMachines(call.path)) return next()
    // A caller who hangs up in the middle of a body is Express's to clear away.
    take(call, reply, next).catch(next)
  }
}

function doorsOf({ routes }: ServerBuild): Door[] {
  return Object.values(routes).flatMap((route) => {
    if (!route?.path || route.module.default || !isForMachines(`/${route.path}`)) return []
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
    const pattern = new RegExp(`^/${route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)')}/?$`)
    return [{ pattern, names, loader: route.module.loader as Handler | undefined, action: route.module.action as Handler | undefined }]
  })
}

function findDoor(doors: readonly Door[], path: string): { door: Door; params: Record<string, string> } | undefined {
  for (const door of doors) {
    const match = door.pattern.exec(path)
    if (match) return { door, params: Object.fromEntries(door.names.map((name, place) => [name, decodeURIComponent(match[place + 1]!)])) }
  }
  return undefined
}

async function requestOf(call: Call): Promise<Request> {
  const chunks: Buffer[] = []
  if (call.method !== 'GET' && call.method !== 'HEAD') for await (const chunk of call) chunks.push(chunk as Buffer)
  return asRequest(call, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
}

/**
 * The call as far as routes for programs read a request. A whole one of the web's kind costs as much as judging does:
 * its body is a stream with a reader, its headers a checked copy.
 */
function asRequest({ method, protocol, originalUrl, headers }: Call, body: Buffer): Request {
  const header = (name: string) => {
    const value = headers[name.toLowerCase()]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method,
    url: `${protocol}://${headers.host}${originalUrl}`,
    headers: { get: header, has: (name: string) => header(name) !== null },
    arrayBuffer: async () => body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength),
    text: async () => body.toString('utf8'),
  } as Partial<Request> as Request
}

async function answer(handler: Handler, given: Parameters<Handler>[0]): Promise<Response> {
  try {
    return (await handler(given)) as Response
  } catch (error) {
    if (error instanceof Response) return error
    theServices().log.error({ traceId: given.context.traceId, err: error }, 'a call failed')
    return problem(given.request, { status: 500, faults: [] })
  }
}

async function send(reply: Reply, response: Response): Promise<void> {
  reply.status(response.status)
  response.headers.forEach((value, name) => void reply.append(name, value))
  // A text leaves in one piece with its headers; JSON begins with no mark that reading it as text would take away.
  const isText = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
  reply.end(isText ? await response.text() : Buffer.from(await response.arrayBuffer()))
}
