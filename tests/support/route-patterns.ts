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
