import type { FailedMerit, FailedPrices, OpenedBid, SealedBundle } from './bundle.ts'
import { concat, fromHex, toHex } from './bytes.ts'
import { check, type Findings, type Work } from './findings.ts'
import { jcs, sha256 } from './primitives.ts'
import { commits } from './sealed.ts'
import { choices, combined } from './shares.ts'

/** What the shares of one bid's key come to: the key, or why there is none; and whose share was not the promised one, or who showed none where too few did. */
export type Put = { key: string | null; reason: string | null; holders: string[] }

/**
 * Did the holders show what the log says they did, and what do their shares give? Undefined where one holder opens alone.
 * A share is right when its hash is the one that the bidder put into the header of the sealed bid, which its leaf binds.
 */
export function* checkReleases(bundle: SealedBundle | FailedPrices | FailedMerit, findings: Findings): Work<Put[] | undefined> {
  const say = findings.say.prices!
  const { steps, freeze, publication: { facts: { sealing } } } = bundle
  const { releases = [], released = [], opened } = steps
  const { threshold } = sealing
  const { releases: proofs } = (bundle.ledger?.steps ?? {}) as { releases?: unknown[] }
  if (threshold === undefined && !steps.releases && !steps.released) return undefined
  const bids = new Set(opened.map(({ bid }) => bid))
  const names = sealing.holders.map(({ id }) => id)
  yield* check(findings, say.released, (must) => {
    must(threshold !== undefined, '/steps/releases', say.releasedAlone)
    must(releases.length >= (threshold ?? 0), '/steps/releases', say.tooFewReleased(threshold ?? 0))
    must(released.length === releases.length, '/steps/released', say.otherReleases(releases.length))
    must(!bundle.ledger || (proofs ?? []).length === releases.length, '/ledger/steps/releases', findings.say.ledger.unproven)
    must(new Set(releases.map(({ facts }) => facts.release.holder)).size === releases.length, '/steps/releases', say.holderTwice)
    releases.forEach(({ facts: { release } }, place) => {
      const [field, facts] = [`/steps/released/${place}`, `/steps/releases/${place}/facts/release`]
      const given = released[place]
      if (!given) return
      must(names.includes(release.holder), `${facts}/holder`, say.strangeHolder)
      must(release.freeze === freeze.id, `${facts}/freeze`, findings.say.draw.otherFreeze)
      must(given.holder === release.holder, `${field}/holder`, say.strangeHolder)
      must(toHex(sha256(jcs(given.shares))) === release.shares, `${field}/shares`, say.otherShares)
      must(given.shares.every(({ bid }) => bids.has(bid)) && new Set(given.shares.map(({ bid }) => bid)).size === given.shares.length, `${field}/shares`, say.strangeShare)
      must(release.shown === given.shares.length, `${facts}/shown`, findings.say.opening!.countInstead(given.shares.length))
      const wrong = given.shares.filter((share) => !isRight(opened, names, given.holder, share)).length
      must(release.wrong === wrong, `${facts}/wrong`, findings.say.opening!.countInstead(wrong))
    })
  }, () => releases.map(({ facts: { release } }) => `${release.holder} ${release.shown - release.wrong}/${opened.length}`).join('\n'))
  if (findings.faults.length) return undefined
  const put = opened.map((bid) => putTogether(bid, names, threshold!, released))
  yield* check(findings, say.together(threshold!), (must) => {
    put.forEach(({ key, holders }, place) => {
      const { keys, holders: said = [] } = opened[place]!
      must((keys.offer ?? null) === key, `/steps/opened/${place}/keys${keys.offer === undefined ? '' : '/offer'}`, say.otherKey)
      must(jcs(said) === jcs(holders), `/steps/opened/${place}/holders`, say.holdersInstead(holders.join(', ')))
    })
  })
  return put
}

type Shown = { bid: string; share: string; salt: string }

function isRight(opened: readonly OpenedBid[], names: readonly string[], holder: string, { bid, share, salt }: Shown): boolean {
  const header = opened.find((each) => each.bid === bid)?.envelope.parts[0].header
  return header?.shares?.[names.indexOf(holder)] === toHex(sha256(concat(fromHex(share), fromHex(salt))))
}

/** As docs/verification.md says: right shares alone count, every choice of them is tried, and the first key that the header commits to is the one. */
function putTogether(bid: OpenedBid, names: readonly string[], threshold: number, released: readonly { holder: string; shares: readonly Shown[] }[]): Put {
  const shown = released.flatMap(({ holder, shares }) => shares.filter((share) => share.bid === bid.bid).map((share) => ({ holder, share })))
  const right = shown.filter(({ holder, share }) => isRight([bid], names, holder, share))
  const wrong = shown.filter((each) => !right.includes(each)).map(({ holder }) => holder)
  if (right.length < threshold) {
    if (wrong.length) return { key: null, reason: 'share-wrong', holders: wrong }
    return { key: null, reason: 'shares-missing', holders: names.filter((name) => !right.some(({ holder }) => holder === name)) }
  }
  for (const some of choices(right, threshold)) {
    const key = combined(some.map(({ share }) => fromHex(share.share)))
    if (key && commits(bid.envelope.parts[0], key)) return { key: toHex(key), reason: null, holders: wrong }
  }
  return { key: null, reason: 'other-commitment', holders: [] }
}
