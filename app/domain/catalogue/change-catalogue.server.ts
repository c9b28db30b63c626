import { newId } from '#app/domain/chance.server.ts'
import type { Knex } from 'knex'
import { insertVersion, lockCatalogue } from '#db/repositories/catalogue-versions.ts'
import { findListing, insertListings, lockWordings, saveEnding } from '#db/repositories/listings.ts'
import type { Actor } from '../accounts/actor.ts'
import { dayOf, type Day } from '../calendar.ts'
import type { Context } from '../context.ts'
import { parentCodeOf } from '../divisions/division.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell } from '../ledger/tell.server.ts'
import { adopt, retire, type Change } from './adoption.ts'
import { versionSubject, type CatalogueVersion } from './catalogue.ts'
import type { Listing, ListingWording } from './listing.ts'

/** One new version of a division's list: the wordings that enter it and the codes that leave it, all from one day, by which proposal. */
export type CatalogueChange = { divisionCode: string; from: Day; note: string; adopted: readonly ListingWording[]; retired: readonly string[]; proposal: string | null }

/**
 * Writes a new version of a list: its ledger entries, its version row, the wordings that end and those that begin.
 * The caller has asked whether the actor may. Two changes of one list take turns, so that both see the whole history.
 *
 * @returns the version that now exists
 */
export async function changeCatalogue(trx: Knex.Transaction, context: Context, change: CatalogueChange): Promise<CatalogueVersion> {
  const { divisionCode, from, note } = change
  const number = await lockCatalogue(trx, divisionCode)
  const at = await context.clock.read(trx)
  const today = dayOf(at)
  const changes: Change[] = []
  const parent = parentCodeOf(divisionCode)
  for (const code of change.retired) {
    const above = parent === null ? undefined : await findListing(trx, { code, divisionCode: parent, on: from })
    changes.push(retire(await lockWordings(trx, { code, divisionCode }), { from, version: number, today, id: newId(), divisionCode }, above ?? null))
  }
  for (const wording of change.adopted) {
    changes.push(adopt(await lockWordings(trx, { code: wording.code, divisionCode }), { wording, from, version: number, id: newId(), today }))
  }
  for (const one of changes) await tellOf(trx, context, { at, from, number, change: one })
  const begun = changes.flatMap((one) => one.begun ?? [])
  const told = await tell(trx, context, {
    at,
    act: change.adopted.length ? 'adopt:listing' : 'retire:listing',
    kind: 'catalogue.version-adopted',
    subject: versionSubject({ divisionCode, number }),
    divisionCode,
    facts: { number, effectiveOn: from, note, adopted: begun.length, retired: change.retired.length, ...(change.proposal && { proposal: change.proposal }) },
    payload: { adopted: begun.map(({ code }) => code), retired: [...change.retired] },
    event: { type: 'marketplace.catalogue.version-adopted.v1', data: { division: divisionCode, number, effectiveOn: from } },
  })
  const version: CatalogueVersion = { divisionCode, number, effectiveOn: from, note, adoptedAt: at, adoptedBy: accountOf(context.actor), ledgerEntryId: told.entry }
  await insertVersion(trx, version)
  for (const { ended } of changes) for (const one of ended) await saveEnding(trx, one)
  await insertListings(trx, [...begun, ...changes.flatMap((one) => one.hidden ?? [])])
  return version
}

function accountOf(actor: Actor): string | null {
  return actor.kind === 'member' ? actor.accountId : null
}

type Told = { at: Date; from: Day; number: number; change: Change }

async function tellOf(trx: Knex.Transaction, context: Context, { at, from, number, change: { ended, begun, hidden } }: Told): Promise<void> {
  const listing = begun ?? hidden ?? ended[0]
  if (!listing) return
  const facts = { name: listing.name, nature: listing.nature, from, version: number, replaces: begun && ended[0] ? ended[0].sinceVersion : null }
  await tell(trx, context, {
    at,
    act: begun ? 'adopt:listing' : 'retire:listing',
    kind: begun ? 'listing.adopted' : 'listing.retired',
    subject: listing.code,
    divisionCode: listing.divisionCode,
    facts,
    // The whole wording is bound to the entry by its hash, so that nobody can say later that it read otherwise.
    ...(begun && { payload: wordingOf(begun) }),
  })
}

function wordingOf(listing: Listing): Json {
  const { id: _id, inForceFrom, inForceUntil: _until, sinceVersion: _since, untilVersion: _untilVersion, ...wording } = listing
  return JSON.parse(JSON.stringify({ ...wording, inForceFrom })) as Json
}
