import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Taken = { id: string; subject: string; type: string; headers: IncomingHttpHeaders; body: string; path: string }

/** A small receiver of events over real HTTP: it can be down, slow, gone, or send one elsewhere. */
export type Receiver = {
  host: string
  url: (path?: string) => string
  /** What it has answered with 2xx, in the order of arrival; and every knock. */
  taken: Taken[]
  knocks: Taken[]
  answerWith: (status: number | ((one: Taken) => number), headers?: Record<string, string>) => void
  /** It takes this long over each answer. */
  slow: (milliseconds: number) => void
  /** It takes the message and says nothing, or answers without end. */
  silent: () => void
  flood: () => void
  /** Nobody listens any more, and the port refuses; or somebody does again. */
  down: () => Promise<void>
  up: () => Promise<void>
  stop: () => Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  let answer: (one: Taken) => number = () => 204
  let more: Record<string, string> = {}
  let delay = 0
  let mood: 'plain' | 'silent' | 'flood' = 'plain'
  const [taken, knocks]: [Taken[], Taken[]] = [[], []]
  const server = (): Server =>
    createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8')
        const { id = '', subject = '', type = '' } = read(body)
        const one = { id, subject, type, headers: request.headers, body, path: request.url ?? '' }
        knocks.push(one)
        if (mood === 'silent') return
        if (mood === 'flood') return pour(response)
        const status = answer(one)
        if (status >= 200 && status < 300) taken.push(one)
        setTimeout(() => response.writeHead(status, more).end(), delay)
      })
    })
  let open = await listen(server(), 0)
  const { port } = open.address() as AddressInfo
  const close = () => new Promise<void>((closed) => (open.close(() => closed()), open.closeAllConnections()))
  return {
    host: `127.0.0.1:${port}`,
    url: (path = '/events') => `http://127.0.0.1:${port}${path}`,
    taken,
    knocks,
    answerWith: (status, headers = {}) => void ((answer = typeof status === 'number' ? () => status : status), (more = headers), (mood = 'plain')),
    slow: (milliseconds) => void (delay = milliseconds),
    silent: () => void (mood = 'silent'),
    flood: () => void (mood = 'flood'),
    down: close,
    up: async () => void (open = await listen(server(), port)),
    stop: () => (open.listening ? close() : Promise.resolve()),
  }
}

function read(body: string): { id?: string; subject?: string; type?: string } {
  try {
    return JSON.parse(body) as { id?: string }
  } catch {
    return {}
  }
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', () => ready(server)))
}

/** Writes for as long as somebody reads. */
function pour(response: ServerResponse): void {
  response.writeHead(200)
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16 * 1024)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
