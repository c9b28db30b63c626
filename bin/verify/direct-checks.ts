import type { DirectBundle, Proof } from './bundle.ts'
import { toHex } from './bytes.ts'
import { entriesOf, type Logged } from './course.ts'
import { check, type Findings, type Work } from './findings.ts'
import { follow } from './move-checks.ts'
import { jcs, sha256 } from './primitives.ts'

export const wordsOf = ({ say }: Findings) => say.direct!

/** Did the agency that was named accept in time, and did the award go to it and to nobody else? */
export function* checkDirect(bundle: DirectBundle, findings: Findings): Work {
  const say = wordsOf(findings)
  const { draw, entries: names, ledger } = findings.say
  const { publication, tender, steps: { acceptance, body, closing, award, declined } } = bundle
  const { named, reason, closesAt, procedure } = publication.facts
  const all = entriesOf(bundle)
  // A bid's own entry names the bid alone: until the close nobody reads of which tender it is.
  const own = all.filter(({ entry }) => entry !== acceptance)
  const agree = new Set(own.map(({ entry }) => entry.subject)).size === 1

  yield* check(findings, draw.named, (must) => {
    for (const { name, field, entry } of own) must(entry.subject === tender, agree ? '/tender' : `${field}/subject`, draw.otherTender(names[name], entry.subject, tender))
    must(publication.facts.procedure.method === bundle.method, '/method', draw.otherMethod(procedure.method))
    must(!bundle.ledger?.steps.declined || declined !== undefined, '/ledger/steps/declined', ledger.unproven)
  }, () => tender)

  const deadlines = [closesAt]
  if (bundle.moves) yield* check(findings, say.moved, (must) => {
    deadlines.push(follow(bundle, { closesAt, drawsAfter: null }, must, findings).closesAt)
  }, () => deadlines.join(' → '))
  const deadline = deadlines.at(-1)!

  yield* check(findings, say.inTime, (must) => {
    must(publication.at < closesAt, '/publication/facts/closesAt', draw.outOfTime)
    all.slice(1).forEach(({ field, entry }, place) => must(entry.at >= all[place]!.entry.at, `${field}/at`, draw.outOfTime))
    must(acceptance.at < inForceAt(all, bundle), '/steps/acceptance/at', say.late)
    must(closing.at >= deadline, '/steps/closing/at', say.closedEarly)
    must(!declined || declined.at < award.facts.declineUntil, '/steps/declined/at', say.declinedLate)
  }, () => [publication.at, acceptance.at, deadline, closing.at, award.at, ...(declined ? [declined.at] : [])].join(' → '))

  yield* check(findings, say.accepted, (must) => {
    must(toHex(sha256(jcs(body))) === acceptance.facts.bid, '/steps/body', say.otherBody)
    must(body.tender === tender, '/steps/body/tender', draw.otherTender(names.acceptance, body.tender, tender))
    must(body.bid === acceptance.subject, '/steps/body/bid', say.otherBid)
    must(body.agency.uscc === named, '/steps/body/agency/uscc', say.notNamed(named))
  }, () => `${body.agency.uscc} · ${acceptance.facts.bid}`)

  yield* check(findings, say.closed, (must) => {
    const { facts } = closing
    must(facts.closesAt === deadline, '/steps/closing/facts/closesAt', draw.givesInstead(deadline))
    must(facts.eligible === 1 && facts.eligible >= procedure.minimumBidders, '/steps/closing/facts/eligible', say.oneAlone)
    must(facts.minimumBidders === procedure.minimumBidders, '/steps/closing/facts/minimumBidders', draw.givesInstead(String(procedure.minimumBidders)))
  }, () => deadline)

  yield* check(findings, declined ? say.declined : say.awarded, (must) => {
    must(award.facts.winner === named, '/steps/award/facts/winner', say.notNamed(named))
    must(award.facts.reason === reason, '/steps/award/facts/reason', say.otherReason)
    must(!declined || declined.facts.agency === named, '/steps/declined/facts/agency', say.notNamed(named))
    const winner = declined ? null : named
    must(bundle.winner === winner, '/winner', draw.givesInstead(String(winner)))
  }, () => `${named} · ${reason}`)
}

/** The deadline that stood when the acceptance came: as publication had it, or the last entry before it that moved it. */
function inForceAt(all: readonly Logged[], { publication, moves = [], steps: { acceptance } }: DirectBundle): string {
  const before = all.slice(0, all.findIndex(({ entry }) => entry === acceptance)).map(({ entry }) => entry)
  const last = moves.findLast((move) => move.kind === 'tender.extended' && before.includes(move))
  return last?.kind === 'tender.extended' ? last.facts.extension.closesAt : publication.facts.closesAt
}

/** The proof of an award beside the bundle is of the very entry in it, though the log may have grown since. */
export function* checkOwnAward(bundle: DirectBundle, { entry, ledger }: Proof, findings: Findings): Work {
  const say = wordsOf(findings)
  yield* check(findings, say.sameAward, (must) => {
    must(entry.subject === bundle.tender, 'award/entry/subject', findings.say.award.otherTender(entry.subject))
    must(ledger.leafHash === bundle.ledger?.steps.award.leafHash, 'award/entry', say.otherAward)
  }, () => entry.id)
}
