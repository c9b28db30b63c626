import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { DEMAND_SHAPE, DemandInput } from '#app/domain/guard/demand.ts'
import { faultsOfDemand } from '#app/domain/guard/faults-of-demand.server.ts'
import { validate } from '#app/domain/guard/validate.server.ts'
import { answerCall, json, type Call } from '#app/http/api.server.ts'
import { partsOf, wholeFaults } from '#app/http/parts.server.ts'
import { problem } from '#app/http/problem.server.ts'
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
  if (!parsed.success) return problem(request, { status: 422, faults: await wholeFaults(parsed.error, read.body, (body) => faultsOfDemand(context, partsOf(DEMAND_SHAPE, body))) })
  return json(await validate(context, { demand: parsed.data, say: sayingIn(locale) }))
}
