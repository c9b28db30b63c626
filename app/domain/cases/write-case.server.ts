import type { Knex } from 'knex'
import { newId } from '#app/domain/chance.server.ts'
import type { Client } from '#app/domain/accounts/actor.ts'
import { baseCodesIn } from '#app/domain/catalogue/item-code.ts'
import { unknownName } from '#app/domain/catalogue/unknown-item.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context, Database } from '#app/domain/context.ts'
import { canonical, type Json } from '#app/domain/ledger/canonical.ts'
import { tell } from '#app/domain/ledger/tell.server.ts'
import { noteDispute } from '#app/domain/projects/note-dispute.server.ts'
import { parseProjectCode } from '#app/domain/projects/project-code.ts'
import { Refusal, together, type RefusalCode } from '#app/domain/refusal.ts'
import { findMeantItem } from '#db/repositories/approval-items.ts'
import { findCase, listMaterialsInUse, lockCase, saveCase } from '#db/repositories/cases.ts'
import { findListings } from '#db/repositories/listings.ts'
import { hasSourceCase } from '#db/views/shared-documents.ts'
import type { Applicant, Case, CaseInput, Material } from './case.ts'
import { isNewlyAsked, newlyAsked, type NewlyAsked } from './newly-asked.ts'
import { CASE_STATES, currentState, endOfCase, faultsOfHistory, placeOf, type CaseStateNumber } from './case-state.ts'
import { promiseFault } from './promise.ts'
import { receiptFaults, tellStates } from './tell-states.server.ts'

/** Who keeps cases: an authority, by its officer or by its machine. */
export type Keeper = { organisationId: string; uscc: string; divisionCode: string }

/** A state that an officer takes back as recorded by mistake, and why; the reason is the office's own and stands in the ledger as a salted hash. */
export type Correction = { takenBack: CaseStateNumber; reason: string }

/** What became of a case that was written; `before` is what stood under its number, `asked` what its office asks for or turned away that it did not before. */
export type WrittenCase = { saved: Case; before: Case | undefined; isNew: boolean; isChanged: boolean; asked: NewlyAsked }

/** Judges what a case asks for, after it was saved and before anybody is told of it. @returns how many of the documents that it newly asks for may not be asked for */
type Judge = (written: WrittenCase) => Promise<number>

/**
 * Writes a case as its office describes it, in the place of what the same number said before. Nothing is told where nothing changed.
 *
 * @param number the office's own, unique within it
 * @param judge the guard's part, which cannot be called from here
 * @param toldAt when the message came in that says so, where that was before now
 * @throws Refusal of everything that is wrong, each at its field: `projects.code-…`, `cases.no-such-item`, `cases.item-near`, `cases.item-ambiguous`, `cases.service-not-listed` (a document may only be the output
 *   of a service that is on the list on this day), `cases.shared-nowhere` and `cases.shared-itself` (a document may only be taken over from another case of the same project and applicant; somebody else's is no other answer than none), `cases.material-in-use`, `cases.asked-after-end`, `cases.given-otherwise` (what only the marketplace says, written back as something else), `cases.received-late` after its first state, what {@link receiptFaults} finds, `cases.promise-long` beyond the statutory days, and what {@link faultsOfHistory} finds
 */
export async function writeCase(trx: Knex.Transaction, context: Context, keeper: Keeper, { number, input, correction = null, toldAt, judge = async () => 0 }: { number: string; input: CaseInput; correction?: Correction | null; toldAt?: Date; judge?: Judge }): Promise<WrittenCase> {
  const before = await lockCase(trx, { authorityId: keeper.organisationId, number })
  const at = await context.clock.read(trx)
  const code = parseProjectCode(input.projectCode, dayOf(at))
  const item = await findMeantItem(trx, input.approvalItem, keeper.divisionCode)
  const faults = await faultsIn(trx, { keeper, number, parts: input, at, known: before })
  if ('fault' in code || !item || faults.length) throw together(faults)
  if (before) await refuseLost(trx, before, input)

  const { approvalItem: _, lane, caseNumber: _number, authority: _authority, state: _state, said: _said, changedAt: _changed, ...described } = input
  const saved: Case = {
    ...described,
    id: before?.id ?? newId(),
    number,
    authorityId: keeper.organisationId,
    divisionCode: keeper.divisionCode,
    projectCode: code.project.code,
    approvalItem: item.code,
    ...codesOf(input, item),
    lane: lane ?? (item.parallel ? 'parallel' : item.stage),
    states: await tellStates(trx, input.states, { before, at: toldAt ?? at }),
    changedAt: at,
  }
  const asked = newlyAsked(before?.materials ?? [], saved.materials)
  if (before && isSame(before, saved)) {
    const written = { saved: before, before, isNew: false, isChanged: false, asked }
    await judge(written)
    return written
  }
  await saveCase(trx, saved)
  await noteDispute(trx, context, { code: saved.projectCode, at, act: 'keep:case' })
  const written = { saved, before, isNew: !before, isChanged: true, asked }
  await tellOfCase(trx, context, keeper, { ...written, correction, undemandable: await judge(written) })
  return written
}

