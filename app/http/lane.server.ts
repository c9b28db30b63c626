import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import type { ServerResponse } from 'node:http'
import { pathOf, schemeOf, type Call } from './arrival.server.ts'
import { inVersion } from './api-version.server.ts'
import { isForMachines, turnAway, type Knock, type TurnedAway } from './gate.server.ts'
import type { Arrival } from './load-context.ts'
import { problem, type Fault } from './problem.server.ts'
import { securityHeaders } from './security-headers.server.ts'
import { theServices } from './services.server.ts'

type Handler = (given: { request: Request; params: Record<string, string>; context: AppLoadContext }) => Promise<unknown>
type Door = { pattern: RegExp; names: string[]; loader?: Handler; action?: Handler }

const READING = new Set(['GET', 'HEAD'])
const WITHOUT_BODY = new Set([204, 304])
/** Below this every answer says which version of the contract it keeps, what is turned away or leads nowhere too. */
const VERSIONED = /^\/api\/v1(?:[/?]|$)/
/** What the gate says to programs. */
const SAID_AT_THE_GATE: Partial<Record<TurnedAway['status'], Fault['code']>> = { 405: 'guard.wrong-method', 411: 'api.length-needed', 413: 'guard.too-large', 414: 'api.address-too-long' }

/**
 * The programs' lane: a call of the API goes straight to the loader or action of its resource route. Express and Remix would cost
 * an officer's question a third of its time: a chain of middleware, the ranking of every page's address, a body streamed twice
 * (docs/decisions/011 and 043). The routes themselves stay where every URL stands.
 *
 * @returns what answers a call; it says false where it knows no route, and whoever answers pages does
 */
export function lane(build: () => Promise<ServerBuild>): (call: Call, reply: ServerResponse, arrival: Arrival) => Promise<boolean> {
  const common = securityHeaders(theServices().config).ofProgram.flat()
  let known: { build: ServerBuild; doors: Door[] } | undefined
  return async (call, reply, arrival) => {
    const give = (response: Response) => send(reply, VERSIONED.test(call.url!) ? inVersion(response) : response, [...common, 'X-Trace-Id', arrival.traceId])
    const away = turnAway(call as Knock)
    if (away && away.status !== 405) return give(turnedAway(call, away))
    const current = await build()
    if (known?.build !== current) known = { build: current, doors: doorsOf(current) }
    const found = findDoor(known.doors, pathOf(call.url!))
    const isRead = READING.has(call.method!)
    const handler = found?.door[isRead ? 'loader' : 'action']
    if (!handler) return away ? give(turnedAway(call, away)) : false
    // A method that nobody knows is refused by its address, which alone can say what it allows; whatever came along is not read.
    const body = isRead || away ? undefined : await bodyOf(call)
    // Who hangs up in the middle of a body is not there to be answered.
    if (body === null) return true
    return give(await answer(handler, { request: asRequest(call, body), params: found!.params, context: arrival }))
  }
}

/** The routes for programs in the order of their table, those that catch what is left last. */
function doorsOf({ routes }: ServerBuild): Door[] {
  const doors = Object.values(routes).flatMap((route) => {
    if (!route?.path || route.module.default || !isForMachines(`/${route.path}`)) return []
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
    return [{ pattern: new RegExp(`^/${spelled(route.path).replace(/\*$/, '.+')}/?$`, 'i'), names, loader: route.module.loader as Handler | undefined, action: route.module.action as Handler | undefined, isRest: route.path.endsWith('*') }]
  })
  return [...doors.filter(({ isRest }) => !isRest), ...doors.filter(({ isRest }) => isRest)]
}

/** The address of a route, with its parameters, as a regular expression writes it. */
export function spelled(path: string): string {
  return path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '([^/]+)')
}

function findDoor(doors: readonly Door[], path: string): { door: Door; params: Record<string, string> } | undefined {
  for (const door of doors) {
    const match = door.pattern.exec(path)
    if (match) return { door, params: Object.fromEntries(door.names.map((name, place) => [name, decodeURIComponent(match[place + 1]!)])) }
  }
  return undefined
}

function turnedAway(call: Call, { status, allow }: TurnedAway): Response {
  return problem(asRequest(call), { status, faults: [{ pointer: '', code: SAID_AT_THE_GATE[status] ?? 'api.bad-address', params: { allowed: allow ?? '' } }], headers: allow ? { Allow: allow } : {} })
}

/** The bytes that came along; null where the caller hung up before the last of them. */
function bodyOf(call: Call): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    call.on('data', (chunk: Buffer) => void chunks.push(chunk))
    call.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    call.on('error', () => resolve(null))
  })
}

/**
 * The call as far as routes for programs read a request. A whole one of the web's kind costs as much as judging does:
 * its body is a stream with a reader, its headers a checked copy.
 */
function asRequest(call: Call, body: Buffer = Buffer.of()): Request {
  const { method, url, headers } = call
  const header = (name: string) => {
    const value = headers[name.toLowerCase()]
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
  }
  return {
    method,
    url: `${schemeOf(call)}://${headers.host}${url}`,
    headers: { get: header, has: (name: string) => header(name) !== null },
    bytes: async () => body as Uint8Array<ArrayBuffer>,
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

/** Sends an answer whole, in one piece with its headers. */
async function send(reply: ServerResponse, response: Response, headers: string[]): Promise<true> {
  response.headers.forEach((value, name) => void headers.push(name, value))
  // JSON begins with no mark that reading it as text would take away.
  const isText = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '')
  const body = isText ? await response.text() : Buffer.from(await response.arrayBuffer())
  if (!WITHOUT_BODY.has(response.status) && !response.headers.has('content-length')) headers.push('Content-Length', String(Buffer.byteLength(body)))
  reply.writeHead(response.status, headers).end(body)
  return true
}
