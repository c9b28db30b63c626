import type { LoaderFunctionArgs } from '@remix-run/node'
import { ownBid, showAuction } from '#app/domain/bids/show-auction.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { auctionStream, hasRoom } from '#app/http/auction-stream.server.ts'
import { enter } from '#app/http/enter.server.ts'
import { localeOf } from '#app/http/locale.server.ts'
import { orPage } from '#app/http/submit.server.ts'

/** `GET /tenders/:number/auction/events`: the auction's figures as they change; a bidder hears its own rank besides. */
export async function loader(arrived: LoaderFunctionArgs): Promise<Response> {
  const { request, params, context: { ip, gone } } = arrived
  const context = await enter(arrived)
  const auction = await orPage(request, showAuction(context, { number: params.number! }))
  // 204 tells a browser not to come again.
  if (auction.ended) return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
  if (!hasRoom(ip)) return new Response(null, { status: 503, headers: { 'Retry-After': '10', 'Cache-Control': 'no-store' } })
  const tenderId = (await showTender(context, { number: params.number! })).tender.id
  const stream = auctionStream({ tenderId, auction, bid: await ownBid(context, tenderId), locale: localeOf(request), ip, lastEventId: request.headers.get('last-event-id'), gone })
  return new Response(request.method === 'HEAD' ? null : stream, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } })
}
