import fs from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { casePage, listPage } from './desk.ts'
import { keepIntents } from './intents.ts'
import { openMarket, type Settings } from './market.ts'
import { misbehave } from './misbehaviour.ts'
import { demand, openCase, refresh, takeOver, uphold } from './office.ts'
import { openStore } from './state.ts'
import { subscribe } from './subscription.ts'
import { doubtOf } from './webhooks.ts'

const { values: given } = parseArgs({ options: { settings: { type: 'string' }, home: { type: 'string' }, port: { type: 'string', default: '0' }, host: { type: 'string', default: '127.0.0.1' }, pace: { type: 'string', default: '1' } } })
if (!given.settings || !given.home) throw new Error('Say where the settings are (--settings) and where its state may lie (--home).')
const settings = JSON.parse(fs.readFileSync(given.settings, 'utf8')) as Settings
const MOST_BYTES = 256 * 1024
const SHOWN_WITHIN = 5_000
const REFRESHED_WITHIN = 1_500
const pace = Number(given.pace)

const misbehaviour = misbehave()
const store = openStore(path.resolve(given.home))
const { state, save } = store
const market = openMarket(settings, misbehaviour)
const intents = keepIntents(store, market, {
  pace,
  onAnswer: ({ kind, body }, reply) => {
    if (kind === 'webhook' && reply.status === 201) state.webhook = { id: String(reply.body.id), secret: String(reply.body.secret), url: String(body.url) }
  },
})

const server = createServer((request, response) => {
  const isOrder = request.url === '/misbehave'
  if (misbehaviour.isDown() && !isOrder) return void request.socket.destroy()
  answer(request, response).catch((error: Error) => {
    console.error(error.message)
    if (!response.headersSent) send(response, 500, '出错了。', 'text/plain')
  })
})
server.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.listen(Number(given.port), given.host, () => {
  const { port } = server.address() as { port: number }
  const address = `http://${given.host!.includes(':') ? `[${given.host}]` : given.host}:${port}`
  console.log(`The case system is at ${address}`)
  void begin(address)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)
if (process.env.STOP_WITH_STDIN === 'true') process.stdin.on('end', leave).on('error', leave).resume()

/** The marketplace may not be up yet: what needs it is tried until it answers. */
async function begin(address: string): Promise<void> {
  for (;;) {
    try {
      await takeOver(store, market)
      await subscribe(store, intents, market, `${address}/hooks`)
      return
    } catch (error) {
      console.error((error as Error).message)
      await new Promise((resolve) => setTimeout(resolve, 1000 * pace))
    }
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://desk')
  const [, first, second, third] = url.pathname.split('/').map(decodeURIComponent)
  if (request.method === 'GET' && url.pathname === '/') return send(response, 200, listPage(state, misbehaviour.said(), market.baseUrl))
  if (request.method === 'GET' && url.pathname === '/state.json') return send(response, 200, JSON.stringify({ ...state, webhook: state.webhook && { ...state.webhook, secret: undefined }, pending: intents.pending().length }), 'application/json')
  const find = () => (first === 'cases' ? state.cases.find(({ caseNumber }) => caseNumber === second) : undefined)
  // A case that an officer has registered at the other side is taken over when somebody looks for it here.
  if (second && !find()) await takeOver(store, market).catch(() => {})
  const found = find()
  if (request.method === 'GET' && found && !third) {
    await Promise.race([refresh(store, intents, market, found.caseNumber).catch(() => {}), new Promise((resolve) => setTimeout(resolve, REFRESHED_WITHIN))])
    return send(response, 200, casePage(state, found, market.baseUrl))
  }
  if (request.method !== 'POST') return send(response, 404, '没有这一页。', 'text/plain')
  const body = await read(request)
  if (url.pathname === '/hooks') return hear(request, response, body)
  // A form that another page sends is nobody's click here.
  if (request.headers.origin && new URL(request.headers.origin).host !== request.headers.host) return send(response, 403, '只接受本系统页面的操作。', 'text/plain')
  const form = new URLSearchParams(body)
  if (url.pathname === '/misbehave') {
    misbehaviour.set(form)
    return redirect(response, '/')
  }
  if (url.pathname === '/cases' && !(await knowsNumbers())) return send(response, 503, '还没有从中介超市取到本部门已有的案件编号，请稍后再接件。', 'text/plain')
  if (url.pathname === '/cases') return redirect(response, `/cases/${encodeURIComponent(await open(form))}`)
  if (found && third === 'demands') {
    const words = (form.get('demanded') ?? '').trim()
    const { id } = demand(intents, { form: form.get('form') || crypto.randomUUID(), caseNumber: found.caseNumber, demanded: /^[A-Z][0-9A-Z-]{1,19}$/.test(words) ? { item: words } : { text: words }, today: beijingDay() })
    await intents.settled(id, SHOWN_WITHIN)
    return redirect(response, `/cases/${encodeURIComponent(found.caseNumber)}`)
  }
  if (found && third === 'upholdings') {
    const { id } = uphold(intents, { form: form.get('form') || crypto.randomUUID(), caseNumber: found.caseNumber, decision: form.get('decision') ?? '', reason: (form.get('reason') ?? '').trim() })
    await intents.settled(id, SHOWN_WITHIN)
    return redirect(response, `/cases/${encodeURIComponent(found.caseNumber)}`)
  }
  return send(response, 404, '没有这一页。', 'text/plain')
}

async function knowsNumbers(): Promise<boolean> {
  for (const until = Date.now() + SHOWN_WITHIN; !state.knowsNumbers && Date.now() < until; ) await new Promise((resolve) => setTimeout(resolve, 20))
  return state.knowsNumbers
}

async function open(form: URLSearchParams): Promise<string> {
  const text = (name: string) => (form.get(name) ?? '').trim()
  const service = text('service').toUpperCase()
  const id = text('form') || crypto.randomUUID()
  const number = openCase(store, intents, {
    form: id,
    projectCode: text('projectCode'),
    projectName: text('projectName'),
    divisionCode: text('projectCode').split('-')[1] ?? '',
    approvalItem: text('approvalItem') || 'A10',
    applicant: { uscc: text('applicantUscc') || null, name: text('applicantName') },
    materials: service ? [{ code: 'M1', name: text('material') || '技术报告', source: 'service', service, sharedFrom: null, state: 'lacking', reason: '' }] : [],
    now: new Date().toISOString(),
  })
  await intents.settled(id, SHOWN_WITHIN)
  return number
}

/** A message of the marketplace: believed by its signature, written down once, and only then acknowledged. */
async function hear(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
  const doubt = state.webhook ? doubtOf(request.headers, body, { secret: state.webhook.secret, now: Date.now() }) : 'unsigned'
  if (doubt) return send(response, 401, doubt, 'text/plain')
  const id = String(request.headers['webhook-id'])
  if (!state.heard.some((one) => one.id === id)) {
    const { type, subject, time } = JSON.parse(body) as { type: string; subject: string; time: string }
    state.heard.push({ id, type, subject, at: time })
    save()
    if (state.cases.some(({ caseNumber }) => caseNumber === subject)) void refresh(store, intents, market, subject).catch(() => {})
  }
  await misbehaviour.beLate()
  send(response, 204, '')
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw new Error('The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: string, type = 'text/html'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(status === 204 ? undefined : body)
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { location }).end()
}

function beijingDay(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
}

function leave(): void {
  intents.stop()
  save()
  process.exit(0)
}
