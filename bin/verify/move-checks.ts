import type { Entry, Move, PoolBundle } from './bundle.ts'
import { check, type Findings, type Must, type Work } from './findings.ts'

/** Causes that may move a deadline that is over already: nobody could bid in the time that they give back. */
const AFTERWARDS = ['outage', 'suspension']

type Dates = { closesAt: string; drawsAfter: string | null }

/**
 * Follows the entries that moved a deadline, from the dates of publication on.
 *
 * @returns the dates in force at the end, and the ids of the extensions that led there
 */
export function follow({ publication, moves = [] }: { publication: Entry<unknown>; moves?: Move[] | undefined }, { closesAt, drawsAfter }: Dates, must: Must, { say: { draw: say } }: Findings): Dates & { extensions: string[] } {
  const extensions: string[] = []
  moves.forEach((entry, place) => {
    const field = `/moves/${place}`
    const [before, after] = [moves[place - 1], moves[place + 1]]
    if (entry.kind === 'tender.corrected') return must(after?.kind === 'tender.extended' && after.facts.extension.closesAt === entry.facts.closesAt, `${field}/facts/closesAt`, say.correction)
    const { extension } = entry.facts
    const at = `${field}/facts/extension`
    extensions.push(entry.id)
    must(extension.publication === publication.id, `${at}/publication`, say.otherPublication)
    must(extension.number === extensions.length, `${at}/number`, say.moveCount(extensions.length))
    must((extension.cause === 'correction') === (before?.kind === 'tender.corrected'), `${at}/cause`, say.correction)
    must(extension.fromClosesAt === closesAt, `${at}/fromClosesAt`, say.givesInstead(closesAt))
    must(extension.fromDrawsAfter === drawsAfter, `${at}/fromDrawsAfter`, say.givesInstead(String(drawsAfter)))
    must(entry.at < (AFTERWARDS.includes(extension.cause) ? extension.closesAt : closesAt), `${field}/at`, say.outOfTime)
    must(closesAt < extension.closesAt, `${at}/closesAt`, say.outOfTime)
    if (drawsAfter !== null && extension.drawsAfter !== null) must(drawsAfter <= extension.drawsAfter && extension.closesAt < extension.drawsAfter, `${at}/drawsAfter`, say.outOfTime)
    ;({ closesAt, drawsAfter } = extension)
  })
  return { closesAt, drawsAfter, extensions }
}

/**
 * Do the entries that moved the deadline lead, one from the dates of the other, from publication to the freeze? Each was made
 * before the deadline to which it moved, only forwards; and an owner's own before the one that it moved, so that no closed tender is opened again.
 */
export function* checkMoves({ publication, moves = [], freeze }: PoolBundle, findings: Findings): Work {
  const { moved } = freeze.facts.draw
  if (!moved && !moves.length) return
  const { draw: say } = findings.say
  const published = publication.facts.draw
  let last = ''
  yield* check(findings, say.moved, (must) => {
    const { closesAt, drawsAfter, extensions } = follow({ publication, moves }, published, must, findings)
    must(String(moved?.extensions) === String(extensions), '/freeze/facts/draw/moved/extensions', say.moveCount(extensions.length))
    must(moved?.closesAt === closesAt, '/freeze/facts/draw/moved/closesAt', say.givesInstead(closesAt))
    must(moved?.drawsAfter === drawsAfter, '/freeze/facts/draw/moved/drawsAfter', say.givesInstead(String(drawsAfter)))
    last = closesAt
  }, () => `${published.closesAt} → ${last}`)
}
