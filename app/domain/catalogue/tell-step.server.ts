import type { Knex } from 'knex'
import type { Context } from '../context.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell } from '../ledger/tell.server.ts'
import { versionSubject, type CatalogueVersion } from './catalogue.ts'
import type { Step } from './list-step.ts'
import type { Listing } from './listing.ts'

/** Tells the ledger what becomes of one code of a list: every wording that begins, and the day from which there is none. */
export async function tellStep(trx: Knex.Transaction, context: Context, { at, number, step, follows }: { at: Date; number: number; step: Step; follows: CatalogueVersion['follows'] }): Promise<void> {
  const { ended, begun, leavesOn, code: subject, divisionCode } = step
  const factsOf = ({ name, nature }: Listing) => ({ name, nature, version: number, ...(follows && { follows: versionSubject(follows) }) })
  for (const row of begun.filter(({ removed }) => !removed)) {
    const facts = { ...factsOf(row), from: row.inForceFrom, replaces: ended[0]?.sinceVersion ?? null }
    // The whole wording is bound to the entry by its hash, so that nobody can say later that it read otherwise.
    await tell(trx, context, { at, act: 'adopt:listing', kind: 'listing.adopted', subject, divisionCode, facts, payload: wordingOf(row) })
  }
  if (leavesOn === null) return
  const facts = { ...factsOf(begun[0] ?? ended[0]!), from: leavesOn, replaces: null }
  await tell(trx, context, { at, act: 'retire:listing', kind: 'listing.retired', subject, divisionCode, facts })
}

function wordingOf(listing: Listing): Json {
  const { id: _id, inForceFrom, inForceUntil: _until, sinceVersion: _since, untilVersion: _untilVersion, ...wording } = listing
  return JSON.parse(JSON.stringify({ ...wording, inForceFrom })) as Json
}
