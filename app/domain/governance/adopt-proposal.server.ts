import { transact } from '#db/client.ts'
import { lockCatalogue } from '#db/repositories/catalogue-versions.ts'
import { insertAdoption } from '#db/repositories/list-opinions.ts'
import type { Day } from '../calendar.ts'
import type { CatalogueVersion } from '../catalogue/catalogue.ts'
import { changeCatalogue } from '../catalogue/change-catalogue.server.ts'
import type { Context } from '../context.ts'
import { tell } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { gatherRules } from './gather-rules.server.ts'
import { lockGoverned } from './own-proposal.server.ts'
import { countsOf, mustAdopt } from './proposal.ts'
import { mustStandOn } from './propose.server.ts'

/**
 * The last step: the manager adopts a proposal whole, from a day to come, as one new version of the list. The entries are held once
 * more against the list as it will stand on that day.
 *
 * @throws Refusal those of `mustAdopt`; `governance.list-moved`, `governance.faulty`; `catalogue.later-wording`, `catalogue.same-day`
 */
export async function adoptProposal(context: Context, { number, from, note }: { number: string; from: Day; note: string }): Promise<CatalogueVersion> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockGoverned(trx, context, { number, permission: 'adopt:listing' })
    const at = await context.clock.read(trx)
    mustAdopt(proposal, { from, at })
    const { divisionCode, entries } = proposal
    // Two adoptions take turns before they read the list, so that the second sees what the first has made of it.
    await lockCatalogue(trx, divisionCode)
    const { standing, faultsOf } = await gatherRules(trx, { divisionCode, on: from })
    mustStandOn(entries, (code) => standing.get(code)?.id ?? null)
    const faulty = entries.filter((entry) => faultsOf(entry).length > 0)
    if (faulty.length) throw new Refusal('conflict', 'governance.faulty', { params: { count: faulty.length, code: faulty[0]!.code } })
    const version = await changeCatalogue(trx, context, {
      divisionCode,
      from,
      note,
      adopted: entries.flatMap(({ wording }) => wording ?? []),
      retired: entries.flatMap(({ code, wording }) => (wording ? [] : code)),
      proposal: number,
    })
    const facts = { version: version.number, effectiveOn: from, ...countsOf(entries), urgent: proposal.urgentReason !== null }
    const told = await tell(trx, context, {
      at,
      act: 'adopt:listing',
      kind: 'list-proposal.adopted',
      subject: number,
      divisionCode,
      facts,
      event: { type: 'marketplace.list-proposal.adopted.v1', data: { proposal: number, division: divisionCode, ...facts } },
    })
    await insertAdoption(trx, { proposalId: proposal.id, at, by: member.accountId, ledgerEntryId: told.entry, divisionCode, version: version.number })
    return version
  })
}
