import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { HEARD_TYPES } from '#app/domain/events/heard-outside.ts'
import { readFeed } from '#app/domain/events/read-feed.server.ts'
import { answerCalls, json, type Call } from '#app/http/api.server.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'
import { theServices } from '#app/http/services.server.ts'

const Query = z.strictObject({
  after: z.string().regex(/^\d{1,15}$/, 'events.place').transform(Number).default(0),
  type: z.enum(HEARD_TYPES, 'events.unknown-type').optional(),
  limit: z.coerce.number('events.limit').int('events.limit').min(1, 'events.limit').max(500, 'events.limit').default(100),
})

/** `GET /api/v1/feed?after=`: what happened, in the order in which it was committed; for those who prefer to ask. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, { scope: 'feed:read', GET: get })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}

async function get({ request, context }: Call): Promise<Response> {
  const query = queryOf(request, Query)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  const { after, type, limit } = query.data
  return json(await readFeed(context, { after, types: type ? [type] : [], limit, publicUrl: theServices().config.publicUrl }))
}
