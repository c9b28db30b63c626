import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** `well` carries everything; `cut` hangs up at once; `lost` carries the request and loses the answer; `slow` keeps an answer back. */
export type WireMode = 'well' | 'cut' | 'lost' | 'slow'
export type Wire = { address: string; set: (mode: WireMode | (() => WireMode)) => void; stop: () => Promise<void> }

const SLOW_MS = 300

/** A line between two programs that can break in the ways in which lines break. */
export async function brokenWire(to: string): Promise<Wire> {
  let modeOf: () => WireMode = () => 'well'
  const { hostname, port, host } = new URL(to)
  const server = http.createServer((request, response) => {
    const mode = request.url === '/oauth/token' && modeOf() !== 'cut' ? 'well' : modeOf()
    if (mode === 'cut') return void request.socket.destroy()
    const onward = http.request({ hostname, port, method: request.method, path: request.url, headers: { ...request.headers, host } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        if (mode === 'lost') return void request.socket.destroy()
        const give = () => void response.writeHead(answer.statusCode!, answer.headers).end(Buffer.concat(chunks))
        if (mode === 'slow') setTimeout(give, SLOW_MS)
        else give()
      })
    })
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (mode) => void (modeOf = typeof mode === 'function' ? mode : () => mode),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
