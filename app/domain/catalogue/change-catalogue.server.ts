import type { Knex } from 'knex'
import { newId } from '#app/domain/chance.server.ts'
import { insertVersion, lockCatalogue, nextVersions } from '#db/repositories/catalogue-versions.ts'
import { insertListings, lockWordings, saveEnding } from '#db/repositories/listings.ts'
import type { Actor } from '../accounts/actor.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { versionSubject, type CatalogueVersion } from './catalogue.ts'
import { stepsOf, type Step } from './list-step.ts'
import type { Listing, ListingWording } from './listing.ts'
import { changedLists } from './lower-lists.ts'
import { tellStep } from './tell-step.server.ts'

/** One new version of a division's list: the wordings that enter it and the codes that leave it, all from one day, by which proposal. */
export type CatalogueChange = { divisionCode: string; from: Day; note: string; adopted: readonly ListingWording[]; retired: readonly string[]; proposal: string | null }

type Follows = CatalogueVersion['follows']

/**
 * Writes a new version of a list: its ledger entries, its version row, the wordings that end and those that begin. Where the change leaves
 * a list below it asking for more than this one allows, that list gets a version of its own that follows, from the same day.
 * The caller has asked whether the actor may. Two changes of one list take turns, so that both see the whole history.
 *
 * @returns the version of the list itself that now exists
 */
export async function changeCatalogue(trx: Knex.Transaction, context: Context, change: CatalogueChange): Promise<CatalogueVersion> {
  const { divisionCode, from } = change
  const number = await lockCatalogue(trx, divisionCode)
  const at = await context.clock.read(trx)
  const entries = [...change.retired.map((code) => ({ code, wording: null })), ...change.adopted.map((wording) => ({ code: wording.code, wording }))]
  const stored = await lockWordings(trx, { codes: entries.map(({ code }) => code), divisionCode })
  const numbers = new Map([...(await nextVersions(trx, stored.map((row) => row.divisionCode))), [divisionCode, number]])
  const versionOf = (division: string) => numbers.get(division)!
  const steps = entries.flatMap(({ code, wording }) => {
    const before = stored.filter((row) => row.code === code)
    return stepsOf(before, changedLists(before, { divisionCode, from, today: dayOf(at), wording, versionOf, newId }).rows)
  })
  const divisions = [...new Set([divisionCode, ...steps.map((step) => step.divisionCode).sort()])]
  const versions: CatalogueVersion[] = []
  for (const division of divisions) {
    const follows = division === divisionCode ? null : { divisionCode, number }
    versions.push(await writeVersion(trx, context, { at, change, divisionCode: division, number: versionOf(division), follows, steps: steps.filter((step) => step.divisionCode === division) }))
  }
  for (const { ended } of steps) for (const one of ended) await saveEnding(trx, one)
  await insertListings(trx, steps.flatMap(({ begun }) => begun))
  return versions[0]!
}

type Written = { at: Date; change: CatalogueChange; divisionCode: string; number: number; follows: Follows; steps: readonly Step[] }

async function writeVersion(trx: Knex.Transaction, context: Context, { at, change: { from, note, adopted, proposal }, divisionCode, number, follows, steps }: Written): Promise<CatalogueVersion> {
  for (const step of steps) await tellStep(trx, context, { at, number, step, follows })
  const begun = [...new Set(steps.flatMap((step) => step.begun.filter(({ removed }) => !removed).map(({ code }) => code)))]
  const retired = steps.flatMap((step) => (step.leavesOn ? step.code : []))
  const effectiveOn = follows ? firstDayOf(steps) : from
  const told = await tell(trx, context, {
    at,
    act: adopted.length ? 'adopt:listing' : 'retire:listing',
    kind: 'catalogue.version-adopted',
    subject: versionSubject({ divisionCode, number }),
    divisionCode,
    facts: { number, effectiveOn, note, adopted: begun.length, retired: retired.length, ...(proposal && { proposal }), ...(follows && { follows: versionSubject(follows) }) },
    payload: { adopted: begun, retired },
    event: { type: 'marketplace.catalogue.version-adopted.v1', data: { division: divisionCode, number, effectiveOn, ...(follows && { follows: { division: follows.divisionCode, number: follows.number } }) } },
  })
  const version: CatalogueVersion = { divisionCode, number, effectiveOn, note, adoptedAt: at, adoptedBy: accountOf(context.actor), ledgerEntryId: told.entry, follows }
  await insertVersion(trx, version)
  return version
}

function firstDayOf(steps: readonly Step[]): Day {
  return steps.flatMap(({ ended, begun }: { ended: Listing[]; begun: Listing[] }) => [...ended.map(({ inForceUntil }) => inForceUntil!), ...begun.map(({ inForceFrom }) => inForceFrom)]).sort()[0]!
}

function accountOf(actor: Actor): string | null {
  return actor.kind === 'member' ? actor.accountId : null
}
