import { newId, newSalt } from '#app/domain/chance.server.ts'
import { VISITOR } from '#app/domain/accounts/actor.ts'
import { networkOf, throttle } from '#app/domain/accounts/throttle.server.ts'
import type { StoredDocument } from '#app/domain/agencies/document.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { holdReceipt, insertEvidence, insertReport, type Evidence } from '#db/repositories/demand-reports.ts'
import { findGuardDecision } from '#db/repositories/guard-decisions.ts'
import { findAuthority } from '#db/views/named-authorities.ts'
import { meantListing } from './meant-listing.server.ts'
import { receiptOf, type ReportFields } from './report.ts'

/** Those who may put their organisation's name to a report; everybody else reports anonymously. */
const NAMED_ROLES: readonly string[] = ['owner', 'authority', 'agency']

/**
 * "I was asked for something": anybody reports what an authority asked for, with what was said and papers that show it. The regulator of
 * the authority's division alone reads it, and has a lead.
 *
 * Of who reports anonymously nothing is written anywhere: no account, no organisation, no thread of the request, no project and no
 * decision, which would name the owner. The ledger's entry says that a report came and has a salted hash of its words; it does not
 * name the authority either, which could otherwise count who stood at its counter at that minute.
 *
 * @param fields as `ReportForm` parses them; whoever holds `receipt` follows the report, and we keep its hash
 * @param ip counted by its hash, twelve reports an hour
 * @param files checked and stored already; at most three
 * Refuses `accounts.too-many`, `reports.no-such-authority`, `reports.too-many-files`.
 */
export async function reportDemand(context: Context, { fields: { receipt: given, authority: said, asked, words, as, project, decision }, files = [], ip }: { fields: ReportFields; files?: readonly StoredDocument[]; ip: string }): Promise<{ receipt: string; isNamed: boolean }> {
  await throttle(context.db, 'report-address', networkOf(ip))
  if (files.length > MOST_FILES) throw new Refusal('invalid', 'reports.too-many-files', { field: 'files', params: { most: MOST_FILES } })
  const { actor } = context
  const reporter = as === 'named' && actor.kind === 'member' && NAMED_ROLES.includes(actor.role) ? { organisationId: actor.organisationId, role: actor.role, accountId: actor.accountId } : null
  const unseen: Context = reporter ? context : { ...context, actor: VISITOR, traceId: newId().replaceAll('-', '') }
  const receipt = given ?? newReceipt().replaceAll('-', '')
  const receiptHash = hashOfReceipt(receipt)
  return transact(context.db, async (trx) => {
    const answer = { receipt: receipt.replace(/(.{5})(?=.)/g, '$1-'), isNamed: reporter !== null }
    if (await holdReceipt(trx, receiptHash)) return answer
    const authority = await findAuthority(trx, said.trim())
    if (!authority) throw new Refusal('invalid', 'reports.no-such-authority', { field: 'authority' })
    const at = await context.clock.read(trx)
    const listing = await meantListing(trx, asked, { divisionCode: authority.divisionCode, on: dayOf(at) })
    const about = reporter && decision ? await findGuardDecision(trx, decision) : undefined
    const id = newId()
    const ledger = await tell(trx, unseen, {
      at,
      act: 'report:demand',
      kind: 'demand.reported',
      subject: id,
      divisionCode: authority.divisionCode,
      facts: { anonymous: reporter === null, files: files.length },
      concealed: { authority: authority.uscc, asked, words },
      event: { type: 'marketplace.demand.reported.v1', data: { report: id } },
    })
    await insertReport(trx, { id, receiptHash, divisionCode: authority.divisionCode, authorityId: authority.id, reporter, listingId: listing?.id ?? null, asked, words, projectCode: reporter ? project : null, decisionId: about?.authorityId === authority.id ? about.id : null, reportedAt: at }, ledger.entry)
    await insertEvidence(trx, files.map((file): Evidence => ({ ...file, id: newId() })), { reportId: id }, at)
    return answer
  })
}

export const MOST_FILES = 3

/** All that we keep of a receipt: whoever holds it is found by this, and nobody is who reads our rows. The receipt comes bare, without its hyphens. */
export function hashOfReceipt(receipt: string): Buffer {
  return sha256('mingdan/receipt/v1\0', receipt)
}

/** A receipt that nobody holds yet, for the page to give. */
export function newReceipt(): string {
  return receiptOf(Buffer.concat([newSalt(), newSalt()]))
}
