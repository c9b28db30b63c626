export const FOR_EVER = 'public, max-age=31536000, immutable'

/** Answers with what anybody on any site may read; what is not there is 404 and not remembered. */
export function openly(body: string | Buffer | undefined, { type, cache }: { type: string; cache: string }): Response {
  const common = { 'Access-Control-Allow-Origin': '*' }
  if (body === undefined) return new Response('404\n', { status: 404, headers: { ...common, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } })
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  return new Response(bytes, { headers: { ...common, 'Content-Type': type, 'Cache-Control': cache } })
}
