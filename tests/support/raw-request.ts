import http from 'node:http'

export type RawRequest = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer }
export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; body: string; milliseconds: number }

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })

/** Sends a request as it is written: `fetch` would tidy the path and refuse some headers. */
export function rawRequest(site: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(site)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = body === undefined ? headers : { 'content-length': String(Buffer.byteLength(body)), ...headers }
    const request = http.request({ agent, hostname, port, method, path, headers: sent, timeout: 15_000 }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8'), milliseconds: performance.now() - began }))
    })
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} did not answer within 15 s.`)))
    request.on('error', reject)
    request.end(body)
  })
}
