import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { keepMaterial } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { showCase, showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { showAfterAward } from '#app/domain/contracts/show-after-award.server.ts'
import { showCaseDeliverable } from '#app/domain/contracts/show-case-deliverable.server.ts'
import { showResultFile } from '#app/domain/contracts/show-file.server.ts'
import { acceptResult, returnResult } from '#app/domain/contracts/answer-result.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { decideInCase } from '#app/domain/guard/decide-in-case.server.ts'
import { CaseDemandInput } from '#app/domain/guard/case-demand.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { aListing } from '#tests/domain/guard/given.ts'
import { aCase, caseMachineOf, ground, once, type Machine } from '#tests/support/cases.ts'
import { aFile, boundTender, contracted } from '#tests/support/contracts.ts'
import { testApart as test, type TestDatabase } from '#tests/support/database.ts'
import { authority, CHANGCHUN, listed, makeProjectCode, owner, unique } from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const shared = (from: string, more: object = {}) => ({ code: 'M1', name: '试验论证报告', source: 'shared', sharedFrom: from, ...more })
const write = (machine: Machine, applicant: Member, number: string, more: Record<string, unknown>) => putCase(machine, { number, input: aCase(applicant, more), say, idempotency: once() })
const aService = (database: TestDatabase) => listed(database.owner, aListing({ id: randomUUID(), code: 'SHARED-1', name: '试验论证报告编制', divisionCode: CHANGCHUN, rules: { material: { code: 'CL-SHARED', name: '试验论证报告' } } }))
const demandIn = async (machine: Machine, number: string, item = 'SHARED-1') => JSON.parse((await decideInCase(machine, { number, demand: CaseDemandInput.parse({ demanded: { item }, demandedOn: '2026-01-05' }), say, idempotency: once() })).body) as Decision

test('a document is taken over from a case of the same project and applicant only, and nobody learns of other cases', async ({ database, context }) => {
  const [mine, theirs] = [await ground(database, context), await ground(database, context)]
  const [projectCode, elsewhere] = [makeProjectCode(), makeProjectCode()]
  const { machine, applicant, office, number } = mine
  const [same, otherProject, otherApplicant, foreign] = [unique('AJ-'), unique('AJ-'), unique('AJ-'), unique('AJ-')]
  await write(machine, applicant, same, { projectCode })
  await write(machine, applicant, otherProject, { projectCode: elsewhere })
  await write(machine, theirs.applicant, otherApplicant, { projectCode })
  await write(theirs.machine, theirs.applicant, foreign, {})
  const from = (sharedFrom: string) => write(machine, applicant, number, { projectCode, materials: [{ code: 'M0', name: '申请表' }, shared(sharedFrom)] })
  const faults = await Promise.all([otherProject, otherApplicant, foreign, 'AJ-NOWHERE'].map((at) => from(at).then(() => null, ({ kind, code, field }: Record<string, string>) => ({ kind, code, field }))))
  expect(faults).toEqual(faults.map(() => ({ kind: 'invalid', code: 'cases.shared-nowhere', field: 'materials.1.sharedFrom' })))
  await expect(from(number)).rejects.toMatchObject({ code: 'cases.shared-itself', field: 'materials.1.sharedFrom' })
  await from(same)

  const { case: { id } } = await showOwnCase(machine, number)
  const atDesk = (sharedFrom: string) => keepMaterial(context(office), { say, id, material: { code: 'M2', name: '备案证明', source: 'shared', listingCode: null, sharedFrom, state: 'lacking', reason: '' } })
  for (const at of [foreign, 'AJ-NOWHERE']) await expect(atDesk(at)).rejects.toMatchObject({ code: 'cases.shared-nowhere', field: 'sharedFrom' })
  await expect(atDesk(number)).rejects.toMatchObject({ code: 'cases.shared-itself', field: 'sharedFrom' })
  // Another authority's case of the same project may bear the same number as this one.
  await write(theirs.machine, applicant, number, { projectCode })
  await atDesk(number)
  // What stands is not asked again, unless the case becomes another project's.
  await database.owner('case_materials').where({ case_id: id, code: 'M2' }).update({ shared_from: 'AJ-BEFORE' })
  const kept = { materials: [{ code: 'M0', name: '申请表' }, shared(same), shared('AJ-BEFORE', { code: 'M2', name: '备案证明' })], statutoryDays: 9 }
  expect((await write(machine, applicant, number, { projectCode, ...kept })).status).toBe(200)
  await expect(write(machine, applicant, number, { projectCode: makeProjectCode(), ...kept })).rejects.toMatchObject({ code: 'cases.shared-nowhere', field: 'materials.1.sharedFrom' })
})

test('what is in at the source is in here: it is shown where it lies, and a demand for it is refused', async ({ database, context }) => {
  const { machine, applicant, office, number } = await ground(database, context)
  const elsewhere = await authority(database.owner)
  const other = await caseMachineOf(database.owner, context, elsewhere)
  await aService(database)
  const projectCode = makeProjectCode()
  const [source, between] = [unique('AJ-'), unique('AJ-')]
  const handIn = (state: string) => write(other, applicant, source, { projectCode, materials: [{ code: 'X9', name: '试验论证报告', state }] })
  await handIn('lacking')
  // From case to case: the one in between takes it over too, and from the third it goes round in a circle.
  await write(machine, applicant, between, { projectCode, materials: [shared(source, { code: 'B1' })] })
  await write(machine, applicant, number, { projectCode, materials: [shared(between), { code: 'M2', name: '别的材料' }] })
  const { case: { id } } = await showOwnCase(machine, number)
  const held = async (member: Member) => (await showCase({ ...context(member), actor: member }, id)).held
  expect(await held(office)).toEqual([])
  expect((await demandIn(machine, number)).verdict).toBe('allowed')

  for (const state of ['submitted', 'accepted']) {
    await handIn(state)
    const { case: { id: at } } = await showOwnCase(other, source)
    // The applicant may see the other office's case, this office may not.
    expect(await held(applicant)).toEqual([{ material: 'M1', state, landed: null, caseId: at }])
    expect(await held(office)).toEqual([{ material: 'M1', state, landed: null, caseId: null }])
    expect(await demandIn(machine, number)).toMatchObject({ verdict: 'refused', reasons: [{ code: 'valid-deliverable-on-file', params: { code: 'SHARED-1', shared: 'yes' } }], alternatives: expect.arrayContaining(['nothing-needed']) })
    expect(JSON.stringify((await demandIn(machine, number)).reasons)).not.toContain(source)
  }
  // An office that turned away what it took over may ask for it again.
  await database.owner('case_materials').where({ case_id: id, code: 'M1' }).update({ state: 'turned-away', reason: '缺页' })
  expect((await demandIn(machine, number)).verdict).toBe('allowed')
  await database.owner('case_materials').where({ case_id: id, code: 'M1' }).update({ state: 'lacking' })
  expect((await demandIn(machine, number)).verdict).toBe('refused')
  await database.owner('case_materials').where({ code: 'X9' }).update({ state: 'turned-away', reason: '过期' })
  expect((await demandIn(machine, number)).verdict).toBe('allowed')
  await database.owner('case_materials').where({ code: 'X9' }).update({ shared_from: number, source: 'shared', name: '试验论证报告' })
  expect(await held(office)).toEqual([])
})

test('what landed at the source for a purchase is in here while it is good, and the result is linked', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { owner: applicant, tender, number: bought, winner } = stage
  const office = await authority(database.owner)
  const machine = await caseMachineOf(database.owner, context, office)
  await database.owner('listings').where({ id: stage.listing.id }).update({ rules: database.owner.raw(`rules || '{"validYears": 5}'`) })
  const [source, number] = [unique('AJ-'), unique('AJ-')]
  const { projectCode } = tender
  await write(machine, applicant, source, { projectCode, materials: [{ code: 'M1', name: '成果', source: 'service', service: stage.listing.code }] })
  await write(machine, applicant, number, { projectCode, materials: [shared(source)] })
  const { case: { id: sourceId } } = await showOwnCase(machine, source)
  await database.owner('case_tenders').insert({ tender_id: tender.id, case_id: sourceId, material_code: 'M1', opened_at: clock.now })
  expect((await showOwnCase(machine, number)).held).toEqual([])
  await contracted(make, clock, stage)
  const { id } = await deliverResult(make(winner), { number: bought, name: '论证成果', document: null, handover: '收据 2026-17，李某某签收，当日。' })
  await acceptResult(make(applicant), { number: bought, id })
  const { held: [landed] } = await showOwnCase(machine, number)
  expect(landed).toMatchObject({ material: 'M1', state: 'lacking', landed: { id, name: '论证成果', tender: bought } })
  clock.set(new Date(`${landed!.landed!.validUntil}T01:00:00Z`))
  expect(dayOf(clock.now)).toBe(landed!.landed!.validUntil)
  expect((await showOwnCase(machine, number)).held).toEqual([])
})

