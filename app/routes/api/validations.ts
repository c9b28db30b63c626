import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { validate } from '#app/domain/guard/validate.server.ts'
import { answerCall, json, type Call } from '#app/http/api.server.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'
import { readJson } from '#app/http/read-json.server.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'

const TERMS = { method: 'POST', scope: 'guard:validate' } as const

/** The same rules as a decision, every one with its result, and nothing recorded: it needs no Idempotency-Key. */
export function action(arrived: ActionFunctionArgs) {
  return answerCall(arrived, TERMS, post)
}

export function loader(arrived: LoaderFunctionArgs) {
  return answerCall(arrived, TERMS, post)
}

async function post({ request, context, locale }: Call): Promise<Response> {
  const read = await readJson(request)
  if ('unreadable' in read) return problem(request, { status: read.unreadable.status, faults: [{ pointer: '', ...read.unreadable }] })
  const parsed = DemandInput.safeParse(read.body)
  if (!parsed.success) return problem(request, { status: 422, faults: faultsOf(parsed.error, read.body) })
  return json(await validate(context, { demand: parsed.data, say: sayingIn(locale) }))
}
