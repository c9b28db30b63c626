import type { LoaderFunctionArgs } from '@remix-run/node'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '#app/domain/accounts/throttle.server.ts'
import { LONGEST_QUESTION, type Hit } from '#app/domain/search/found.ts'
import { suggest } from '#app/domain/search/suggest.server.ts'
import { normalise } from '#app/http/normalise.ts'
import { orComeAgain } from '#app/http/openly.server.ts'
import { theServices } from '#app/http/services.server.ts'
import { paths } from '#app/paths.ts'

/** Faster than anybody types, for a whole office behind one address. Counted in this process: a count in the database would cost more than the search. */
const limiter = new RateLimiterMemory({ points: 120, duration: 10 })

/**
 * `GET /search/suggest?q=`: what somebody who is typing may mean. The same for everybody, so that a minute's cache may keep
 * it; who asks is not even looked up, since a session's new cookie must not lie in a cache.
 */
export async function loader({ request, context: { ip } }: LoaderFunctionArgs): Promise<Response> {
  const text = normalise(new URL(request.url).searchParams.get('q') ?? '').slice(0, LONGEST_QUESTION)
  try {
    await limiter.consume(networkOf(ip))
  } catch {
    return Response.json([], { status: 429, headers: { 'Retry-After': '10', 'Cache-Control': 'no-store' } })
  }
  return orComeAgain(
    suggest(theServices(), { text }).then((hits) => Response.json(hits.map(suggestionOf), { headers: { 'Cache-Control': 'public, max-age=60' } })),
  )
}

function suggestionOf({ kind, title, shown }: Hit) {
  if ('code' in shown) return { kind, name: title, note: shown.code, href: paths.listing(shown.code) }
  if ('uscc' in shown) return { kind, name: title, note: shown.seat, href: paths.agency(shown.uscc) }
  return { kind, name: title, note: shown.service, href: paths.tender(shown.number) }
}
