import { COME_AGAIN, isAway } from './health.server.ts'

export const FOR_EVER = 'public, max-age=31536000, immutable'

/** The same for what is still being looked for: while the database is away a reader is told to come again. */
export async function openlyFound(found: Promise<string | Buffer | undefined>, terms: { type: string; cache: string }): Promise<Response> {
  return orComeAgain(found.then((body) => openly(body, terms)))
}

/** An answer for anybody that needs the database, or 503 and when to come again while that is away. */
export async function orComeAgain(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer
  } catch (error) {
    if (!isAway(error)) throw error
    return new Response('503\n', { status: 503, headers: { ...COME_AGAIN, 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } })
  }
}

/** Answers with what anybody on any site may read; what is not there is 404 and not remembered. */
export function openly(body: string | Buffer | undefined, { type, cache }: { type: string; cache: string }): Response {
  const common = { 'Access-Control-Allow-Origin': '*' }
  if (body === undefined) return new Response('404\n', { status: 404, headers: { ...common, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } })
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  return new Response(bytes, { headers: { ...common, 'Content-Type': type, 'Cache-Control': cache } })
}
