import type { Misbehaviour } from './misbehaviour.ts'

export type Settings = { baseUrl: string; apiClient: { id: string; secret: string; authority: string } }
export type Call = { method: 'GET' | 'PUT' | 'POST' | 'DELETE'; path: string; body?: unknown; key?: string; etag?: string | null }
export type Reply = { status: number; body: Record<string, unknown>; bytes: Buffer; headers: Headers }
export type Market = { baseUrl: string; authority: string; call: (call: Call) => Promise<Reply> }

const WITHIN = 10_000
const MARGIN = 30_000

/** The marketplace as this system meets it: a token for ten minutes, then calls over HTTP. A call that got no answer throws. */
export function openMarket({ baseUrl, apiClient }: Settings, misbehaviour: Misbehaviour): Market {
  let token: { value: string; until: number } | undefined

  async function bearer(): Promise<string> {
    if (token && token.until > Date.now()) return token.value
    const basic = Buffer.from(`${encodeURIComponent(apiClient.id)}:${encodeURIComponent(apiClient.secret)}`).toString('base64')
    const answer = await fetch(`${baseUrl}/oauth/token`, { method: 'POST', headers: { authorization: `Basic ${basic}` }, body: new URLSearchParams({ grant_type: 'client_credentials' }), signal: AbortSignal.timeout(WITHIN) })
    if (!answer.ok) throw new Error(`The marketplace gave no token: ${answer.status}.`)
    const { access_token: value, expires_in: seconds } = (await answer.json()) as { access_token: string; expires_in: number }
    token = { value, until: Date.now() + seconds * 1000 - MARGIN }
    return value
  }

  async function send({ method, path, body, key, etag }: Call): Promise<Reply> {
    const headers: Record<string, string> = { authorization: `Bearer ${await bearer()}`, accept: 'application/json', 'accept-language': 'zh-CN' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (key) headers['idempotency-key'] = `"${key}"`
    if (etag) headers['if-none-match'] = etag
    const answer = await fetch(baseUrl + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(WITHIN), redirect: 'error' })
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, bytes, body: jsonOf(bytes), headers: answer.headers }
  }

  async function call(wanted: Call): Promise<Reply> {
    await misbehaviour.beforeCall(wanted.method)
    const [first] = await Promise.all(misbehaviour.isTwice() ? [send(wanted), send(wanted)] : [send(wanted)])
    await misbehaviour.afterCall(wanted.method)
    if (first!.status !== 401 || !token) return first!
    token = undefined
    return send(wanted)
  }

  return { baseUrl, authority: apiClient.authority, call }
}

function jsonOf(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
  } catch {
    return {}
  }
}
