import http from 'node:http'
import https from 'node:https'
import { CLOUD_EVENT_TYPE } from './cloud-event.ts'
import { safeAddress, type Resolve } from './safe-address.server.ts'
import type { SignedHeaders } from './standard-webhook.ts'

/** Words of our own for what went wrong: a receiver's text is never kept, since it may hold anything. */
export const FAULTS = ['no-such-host', 'inner-address', 'not-https', 'no-answer', 'too-slow', 'bad-certificate'] as const
export type Fault = (typeof FAULTS)[number]
export type Answer = { status: number; fault: null } | { status: null; fault: Fault }

export type Sending = { url: string; headers: SignedHeaders; body: string }
export type Outlet = { allowedHosts: readonly string[]; resolveBy?: Resolve; withinMs?: number }

const WITHIN = 10_000
const MOST_BYTES = 64 * 1024

/**
 * Sends one message and says what came back. The connection goes to the address that was looked at and to no other;
 * a redirect is an answer like any other and is not followed; time and size of the answer are bounded.
 */
export async function sendWebhook({ url: text, headers, body }: Sending, { allowedHosts, resolveBy, withinMs = WITHIN }: Outlet): Promise<Answer> {
  const url = new URL(text)
  if (url.protocol !== 'https:' && !allowedHosts.includes(url.host)) return failed('not-https')
  const address = await safeAddress(url, { allowedHosts, ...(resolveBy && { resolveBy }) })
  if (typeof address === 'string') return failed(address)
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      clearTimeout(patience)
      resolve(answer)
      request.destroy()
    }
    const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
    const request = (url.protocol === 'https:' ? https : http).request({
      method: 'POST',
      host: address.address,
      family: address.family,
      port: url.port || undefined,
      path: `${url.pathname}${url.search}`,
      // The certificate is asked for the name, though the connection goes to the address.
      servername: name === address.address ? '' : name,
      agent: false,
      headers: { Host: url.host, 'Content-Type': `${CLOUD_EVENT_TYPE}; charset=utf-8`, 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'mingdan-webhooks/1', ...headers },
    })
    const patience = setTimeout(() => end(failed('too-slow')), withinMs)
    request.once('error', (error: NodeJS.ErrnoException) => end(failed(/CERT|TLS|SSL|ALTNAME/.test(error.code ?? '') ? 'bad-certificate' : 'no-answer')))
    request.once('response', (response) => {
      const answer: Answer = { status: response.statusCode!, fault: null }
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length) > MOST_BYTES && end(answer))
      // Whoever answers and then dribbles has answered.
      response.once('end', () => end(answer)).once('error', () => end(answer))
      clearTimeout(patience)
      setTimeout(() => end(answer), withinMs).unref()
    })
    request.end(body)
  })
}

function failed(fault: Fault): Answer {
  return { status: null, fault }
}
