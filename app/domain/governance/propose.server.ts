import { transact } from '#db/client.ts'
import { nextProposalNumber, saveProposed } from '#db/repositories/list-proposals.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import type { Context } from '../context.ts'
import type { Json } from '../ledger/canonical.ts'
import { tell } from '../ledger/tell.server.ts'
import { Refusal } from '../refusal.ts'
import { gatherRules } from './gather-rules.server.ts'
import { lockDraft } from './own-proposal.server.ts'
import { countsOf, mustBeProposable, type Entry } from './proposal.ts'

/**
 * A draft becomes a proposal: public, numbered, and the same from now on. It waits for its opinions.
 *
 * @param urgentReason why nobody is asked for comment, which is for a retirement after a repeal alone and takes the manager; null where everybody is
 * @returns its number
 * @throws Refusal `governance.empty`, `governance.urgent-only-retires`, `governance.faulty` (with how many entries), `governance.list-moved` (with the code)
 */
export async function propose(context: Context, { id, urgentReason }: { id: string; urgentReason: string | null }): Promise<{ number: string }> {
  return transact(context.db, async (trx) => {
    const { proposal, member } = await lockDraft(trx, context, id)
    if (urgentReason !== null) memberWho(context.actor, 'retire:listing')
    mustBeProposable(proposal, { urgent: urgentReason !== null })
    const at = await context.clock.read(trx)
    const { divisionCode } = proposal
    const { standing, faultsOf } = await gatherRules(trx, { divisionCode, on: dayOf(at) })
    mustStandOn(proposal.entries, (code) => standing.get(code)?.id ?? null)
    const faulty = proposal.entries.filter((entry) => faultsOf(entry).length > 0)
    if (faulty.length) throw new Refusal('conflict', 'governance.faulty', { params: { count: faulty.length, code: faulty[0]!.code } })
    const number = await nextProposalNumber(trx, divisionCode, Number(dayOf(at).slice(0, 4)))
    const facts = { title: proposal.title, ...countsOf(proposal.entries), urgent: urgentReason !== null }
    const told = await tell(trx, context, {
      at,
      act: 'propose:listing',
      kind: 'list-proposal.proposed',
      subject: number,
      divisionCode,
      facts,
      payload: { reason: proposal.reason, basis: proposal.basis, urgentReason, entries: proposal.entries.map(entryJson) },
      event: { type: 'marketplace.list-proposal.proposed.v1', data: { proposal: number, division: divisionCode, by: member.accountId, ...facts } },
    })
    await saveProposed(trx, { id, number, at, by: member.accountId, urgentReason, ledgerEntryId: told.entry })
    return { number }
  })
}

/** Refuses `governance.list-moved` where the list no longer says what an entry changes. */
export function mustStandOn(entries: readonly Entry[], standingId: (code: string) => string | null): void {
  const moved = entries.find(({ code, before }) => standingId(code) !== (before?.id ?? null))
  if (moved) throw new Refusal('conflict', 'governance.list-moved', { params: { code: moved.code } })
}

/** An entry as the ledger's payload has it. */
function entryJson({ code, wording, before, reason }: Entry): Json {
  return JSON.parse(JSON.stringify({ code, reason, wording, replaces: before && { division: before.divisionCode, since: before.sinceVersion } })) as Json
}
