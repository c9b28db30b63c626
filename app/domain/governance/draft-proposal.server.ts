import { transact } from '#db/client.ts'
import { stagesOf } from '#db/repositories/approval-items.ts'
import { deleteEntry, insertDraft, lockBegun, saveDiscarded, saveDraft, saveEntry } from '#db/repositories/list-proposals.ts'
import { findListing } from '#db/repositories/listings.ts'
import { memberWho } from '../accounts/actor.ts'
import { dayOf } from '../calendar.ts'
import { changesBetween } from '../catalogue/fields.ts'
import { wordingOf } from '../catalogue/wording-form.ts'
import { newId } from '../chance.server.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { fieldOfForm } from './form-field.ts'
import { gatherRules } from './gather-rules.server.ts'
import { lockDraft } from './own-proposal.server.ts'
import type { EntryForm, ProposalForm } from './proposal-form.ts'

/**
 * A regulator begins to write a proposal for its own division's list; nobody else sees it until it is proposed.
 *
 * @param draftId the id that its form was given, so that a form sent twice begins one draft
 * @throws Refusal `accounts.not-allowed`, `governance.no-such-proposal` where that id is somebody else's
 */
export async function beginProposal(context: Context, { draftId, title, reason, basis }: ProposalForm & { draftId?: string }): Promise<{ id: string }> {
  const { divisionCode, organisationId, accountId } = memberWho(context.actor, 'propose:listing')
  return transact(context.db, async (trx) => {
    const id = draftId ?? newId()
    const begun = draftId === undefined ? undefined : await lockBegun(trx, draftId)
    if (begun && begun.divisionCode !== divisionCode) throw new Refusal('missing', 'governance.no-such-proposal')
    if (begun) return { id }
    await insertDraft(trx, { id, divisionCode, organisationId, title, reason, basis, draftedAt: await context.clock.read(trx), draftedBy: accountId })
    return { id }
  })
}

/** Changes what a draft says of itself. Refuses `governance.no-such-proposal`, `governance.not-a-draft`. */
export async function reviseProposal(context: Context, { id, ...said }: ProposalForm & { id: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    await lockDraft(trx, context, id)
    await saveDraft(trx, { id, ...said })
  })
}

/**
 * Puts a wording into a draft, in place of what the draft said of this code before.
 *
 * @throws Refusal (invalid, at the form's field) the first of everything that speaks against it: `catalogue.statutory-needs-basis`,
 * `catalogue.items-unknown`, `catalogue.category-unknown`, `governance.same-wording`, `governance.province-only`, those of `inheritanceFaults`
 */
export async function putWording(context: Context, { id, form }: { id: string; form: EntryForm }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { proposal: { divisionCode } } = await lockDraft(trx, context, id)
    const on = dayOf(await context.clock.read(trx))
    const { standing, above, faultsOf } = await gatherRules(trx, { divisionCode, on })
    const before = standing.get(form.code) ?? null
    // What a division has done without comes back as the list above words it.
    const model = before ?? above.get(form.code) ?? null
    const given = wordingOf(form, { divisionCode, stages: await stagesOf(trx, form.items), before: model })
    // What the form does not ask for is not what is changed: the source's own words of the basis stay while the basis does.
    const wording = model && !changesBetween(model, given).some(({ field }) => field === 'bases') ? { ...given, details: { ...given.details, legalBasis: model.details.legalBasis } } : given
    const [fault] = faultsOf({ code: form.code, wording, before })
    if (fault) throw new Refusal('invalid', fault.code, { params: fault.params, field: fieldOfForm(fault.pointer) })
    await saveEntry(trx, { id, code: form.code, wording, before, reason: form.reason })
  })
}

/**
 * Puts into a draft that a code leaves the list; where a list above has it, that this division does without.
 * Refuses `catalogue.not-listed`.
 */
export async function putRetirement(context: Context, { id, code, reason }: { id: string; code: string; reason: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    const { proposal: { divisionCode } } = await lockDraft(trx, context, id)
    const on = dayOf(await context.clock.read(trx))
    const before = await findListing(trx, { code, divisionCode, on })
    if (!before) throw new Refusal('invalid', 'catalogue.not-listed', { params: { on }, field: 'code' })
    await saveEntry(trx, { id, code, wording: null, before, reason })
  })
}

/** Takes a code out of a draft again. */
export async function dropEntry(context: Context, { id, code }: { id: string; code: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    await lockDraft(trx, context, id)
    await deleteEntry(trx, { id, code })
  })
}

/** Throws a draft away; it is kept as a fact that there was one. */
export async function discardProposal(context: Context, { id }: { id: string }): Promise<void> {
  return transact(context.db, async (trx) => {
    await lockDraft(trx, context, id)
    await saveDiscarded(trx, { id, at: await context.clock.read(trx) })
  })
}
