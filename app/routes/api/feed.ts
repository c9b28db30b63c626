import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { readFeed } from '#app/domain/events/read-feed.server.ts'
import { answerCalls, json, type Call } from '#app/http/api.server.ts'
import { queryOf } from '#app/http/api-query.server.ts'
import { FeedQuery } from '#app/http/openapi/queries.ts'
import { faultsOf, problem } from '#app/http/problem.server.ts'
import { theServices } from '#app/http/services.server.ts'

/** `GET /api/v1/feed?after=`: what happened, in the order in which it was committed; for those who prefer to ask. */
export function loader(arrived: LoaderFunctionArgs) {
  return answerCalls(arrived, { scope: 'feed:read', asks: true, GET: get })
}

export function action(arrived: ActionFunctionArgs) {
  return loader(arrived)
}

async function get({ request, context }: Call): Promise<Response> {
  const query = queryOf(request, FeedQuery)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  const { after = 0, type, limit } = query.data
  return json(await readFeed(context, { after, types: type ? [type] : [], limit, publicUrl: theServices().config.publicUrl }))
}
