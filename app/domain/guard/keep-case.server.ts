import type { Knex } from 'knex'
import { memberWho } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { dayOf, type Day } from '#app/domain/calendar.ts'
import { isRefusal, Refusal } from '#app/domain/refusal.ts'
import { transact } from '#db/client.ts'
import { findApprovalItem } from '#db/repositories/approval-items.ts'
import { findCaseById, lockCase } from '#db/repositories/cases.ts'
import type { Case, CaseInput, Material } from '#app/domain/cases/case.ts'
import { caseInputOf, instantOn, type CaseForm } from '#app/domain/cases/case-forms.ts'
import type { CaseStateNumber } from '#app/domain/cases/case-state.ts'
import { usualMaterials } from '#app/domain/cases/offer-materials.server.ts'
import type { Correction, Keeper } from '#app/domain/cases/write-case.server.ts'
import type { Say } from './decision.ts'
import { writeJudgedCase, writeReadCase } from './write-judged-case.server.ts'

/** The case desk: what an office without a case system does by hand, under the same rules as a system. What asks for nothing is not judged. */

/**
 * Registers a case of the officer's own authority, received now or on a day before, with the documents that every applicant for its
 * approval may be asked for ({@link usualMaterials}), where the officer wants them.
 *
 * @throws Refusal `cases.exists-already` at `number`; what {@link writeJudgedCase} refuses
 */
export async function openCase(context: Context, { say, ...form }: CaseForm & { say: Say }): Promise<Case> {
  const keeper = keeperWho(context)
  return transact(context.db, async (trx) => {
    const { number } = form
    if (await lockCase(trx, { authorityId: keeper.organisationId, number })) throw new Refusal('conflict', 'cases.exists-already', { field: 'number' })
    const at = await context.clock.read(trx)
    const item = form.usual ? await findApprovalItem(trx, form.approvalItem) : undefined
    const materials = item ? await usualMaterials(trx, { divisionCode: keeper.divisionCode, approvalItem: item.code, on: dayOf(at) }) : []
    const { saved } = await writeJudgedCase(trx, context, keeper, { number, input: { ...caseInputOf(form, at), materials }, say })
    return saved
  })
}

/** Records that a case has come into a state, now or on a day before. @throws Refusal `cases.no-such-case`; what {@link writeReadCase} refuses, at `state` */
export async function recordCaseState(context: Context, { id, state, note, since = null }: { id: string; state: CaseStateNumber; note: string; since?: Day | null }): Promise<Case> {
  return change(context, id, (input, now) => ({ ...input, states: [...input.states, { state, at: instantOn(since, { now, before: input.states.at(-1)?.at ?? null }), note }] }), 'state')
}

/**
 * The same for what the office's own system tells as an event, within the transaction that takes it.
 *
 * @param at when the case came into the state, as its system says
 * @param toldAt when the event came in
 * @throws Refusal `cases.no-such-case`; what {@link writeReadCase} refuses, an earlier instant than the last state's among it
 */
export async function enterState(trx: Knex.Transaction, context: Context, keeper: Keeper, { number, state, note, at, toldAt }: { number: string; state: CaseStateNumber; note: string; at: Date; toldAt: Date }): Promise<Case> {
  const before = await lockCase(trx, { authorityId: keeper.organisationId, number })
  if (!before) throw new Refusal('missing', 'cases.no-such-case')
  return (await writeReadCase(trx, context, keeper, { number, toldAt, input: inputOf(before, { states: [...before.states, { state, at, note }] }) })).saved
}

/**
 * Takes back the last state of a case, which was recorded by mistake or for a wrong day, so that the right one can be recorded: the history is
 * written anew as a case system would write it, and limits, project times and what is exchanged follow from it. The state that a case begins with stays: its
 * receipt, the demands in it and the ledger's entry of its registration rest on that day. Signed answers to demands stay as they were given.
 *
 * @param place how many states the officer saw, so that a form sent twice takes one back
 * @throws Refusal `cases.no-such-case`, also for another authority's; `cases.moved-on` where the history has changed meanwhile, `cases.first-stays`
 */
export async function takeBackState(context: Context, { id, place, reason }: { id: string; place: number; reason: string }): Promise<Case> {
  return change(context, id, (input) => {
    const last = input.states.at(-1)
    if (input.states.length !== place || !last) throw new Refusal('conflict', 'cases.moved-on')
    if (place === 1) throw new Refusal('conflict', 'cases.first-stays')
    return { ...input, states: input.states.slice(0, -1), correction: { takenBack: last.state, reason } }
  }, 'reason')
}

/** Writes one document of a case, with the guard's answer where the office asks for it; a code that the case has already is that document again. @throws Refusal as {@link recordCaseState}, at `service`, `sharedFrom` or `materialState` */
export async function keepMaterial(context: Context, { id, material, say }: { id: string; material: Material; say: Say }): Promise<Case> {
  return change(context, id, (input) => ({ ...input, materials: input.materials.some(({ code }) => code === material.code) ? input.materials.map((one) => (one.code === material.code ? material : one)) : [...input.materials, material] }), 'service', (trx, keeper, written) => writeJudgedCase(trx, context, keeper, { ...written, say }))
}

/**
 * Takes a document out of a case: nothing of it is asked for any more. Signed answers to demands stay as they were given, and what was bought for the case stays in it.
 *
 * @param code the document's in the case
 * @throws Refusal `cases.no-such-case`, `cases.material-gone`; `cases.material-in-use` where it was bought
 */
export async function removeMaterial(context: Context, { id, code }: { id: string; code: string }): Promise<Case> {
  return change(context, id, (input) => {
    if (!input.materials.some((one) => one.code === code)) throw new Refusal('missing', 'cases.material-gone')
    return { ...input, materials: input.materials.filter((one) => one.code !== code) }
  }, 'code')
}

async function change(context: Context, id: string, make: (input: CaseInput, at: Date) => CaseInput & { correction?: Correction }, field: string, write = (trx: Knex.Transaction, keeper: Keeper, written: { number: string; input: CaseInput; correction: Correction | null }): Promise<{ saved: Case }> => writeReadCase(trx, context, keeper, written)): Promise<Case> {
  const keeper = keeperWho(context)
  return transact(context.db, async (trx) => {
    const found = await findCaseById(trx, id)
    if (found?.authorityId !== keeper.organisationId) throw new Refusal('missing', 'cases.no-such-case')
    const before = (await lockCase(trx, found))!
    try {
      const { correction = null, ...input } = make(inputOf(before), await context.clock.read(trx))
      return (await write(trx, keeper, { number: before.number, input, correction })).saved
    } catch (error) {
      if (isRefusal(error) && error.field) throw new Refusal(error.kind, error.code, { params: error.params, field: fieldOf(error.field) ?? field })
      throw error
    }
  })
}

/** A form has one field for what stands in a row of many. */
function fieldOf(place: string): string | undefined {
  const [, part] = /^materials\.\d+\.(state|sharedFrom)$/.exec(place) ?? []
  return part === 'state' ? 'materialState' : part
}

/** A case as it would be described now, but for what changes. */
function inputOf({ id: _id, number: _number, authorityId: _authority, divisionCode: _division, changedAt: _changed, ...input }: Case, changes: Partial<CaseInput> = {}): CaseInput {
  return { ...input, ...changes }
}

function keeperWho(context: Context): Keeper {
  const { organisationId, uscc, divisionCode } = memberWho(context.actor, 'keep:case')
  return { organisationId, uscc: uscc!, divisionCode }
}
