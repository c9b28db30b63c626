import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { grantToken } from '#app/domain/accounts/access-token.server.ts'
import { giveBack, networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { json, refuseMethod } from '#app/http/api.server.ts'
import { COME_AGAIN, isAway } from '#app/http/health.server.ts'
import { problemOfRefusal } from '#app/http/problem.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** RFC 6749, 4.4: client credentials by HTTP Basic. Its errors have their own shape (5.2), which client libraries expect. */
export async function action({ request, context }: ActionFunctionArgs) {
  const wrongMethod = refuseMethod(request, 'POST')
  if (wrongMethod) return wrongMethod
  const { db, clock, keyring, log } = theServices()
  const who = networkOf(context.ip)
  try {
    const form = await formOf(request)
    if (!form || form.getAll('grant_type').length !== 1 || form.getAll('scope').length > 1) return fault(400, 'invalid_request', 'grant_type is sent once, as application/x-www-form-urlencoded')
    if (form.get('grant_type') !== 'client_credentials') return fault(400, 'unsupported_grant_type', 'only client_credentials is served')
    const credentials = basicOf(request)
    if (!credentials) return fault(401, 'invalid_client', 'client id and secret are sent by HTTP Basic')
    await throttle(db, 'token-address', who)
    const scopes = form.get('scope')?.trim() ? form.get('scope')!.trim().split(/\s+/) : null
    const grant = await grantToken({ db, clock, keyring }, { ...credentials, scopes })
    if ('fault' in grant) return grant.fault === 'invalid_client' ? fault(401, 'invalid_client', 'unknown client or wrong secret') : fault(400, 'invalid_scope', 'the client does not have this scope')
    await giveBack(db, 'token-address', who)
    return json({ access_token: grant.accessToken, token_type: 'Bearer', expires_in: grant.expiresIn, scope: grant.scopes.join(' ') }, { headers: { Pragma: 'no-cache' } })
  } catch (error) {
    if (isRefusal(error)) return problemOfRefusal(request, error)
    log.error({ traceId: context.traceId, err: error }, 'a token could not be granted')
    return isAway(error) ? json({ error: 'temporarily_unavailable' }, { status: 503, headers: COME_AGAIN }) : json({ error: 'server_error' }, { status: 500 })
  }
}

export function loader({ request }: LoaderFunctionArgs) {
  return refuseMethod(request, 'POST')
}

async function formOf(request: Request): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded(\s*;|$)/i.test(request.headers.get('content-type') ?? '')) return null
  return new URLSearchParams(await request.text())
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
function basicOf(request: Request): { id: string; secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const [id, ...rest] = Buffer.from(encoded ?? '', 'base64').toString('utf8').split(':')
  if (!id || rest.length === 0) return null
  try {
    const plain = [id, rest.join(':')].map((half) => decodeURIComponent(half.replaceAll('+', ' ')).replaceAll('\0', '')) as [string, string]
    return { id: plain[0], secret: plain[1] }
  } catch {
    return null
  }
}

function fault(status: 400 | 401, error: string, description: string): Response {
  const headers: Record<string, string> = { Pragma: 'no-cache' }
  if (status === 401) headers['WWW-Authenticate'] = 'Basic realm="mingdan", charset="UTF-8"'
  return json({ error, error_description: description }, { status, headers })
}
