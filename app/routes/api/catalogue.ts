import { createHash } from 'node:crypto'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { VERSION } from '#app/http/services.server.ts'
import { Day } from '#app/domain/calendar.ts'
import { LISTING_CODE } from '#app/domain/catalogue/listing.ts'
import { findEdition, publishCatalogue, type Edition } from '#app/domain/catalogue/publish-catalogue.server.ts'
import { DivisionCode } from '#app/domain/divisions/division.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { failed } from '#app/http/api.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { faultsOf, problem, problemOfRefusal } from '#app/http/problem.server.ts'

const MOST = 200

const Query = z.object({
  division: DivisionCode.optional(),
  on: Day.optional(),
  after: z.string().regex(LISTING_CODE, 'catalogue.after-malformed').optional(),
  limit: z.coerce.number('catalogue.limit-malformed').int('catalogue.limit-malformed').min(1, 'catalogue.limit-malformed').max(MOST, 'catalogue.limit-malformed').default(100),
})

/** `GET /api/v1/catalogue?division=&on=&after=&limit=`: the list in force on a day. Open to everybody, and cacheable. */
export async function loader(arrived: LoaderFunctionArgs): Promise<Response> {
  const { request } = arrived
  const asked = Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ''))
  const query = Query.safeParse(asked)
  if (!query.success) return problem(request, { status: 400, faults: faultsOf(query.error) })
  try {
    const context = await enter(arrived)
    const edition = await findEdition(context, query.data)
    const etag = etagOf(edition)
    const headers = { ETag: etag, 'Cache-Control': 'public, max-age=0, must-revalidate' }
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    return Response.json(await publishCatalogue(context, edition), { headers })
  } catch (error) {
    return isRefusal(error) ? problemOfRefusal(request, error) : failed(arrived, error)
  }
}

/** The list is read here and changed nowhere else. */
export function action({ request }: ActionFunctionArgs): Response {
  return problem(request, { status: 405, faults: [], headers: { Allow: 'GET, HEAD' } })
}

/** A strong tag: the same list, page and program give the same bytes. */
function etagOf(edition: Edition): string {
  return `"${createHash('sha256').update(JSON.stringify([VERSION, edition])).digest('base64url').slice(0, 27)}"`
}

function matches(given: string | null, etag: string): boolean {
  return given === '*' || (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
