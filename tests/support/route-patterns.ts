import remixConfig from '../../remix.config.js'

export type RoutePattern = { pattern: string; file: string }

/** Every URL of the house as `remix.config.js` has it, e.g. `/tenders/:number/bid`. */
export function routePatterns(): RoutePattern[] {
  const found: RoutePattern[] = []
  const note = (path: string | undefined, file: string) => void found.push({ pattern: `/${path ?? ''}`.replace(/^\/\//, '/'), file })
  const define = (callback: (note: unknown) => void) => {
    callback(note)
    return {}
  }
  void (remixConfig.routes as (define: unknown) => unknown)(define)
  return found
}

/** Puts values, as they are to stand in the URL, where a pattern has its names and its splat. */
export function fillPattern(pattern: string, valueOf: (name: string) => string): string {
  return pattern.replace(/:(\w+)|\*$/g, (_, name?: string) => valueOf(name ?? '*'))
}

const PATTERNS = routePatterns().map(({ pattern }) => pattern)

/** Where an address without its query leads: of the patterns that fit, the one with the fewest holes. */
export function bestOf(address: string): string | undefined {
  const fitting = PATTERNS.filter((pattern) => fits(pattern, address))
  return fitting.sort((one, other) => holes(one) - holes(other))[0]
}

/** Whether an address is one of a pattern's. */
export function fits(pattern: string, address: string): boolean {
  const source = pattern.replaceAll('.', '\\.').replace(/\/:[a-z]+/gi, '/[^/]+').replace(/\*$/, '.*')
  return new RegExp(`^${source}$`).test(address)
}

/** What catches everything below it is the last to be asked. */
const holes = (pattern: string) => pattern.split(':').length + (pattern.endsWith('*') ? 100 - pattern.length : 0)
