import { auctionNow, standingOf, watchAuction } from '#app/domain/bids/show-auction.server.ts'
import type { AuctionQuote } from '#app/domain/bids/auction-quote.ts'
import type { AuctionTimes } from '#app/domain/tenders/auction.ts'
import type { ShownAuction } from '#app/domain/bids/auction-view.ts'
import { auctionTexts } from '#app/words/auction-texts.ts'
import type { Locale } from '#app/words/words.ts'
import { theServices } from './services.server.ts'

const SECOND = 1000
const LOOK_EVERY = SECOND / 2
const HEARTBEAT = 15 * SECOND
/** One office behind one address, and one page in a few tabs. */
const MOST_OF_ONE = 20

type Seen = { quotes: AuctionQuote[]; times: AuctionTimes | null; ended: boolean; at: Date }
type Reader = { ip: string; tell: (seen: Seen) => void; end: () => void }
type Watch = { readers: Set<Reader>; timer: NodeJS.Timeout }

/** One look at the database for all who watch one auction in this process. Another process looks for itself, and sees the same. */
const watches = new Map<string, Watch>()
const readersNow = () => [...watches.values()].flatMap(({ readers }) => [...readers])

/** May one more reader be kept? So many in all as the configuration says, and so many of one address. */
export function hasRoom(ip: string): boolean {
  const readers = readersNow()
  return readers.length < theServices().config.auctionStreams && readers.filter((reader) => reader.ip === ip).length < MOST_OF_ONE
}

/** Ends every stream, so that a process that stops need not wait for its readers; their browsers come back by themselves. */
export function endStreams(): void {
  for (const reader of readersNow()) reader.end()
}

type Watched = { tenderId: string; auction: ShownAuction; bid: string | null; locale: Locale; ip: string; lastEventId: string | null; gone: AbortSignal | undefined }

/** A stream of server-sent events: the state at once, then each change, and a comment now and then that keeps the line open. */
export function auctionStream({ tenderId, auction, bid, locale, ip, lastEventId, gone }: Watched): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder()
  let close = () => {}
  return new ReadableStream({
    start(controller) {
      let last = lastEventId
      let isOpen = true
      const write = (text: string) => isOpen && controller.enqueue(bytes.encode(text))
      const beat = setInterval(() => write(': still here\n\n'), HEARTBEAT)
      const reader: Reader = {
        ip,
        tell: ({ quotes, times, ended, at }) => {
          const now = auctionNow(quotes, { times, ended, terms: auction.terms, at, bidders: auction.now.bidders })
          const startsAt = now.next?.startsAt ?? times?.startsAt ?? auction.startsAt
          const id = `${quotes.length}-${now.phase}-${now.round?.number ?? 0}-${startsAt.getTime()}-${now.rounds}`
          if (id !== last) {
            const own = bid === null ? null : standingOf(quotes, bid, { now, terms: auction.terms, ceilingFen: auction.ceilingFen })
            const until = now.phase === 'before' || now.phase === 'paused' ? startsAt : now.round?.endsAt
            write(`id: ${id}\nevent: auction\ndata: ${JSON.stringify({ texts: auctionTexts(locale, { ...now, own }), phase: now.phase, at, until: until ?? null })}\n\n`)
            last = id
          }
          // Until the end is on record there may be further rounds.
          if (!ended) return
          write('event: end\ndata: {}\n\n')
          reader.end()
        },
        end: () => close(),
      }
      close = () => {
        if (!isOpen) return
        isOpen = false
        clearInterval(beat)
        leave(tenderId, reader)
        controller.close()
      }
      gone?.addEventListener('abort', close, { once: true })
      write('retry: 2000\n\n')
      join(tenderId, reader)
    },
    cancel: () => close(),
  })
}

function join(tenderId: string, reader: Reader): void {
  const watch = watches.get(tenderId) ?? { readers: new Set<Reader>(), timer: setInterval(() => void look(tenderId), LOOK_EVERY) }
  watches.set(tenderId, watch)
  watch.readers.add(reader)
  void look(tenderId)
}

function leave(tenderId: string, reader: Reader): void {
  const watch = watches.get(tenderId)
  watch?.readers.delete(reader)
  if (!watch || watch.readers.size > 0) return
  clearInterval(watch.timer)
  watches.delete(tenderId)
}

async function look(tenderId: string): Promise<void> {
  const { db, clock, log } = theServices()
  try {
    const seen = await watchAuction({ db, clock }, tenderId)
    for (const reader of [...(watches.get(tenderId)?.readers ?? [])]) reader.tell(seen)
  } catch (error) {
    // The next look tries again; a reader's page stands meanwhile as it was.
    log.warn({ tender: tenderId, error: (error as Error).message }, 'An auction could not be looked at')
  }
}