test('the office whose case takes a result over fetches it as its own case has it, and no other office does', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await boundTender(database, make, clock)
  const { owner: applicant, tender: { id: tenderId, projectCode }, number: bought, winner } = stage
  await database.owner('listings').where({ id: stage.listing.id }).update({ rules: database.owner.raw(`rules || '{"validYears": 5}'`) })
  const offices = await Promise.all([0, 1, 2].map(() => authority(database.owner)))
  const [source, taking, beside] = await Promise.all(offices.map((office) => caseMachineOf(database.owner, context, office))) as [Machine, Machine, Machine]
  const [from, number, other] = [unique('AJ-'), unique('AJ-'), unique('AJ-')]
  await write(source, applicant, from, { projectCode, materials: [{ code: 'M1', name: '成果', source: 'service', service: stage.listing.code }] })
  await write(taking, applicant, number, { projectCode, materials: [shared(from, { code: 'T7', name: '成果' })] })
  // Of the same project and applicant, and the same document asked anew: it takes nothing over.
  await write(beside, applicant, other, { projectCode, materials: [{ code: 'M1', name: '成果' }] })
  const { case: { id: sourceId } } = await showOwnCase(source, from)
  await database.owner('case_tenders').insert({ tender_id: tenderId, case_id: sourceId, material_code: 'M1', opened_at: clock.now })
  await contracted(make, clock, stage)
  const first = await deliverResult(make(winner), { number: bought, name: '未成的成果', document: aFile('初稿'), handover: null })
  await returnResult(make(applicant), { number: bought, id: first.id, reasons: '一、缺少盖章，请补齐后再交。', unmet: '' })
  const { id } = await deliverResult(make(winner), { number: bought, name: '论证成果', document: aFile('成果'), handover: null })
  const no = (made: Promise<unknown>) => made.then(() => null, ({ kind, code }: Record<string, string>) => `${kind} ${code}`)
  const fetched = async (machine: Machine, office: Member) => [await no(showCaseDeliverable(machine, { id })), await no(showResultFile(make(office), { id }))]
  const refused = ['missing contracts.not-landed', 'missing contracts.no-such-file']
  expect(await fetched(taking, offices[1]!)).toEqual(refused)
  await acceptResult(make(applicant), { number: bought, id })

  expect(await showCaseDeliverable(taking, { id })).toMatchObject({ id, caseNumber: number, materialCode: 'T7', name: '论证成果', file: { name: '成果.pdf' } })
  expect(await showCaseDeliverable(source, { id })).toMatchObject({ caseNumber: from, materialCode: 'M1' })
  expect((await showResultFile(make(offices[1]!), { id })).name).toBe('成果.pdf')
  expect(await fetched(beside, offices[2]!)).toEqual(refused)
  expect(await no(showResultFile(make(offices[1]!), { id: first.id }))).toBe(refused[1])
  expect(await no(showResultFile(make({ ...offices[1]!, role: 'owner' }), { id }))).toBe(refused[1])
  // Of the page it gets that result alone: nothing of the other case, the contract, or the round that was returned.
  const page = async (office: Member) => (await showAfterAward(make(office), { number: bought })).award!
  const { reader, landing, contracts, deliverables, clock: { spans } } = await page(offices[1]!)
  expect({ reader, landing, spans, amounts: contracts.map(({ amountFen }) => amountFen), rounds: deliverables.map(({ name, document, reasons }) => [name, document?.name ?? null, reasons]) }).toEqual({ reader: 'taking', landing: null, spans: [], amounts: [null], rounds: [[null, null, null], ['论证成果', '成果.pdf', null]] })
  expect((await page(offices[2]!)).reader).toBe('public')

  const { case: { id: ownId } } = await showOwnCase(taking, number)
  await database.owner('case_materials').where({ case_id: ownId }).update({ state: 'turned-away', reason: '不合用' })
  expect(await fetched(taking, offices[1]!)).toEqual(refused)
  await database.owner('case_materials').where({ case_id: ownId }).update({ state: 'accepted' })
  expect(await fetched(taking, offices[1]!)).toEqual([null, null])
  const { validUntil } = await showCaseDeliverable(source, { id })
  clock.set(new Date(`${validUntil}T01:00:00Z`))
  expect([...(await fetched(taking, offices[1]!)), ...(await fetched(source, offices[0]!))]).toEqual([...refused, null, null])
})

test('a person’s cases are of one applicant by name, and not those of a company of that name', async ({ database, context }) => {
  const { machine, number } = await ground(database, context)
  const company = await owner(database.owner)
  const person = { ...company, uscc: null }
  const projectCode = makeProjectCode()
  const [byCompany, byPerson] = [unique('AJ-'), unique('AJ-')]
  await write(machine, company, byCompany, { projectCode })
  await write(machine, person, byPerson, { projectCode })
  await expect(write(machine, person, number, { projectCode, materials: [shared(byCompany)] })).rejects.toMatchObject({ code: 'cases.shared-nowhere' })
  expect((await write(machine, person, number, { projectCode, materials: [shared(byPerson)] })).status).toBe(201)
})
