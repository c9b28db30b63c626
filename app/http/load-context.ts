import type { AppLoadContext } from '@remix-run/node'

/** What the server's entrance tells each request's loaders and actions. */
export type Arrival = { traceId: string; ip: string; nonce: string; gone: AbortSignal }

declare module '@remix-run/node' {
  interface AppLoadContext extends Arrival {}
}

export type { AppLoadContext }
