import type { ServerBuild } from '@remix-run/node'
import { spelled } from './lane.server.ts'

/** What Remix answers out of the whole table: which routes there are, and the data of one by its name. */
const OF_THE_WHOLE = /^\/__manifest(?:\?|$)|[?&]_data=/

/**
 * Remix ranks every address of the house anew for each page, once to find it, once to run it, once to draw it and once for each
 * address above it. Out of the few that fit it comes to the same one, for an eighth less of what a page costs (docs/decisions/066).
 *
 * @param build the pages, with the table of all addresses below one root
 * @param make what is made of a part of them, once for each part
 * @returns for the address of a request, its path and its query, what was made of the pages that fit it or lie above it
 */
export function narrowed<Made>(build: ServerBuild, make: (build: ServerBuild) => Made): (address: string) => Made {
  const whole = make(build)
  const made = new Map<string, Made>()
  const routes = Object.values(build.routes).map((route) => ({ id: route!.id, path: (route!.path ?? '').replace(/^\//, '') }))
  const patterns = routes.map(({ id, path }) => ({ id, pattern: id === 'root' ? /^/ : patternOf(path) }))
  const deepest = Math.max(...routes.map(({ path }) => path.split('/').length))
  return (address) => {
    if (OF_THE_WHOLE.test(address)) return whole
    const asked = pathnameOf(address)
    if (asked === null) return whole
    const paths = fromTheRoot(decoded(asked.replace(/\.data$/, '').replace(/^\/_root$/, '/')), deepest)
    const ids = patterns.filter(({ pattern }) => paths.some((path) => pattern.test(path))).map(({ id }) => id)
    const name = ids.join(' ')
    if (!made.has(name)) made.set(name, make({ ...build, routes: only(build.routes, ids), assets: { ...build.assets, routes: only(build.assets.routes, ids) } }))
    return made.get(name)!
  }
}

/** Fits whatever Remix would let an address fit, whose rest may be empty and which may end in strokes. */
function patternOf(path: string): RegExp {
  return new RegExp(path.endsWith('*') ? `^/${spelled(path.replace(/\/?\*$/, ''))}` : `^/${spelled(path)}/*$`, 'i')
}

/** A path and those above it; whatever is deeper than any address fits none but those that take a rest. */
function fromTheRoot(path: string, deepest: number): string[] {
  const segments = path.split('/').filter(Boolean)
  const above = segments.slice(0, Math.min(segments.length, deepest)).map((_, length) => `/${segments.slice(0, length).join('/')}`)
  return [path, ...above]
}

/** The path that Remix will see: what was sent may lead up and down again. Nothing where no address can be made of it. */
function pathnameOf(address: string): string | null {
  return URL.parse(`http://any.invalid${address}`)?.pathname ?? null
}

/** As Remix reads a path: its parts one by one; one that cannot be read stays as it is. */
function decoded(path: string): string {
  try {
    return path.split('/').map((part) => decodeURIComponent(part).replaceAll('/', '%2F')).join('/')
  } catch {
    return path
  }
}

function only<Value>(all: Record<string, Value>, ids: readonly string[]): Record<string, Value> {
  return Object.fromEntries(ids.map((id) => [id, all[id]!]))
}