/** A national code by which the item was given is kept as one, where the system says it nowhere else. */
function codesOf({ approvalItem, nationalCode, implementationCode }: CaseInput, { code, name }: { code: string; name: string }): Pick<Case, 'nationalCode' | 'implementationCode'> {
  if (approvalItem === code || approvalItem === name) return { nationalCode, implementationCode }
  const [given, base] = baseCodesIn(approvalItem)
  return { nationalCode: nationalCode ?? base ?? given!, implementationCode: implementationCode ?? (base ? given! : null) }
}

/**
 * What {@link writeCase} would refuse of the parts of a body whose shape is right, each at its field; nothing is written.
 *
 * @param parts a document whose shape is wrong is a hole in its list
 */
export async function faultsOfCase({ db, clock, actor }: Context & { actor: Client }, { number, parts }: { number: string; parts: CaseParts }): Promise<Refusal[]> {
  const known = await findCase(db, { authorityId: actor.organisationId, number })
  return faultsIn(db, { keeper: actor, number, parts, at: await clock.read(db), known })
}

type CaseParts = { [K in keyof CaseInput]?: CaseInput[K] extends (infer E)[] ? (E | null)[] : CaseInput[K] }
type About = { keeper: Keeper; number: string; at: Date; known: Case | undefined }

async function faultsIn(db: Database, { parts, ...about }: About & { parts: CaseParts }): Promise<Refusal[]> {
  const { projectCode, approvalItem, receivedAt, applicant, materials = [] } = parts
  const states = parts.states?.every((one) => one !== null) ? (parts.states as CaseInput['states']) : []
  const code = projectCode === undefined ? null : parseProjectCode(projectCode, dayOf(about.at))
  const wrong = (fault: RefusalCode, field: string) => new Refusal('invalid', fault, { field })
  const item = approvalItem === undefined ? undefined : await findMeantItem(db, approvalItem, about.keeper.divisionCode)
  return [
    ...(code && 'fault' in code ? [wrong(code.fault, 'projectCode')] : []),
    ...(approvalItem === undefined || item ? promiseFault(parts, { item, before: about.known }) : [await unknownName(db, approvalItem, about.keeper)]),
    ...(receivedAt && receivedAt > about.at ? [wrong('cases.state-ahead', 'receivedAt')] : []),
    ...(receivedAt && states[0] && states[0].at < receivedAt ? [wrong('cases.received-late', 'receivedAt')] : []),
    ...givenOtherwise(parts, { ...about, states }).map((field) => wrong('cases.given-otherwise', field)),
    ...(await receiptFaults(db, receivedAt, { before: about.known, at: about.at })),
    ...faultsOfHistory(states, about.at).map((fault) => wrong(fault.code, `states.${placeOf(fault).join('.')}`)),
    ...askedAfterEnd({ ...about, materials, states }),
    ...(await unlisted(db, { ...about, materials })),
    ...(code && 'project' in code && applicant ? await unshared(db, { ...about, materials, applicant, projectCode: code.project.code }) : []),
  ]
}

/** What the marketplace says of a case may be written back, and changes nothing: whoever writes it otherwise means another case, or a state that is told in `states`. */
function givenOtherwise({ caseNumber, authority, state }: CaseParts, { number, keeper, states }: About & { states: CaseInput['states'] }): string[] {
  const own = { caseNumber: number, authority: keeper.uscc, state: currentState(states) }
  return Object.entries({ caseNumber, authority, state }).flatMap(([field, given]) => (given === undefined || given === own[field as keyof typeof own] ? [] : [field]))
}

/** What was decided, or taken back, lacks nothing: from the day after its end on nothing new is asked for, nor turned away. A case that is first told of when it is over is taken as it was. */
function askedAfterEnd({ at, known, materials, states }: About & { materials: readonly (Material | null)[]; states: CaseInput['states'] }): Refusal[] {
  const end = known && endOfCase(known.states) && endOfCase(states)
  if (!end || dayOf(at) <= dayOf(end)) return []
  return materials.flatMap((material, place) => (material && isNewlyAsked(material, known.materials) ? [new Refusal('invalid', 'cases.asked-after-end', { field: `materials.${place}.state`, params: { day: dayOf(end) } })] : []))
}

