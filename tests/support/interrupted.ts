import { randomUUID } from 'node:crypto'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { endAuction } from '#app/domain/awards/end-auction.server.ts'
import { placeQuote } from '#app/domain/bids/place-quote.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { begun } from './auction-stage.ts'
import type { MakeContext, TestClock, TestDatabase } from './database.ts'
import { served } from './served.ts'
import { contextsOf } from './tenders.ts'

const SECOND = 1000
export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * SECOND)

/** An auction at its first instant, of three rounds of 40 s under a rule of 20 s, and the ways in which nobody was served while it ran. */
export async function interrupted(database: TestDatabase, context: MakeContext, clock: TestClock) {
  const make = contextsOf(context)
  await served(database, [])
  const { stage, members, startsAt, endsAt } = await begun(database, make, clock, 3)
  const { number, owner, tender } = stage
  const system = { ...make(owner), actor: SYSTEM }
  return {
    make, number, owner, members, tender, startsAt, endsAt, system,
    quote: (member: Member, yuan: number) => placeQuote(make(member), { number, id: randomUUID(), amountFen: yuan * 100 }),
    find: async () => (await findTender(database.owner, tender))!,
    end: () => endAuction(system, tender),
    /** Nobody served in these seconds of the auction, and everybody did until a while later. */
    silent: (gaps: [number, number][], until: Date) => served(database, [later(startsAt, -600), ...gaps.flatMap((gap) => gap.map((second) => later(startsAt, second))), until].reduce<[Date, Date][]>((spells, at, place, all) => (place % 2 ? spells : [...spells, [at, all[place + 1]!]]), [])),
    told: async () => ((await database.owner('ledger_entries').where({ subject: number }).whereIn('kind', ['auction.extended', 'auction.ended', 'tender.failed']).orderBy('ordinal')) as { kind: string; body: string }[]).map(({ kind, body }) => ({ kind, facts: (JSON.parse(body) as { facts: Record<string, unknown> }).facts })),
  }
}
