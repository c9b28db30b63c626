import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { CLOUD_EVENT_TYPE, readEvent } from '#app/domain/events/cloud-event.ts'
import { findSent } from '#app/domain/events/find-sent.server.ts'
import { receiveEvent } from '#app/domain/events/receive-event.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { inVersion, refuseVersion } from '#app/http/api-version.server.ts'
import { queryOf, refuseQuery } from '#app/http/api-query.server.ts'
import { answerCall, failed, json } from '#app/http/api.server.ts'
import { EventsQuery } from '#app/http/openapi/queries.ts'
import { faultsOf, languageOf, problem, problemOfRefusal } from '#app/http/problem.server.ts'
import { readJson } from '#app/http/read-json.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { sentenceOf, wordsOf } from '#app/words/words.ts'

/** Events of case systems. The signature says who sends; there is no token, and (source, id) says what was sent before. */
export function action(arrived: ActionFunctionArgs): Promise<Response> {
  return arrived.request.method === 'POST' ? taken(arrived) : loader(arrived)
}

/** What became of them, for the machines of the authority that sent them. */
export function loader(arrived: LoaderFunctionArgs): Promise<Response> {
  return answerCall(arrived, { method: 'GET', scope: 'events:send', beside: 'POST', asks: true }, async ({ request, context, locale }) => {
    const query = queryOf(request, EventsQuery)
    if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
    const { items, next } = await findSent(context, query.data)
    return json({ items: items.map(({ faults, ...event }) => ({ ...event, errors: faults.map(({ field, code, params }) => ({ pointer: field && `/${field.replaceAll('.', '/')}`, code, detail: sentenceOf(wordsOf(locale), code, params) })) })), next }, { headers: languageOf(request) })
  })
}

async function taken(arrived: ActionFunctionArgs): Promise<Response> {
  return refuseVersion(arrived.request) ?? inVersion(refuseQuery(arrived.request) ?? (await take(arrived)))
}

async function take(arrived: ActionFunctionArgs): Promise<Response> {
  const { request, context: { traceId } } = arrived
  const { db, clock, keyring } = theServices()
  try {
    const bytes = Buffer.from(await request.bytes())
    const read = await readJson(new Request(request.url, { method: 'POST', body: bytes, headers: { 'content-type': asJson(request) } }))
    if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', ...read.unreadable }] })
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

/** CloudEvents have a content type of their own, and plain JSON is taken too. */
function asJson(request: Request): string {
  const type = request.headers.get('content-type') ?? ''
  return type.toLowerCase().split(';')[0]!.trim() === CLOUD_EVENT_TYPE ? 'application/json' : type
}
