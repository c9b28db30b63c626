import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { CLOUD_EVENT_TYPE, readEvent } from '#app/domain/events/cloud-event.ts'
import { receiveEvent } from '#app/domain/events/receive-event.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { inVersion, refuseVersion } from '#app/http/api-version.server.ts'
import { refuseQuery } from '#app/http/api-query.server.ts'
import { failed, json, refuseMethod } from '#app/http/api.server.ts'
import { faultsOf, problem, problemOfRefusal } from '#app/http/problem.server.ts'
import { readJson } from '#app/http/read-json.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** Events of case systems. The signature says who sends; there is no token, and (source, id) says what was sent before. */
export async function action(arrived: ActionFunctionArgs): Promise<Response> {
  return refuseVersion(arrived.request) ?? inVersion(refuseMethod(arrived.request, 'POST') ?? refuseQuery(arrived.request) ?? (await take(arrived)))
}

async function take(arrived: ActionFunctionArgs): Promise<Response> {
  const { request, context: { traceId } } = arrived
  const { db, clock, keyring } = theServices()
  try {
    const bytes = Buffer.from(await request.bytes())
    const read = await readJson(new Request(request.url, { method: 'POST', body: bytes, headers: { 'content-type': asJson(request) } }))
    if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', code: read.unreadable.code }] })
    // What was signed is what is kept and processed: nothing of it is normalised on the way.
    const body = bytes.toString('utf8')
    const parsed = readEvent(body)
    if (!parsed.success) return problem(request, { status: 422, faults: faultsOf(parsed.error, parsed.given) })
    const { duplicate } = await receiveEvent({ db, clock, keyring, traceId }, { headers: request.headers, body, event: parsed.data })
    return json({ id: parsed.data.id, duplicate }, { status: duplicate ? 200 : 202 })
  } catch (error) {
    return isRefusal(error) ? problemOfRefusal(request, error) : failed(arrived, error)
  }
}

export function loader(arrived: LoaderFunctionArgs) {
  return action(arrived)
}

/** CloudEvents have a content type of their own, and plain JSON is taken too. */
function asJson(request: Request): string {
  const type = request.headers.get('content-type') ?? ''
  return type.toLowerCase().split(';')[0]!.trim() === CLOUD_EVENT_TYPE ? 'application/json' : type
}
