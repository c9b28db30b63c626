import type { AppLoadContext } from '@remix-run/node'

/**
 * What the server's entrance tells each request's loaders and actions. `refused` is the status of a request that the gate
 * turned away; `gone` says when the caller has left; `away` is set when its page failed because the database is away; `setCookie` adds a cookie to whatever answer comes, for a loader has none of its own.
 */
export type Arrival = { traceId: string; ip: string; nonce: string; refused?: number; gone?: AbortSignal; away?: boolean; setCookie?: (cookie: string) => void }

declare module '@remix-run/node' {
  interface AppLoadContext extends Arrival {}
}

export type { AppLoadContext }
