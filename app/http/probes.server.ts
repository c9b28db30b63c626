import type { ServerResponse } from 'node:http'
import { pathOf, type Call } from './arrival.server.ts'
import { isReady } from './health.server.ts'
import { exposition, EXPOSITION_TYPE } from './metrics.server.ts'
import { theServices } from './services.server.ts'

type Finding = { status: number; text: string; type?: string }
type Probe = (call: Call, stopping: boolean) => Promise<Finding>

/** What those who watch over this process ask every few seconds: no page, and no line in the log. */
const PROBES: Record<string, Probe> = {
  '/healthz': async () => ({ status: 200, text: 'ok' }),
  '/readyz': async (_call, stopping) => (!stopping && (await isReady()) ? { status: 200, text: 'ready' } : { status: 503, text: 'not ready' }),
  '/metrics': measured,
}

/** Answers a probe; false where the request is none. */
export function answerProbe(call: Call, reply: ServerResponse, { stopping }: { stopping: boolean }): boolean {
  const probe = call.method === 'GET' || call.method === 'HEAD' ? PROBES[pathOf(call.url!)] : undefined
  if (!probe) return false
  probe(call, stopping).then(
    ({ status, text, type = 'text/plain; charset=utf-8' }) => reply.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) }).end(text),
    (error: Error) => {
      theServices().log.error({ err: error }, 'a probe could not be answered')
      reply.destroy()
    },
  )
  return true
}

async function measured(call: Call): Promise<Finding> {
  // Figures of the inside are for whoever stands on the machine, not for what a proxy passes on.
  if (!isLoopback(call) || call.headers['x-forwarded-for']) return { status: 404, text: 'Not Found' }
  try {
    return { status: 200, text: await exposition(), type: EXPOSITION_TYPE }
  } catch (error) {
    // Some figures come from the database; while it is away there are none, and the web stays up.
    theServices().log.warn({ error: (error as Error).message }, 'could not be measured')
    return { status: 503, text: 'Service Unavailable' }
  }
}

function isLoopback({ socket }: Call): boolean {
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
}