async function unlisted(db: Database, { keeper: { divisionCode }, materials, at, known }: About & { materials: readonly (Material | null)[] }): Promise<Refusal[]> {
  const on = dayOf(at)
  const isKnown = (material: Material) => known?.materials.some(({ code, listingCode }) => code === material.code && listingCode === material.listingCode)
  // What was listed when the document was first asked for stays what it was.
  const meant = materials.map((material) => (material && !isKnown(material) ? material.listingCode : null))
  const listed = new Set((await findListings(db, { codes: meant.flatMap((code) => code ?? []), divisionCode, on })).map(({ code }) => code))
  return meant.flatMap((code, place) => (code === null || listed.has(code) ? [] : [new Refusal('invalid', 'cases.service-not-listed', { field: `materials.${place}.service`, params: { code, day: on } })]))
}

async function unshared(db: Database, { keeper, number, materials, applicant, projectCode, known }: About & { materials: readonly (Material | null)[]; applicant: Applicant; projectCode: string }): Promise<Refusal[]> {
  const faults: Refusal[] = []
  const isOfSame = known?.projectCode === projectCode && canonical(known.applicant) === canonical(applicant)
  for (const [place, material] of materials.entries()) {
    if (!material) continue
    const { code, sharedFrom } = material
    // What was held against the source when it was first named is not asked again while nothing changed.
    if (sharedFrom === null || (isOfSame && known.materials.some((one) => one.code === code && one.sharedFrom === sharedFrom))) continue
    if (await hasSourceCase(db, { number: sharedFrom, projectCode, applicant, but: { authorityId: keeper.organisationId, number } })) continue
    faults.push(new Refusal('invalid', sharedFrom === number ? 'cases.shared-itself' : 'cases.shared-nowhere', { field: `materials.${place}.sharedFrom`, params: { number: sharedFrom } }))
  }
  return faults
}

async function refuseLost(trx: Knex.Transaction, before: Case, { materials }: CaseInput): Promise<void> {
  for (const code of await listMaterialsInUse(trx, before.id)) {
    const kept = materials.find((one) => one.code === code)
    if (kept?.listingCode !== before.materials.find((one) => one.code === code)!.listingCode) throw new Refusal('conflict', 'cases.material-in-use', { field: 'materials', params: { code } })
  }
}

function isSame(one: Case, other: Case): boolean {
  const said = ({ changedAt: _, ...rest }: Case) => canonical(JSON.parse(JSON.stringify(rest)) as Json)
  return said(one).toString() === said(other).toString()
}

/** The ledger hears that a case stands where it stands; its number and who applies are told as salted hashes, since the ledger is everybody's and a case is not. */
async function tellOfCase(trx: Knex.Transaction, context: Context, keeper: Keeper, { saved, before, asked, correction, undemandable }: Pick<WrittenCase, 'saved' | 'before' | 'asked'> & { correction: Correction | null; undemandable: number }): Promise<void> {
  const { id, number, projectCode, approvalItem, lane, states, materials, applicant, divisionCode } = saved
  const state = currentState(states)
  const services = materials.flatMap(({ listingCode }) => listingCode ?? [])
  await tell(trx, context, {
    at: saved.changedAt,
    act: 'keep:case',
    kind: before ? 'case.changed' : 'case.registered',
    subject: id,
    divisionCode,
    facts: { authority: keeper.uscc, project: projectCode, item: approvalItem, lane, state, services, ...(correction && { takenBack: correction.takenBack }) },
    concealed: { case: number, applicant: applicant.name, ...(correction && { reason: correction.reason }) },
    event: { type: before ? 'marketplace.case.changed.v1' : 'marketplace.case.registered.v1', subject: number, data: { caseNumber: number, authority: keeper.uscc, project: projectCode, item: approvalItem, state, stateName: CASE_STATES[state], stateBefore: before ? currentState(before.states) : null, services, lacking: asked.lacking.length, turnedAway: asked.turnedAway.length, undemandable, ...(correction && { takenBack: correction.takenBack }) } },
    details: { before: (before ? JSON.parse(JSON.stringify(before)) : null) as Json, after: JSON.parse(JSON.stringify(saved)) as Json },
  })
}
