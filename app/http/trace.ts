import { randomUUID } from 'node:crypto'

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** The id to follow through request, audit, ledger and outbox: the caller's W3C trace, or a new one. */
export function traceIdOf(traceparent: string | string[] | undefined): string {
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined
  return given && !/^0+$/.test(given) ? given : randomUUID().replaceAll('-', '')
}
