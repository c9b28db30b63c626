import type { AuctionBundle, FailedAuction } from './bundle.ts'
import { check, type Findings, type Work } from './findings.ts'
import { lengthOf } from './periods.ts'

type Ended = AuctionBundle | FailedAuction
/** Rounds without a break between them, in milliseconds. */
type Span = { from: number; to: number }

/** The spans in which rounds ran, as the freeze and the entries that gave further ones have them. */
export function spansOf({ freeze, steps: { extensions = [] } }: Ended): Span[] {
  return [freeze.facts.auction, ...extensions.map(({ facts }) => facts.extension)].map(({ startsAt, endsAt }) => ({ from: Date.parse(startsAt), to: Date.parse(endsAt) }))
}

/** The round that runs at an instant, counted through all spans; null where none does. */
export function roundAt(spans: readonly Span[], at: number, length: number): number | null {
  let before = 0
  for (const { from, to } of spans) {
    if (at >= from && at < to) return before + Math.floor((at - from) / length) + 1
    before += (to - from) / length
  }
  return null
}

/** How long nobody was served within the rounds, and how many of them that touched. */
function lostOf(spans: readonly Span[], gap: Span, length: number): { ms: number; rounds: number } {
  let [ms, rounds] = [0, 0]
  for (const span of spans) {
    const from = Math.max(gap.from, span.from)
    const to = Math.min(gap.to, span.to)
    if (to <= from) continue
    ms += to - from
    rounds += Math.ceil((to - span.from) / length) - Math.floor((from - span.from) / length)
  }
  return { ms, rounds }
}

/**
 * Were further rounds given as publication promised: for an outage that took more of the rounds than it bears, as many as that touched,
 * after the last one, and so late that everybody could hear of them?
 */
export function* checkExtensions(bundle: Ended, findings: Findings): Work {
  const { publication, freeze, steps: { extensions = [], opening }, ledger } = bundle
  const say = findings.say.auction!
  const { delay, round, outage } = publication.facts.procedure.auction
  const length = lengthOf(round)
  const spans = spansOf(bundle)
  yield* check(findings, say.extended(extensions.length), (must) => {
    const gaps: Span[] = []
    extensions.forEach((entry, place) => {
      const { extension } = entry.facts
      const field = `/steps/extensions/${place}`
      const facts = `${field}/facts/extension`
      const [before, at] = [spans.slice(0, place + 1), Date.parse(entry.at)]
      const end = before.at(-1)!.to
      const gap = { from: Date.parse(extension.gap.from), to: Date.parse(extension.gap.until) }
      const lost = lostOf(before, gap, length)
      must(outage !== undefined, field, say.noRule)
      must(extension.freeze === freeze.id, `${facts}/freeze`, say.otherFreeze)
      must(extension.number === place + 1, `${facts}/number`, say.numberInstead(place + 1))
      must(extension.fromEndsAt === iso(end), `${facts}/fromEndsAt`, say.fromInstead(iso(end)))
      must(!outage || lost.ms > lengthOf(outage), `${facts}/gap`, say.gapShort(lost.ms))
      must(gap.to <= at, `${facts}/gap/until`, say.gapLasts)
      must(gaps.every((other) => gap.to <= other.from || other.to <= gap.from), `${facts}/gap`, say.gapTwice)
      must(extension.cause === 'operator' || roundAt(before, at, length) === null, `${field}/at`, say.givenEarly)
      const starts = Math.max(at + lengthOf(delay), end)
      must(extension.startsAt === iso(starts), `${facts}/startsAt`, say.startInstead(iso(starts)))
      must(extension.endsAt === iso(starts + lost.rounds * length), `${facts}/endsAt`, say.roundsInstead(lost.rounds, iso(starts + lost.rounds * length)))
      gaps.push(gap)
    })
    must(!ledger || (ledger.steps.extensions ?? []).length === extensions.length, '/ledger/steps/extensions', findings.say.ledger.unproven)
    must(String(opening.facts.auction.extensions ?? []) === String(extensions.map(({ id }) => id)), '/steps/opening/facts/auction/extensions', say.otherExtensions)
  }, () => extensions.map(({ facts }) => `${facts.extension.startsAt} → ${facts.extension.endsAt}`).join('\n'))
}

const iso = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : '')
