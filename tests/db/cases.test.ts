import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { ProjectInput } from '#app/domain/cases/case.ts'
import { findDivisionCases, findMyCases, findOwnCases } from '#app/domain/cases/find-cases.server.ts'
import { keepMaterial, openCase, recordCaseState } from '#app/domain/guard/keep-case.server.ts'
import { putCase } from '#app/domain/guard/put-case.server.ts'
import { putProject } from '#app/domain/cases/put-project.server.ts'
import { registerStatedProject } from '#app/domain/cases/register-stated-project.server.ts'
import { showCase, showOwnCase } from '#app/domain/cases/show-case.server.ts'
import { showProjectTimes } from '#app/domain/contracts/show-project-times.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { test } from '#tests/support/database.ts'
import { agency, authority, makeProjectCode, naturalPerson, owner, project as aProject, regulator, unique } from '#tests/support/factories.ts'
import { aCase, ground, once } from '#tests/support/cases.ts'
import { say } from '#tests/support/inquiries.ts'

test('a case is written once however often it is sent, and told when it changes', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const input = aCase(applicant)
  const key = once()
  const first = await putCase(machine, { number, input, say, idempotency: key })
  expect([first.status, first.replayed]).toEqual([201, false])
  expect(await putCase(machine, { number, input, say, idempotency: key })).toEqual({ ...first, replayed: true })
  await expect(putCase(machine, { number, input, say, idempotency: { ...key, requestHash: 'f'.repeat(64) } })).rejects.toMatchObject({ code: 'guard.other-request' })
  expect((await putCase(machine, { number, input, say, idempotency: once() })).status).toBe(200)
  const changed = { ...input, states: [...input.states, { state: 3 as const, at: new Date('2026-01-04T08:00:00Z'), note: '' }] }
  expect(JSON.parse((await putCase(machine, { number, input: changed, say, idempotency: once() })).body)).toMatchObject({ caseNumber: number, state: 3 })
  const { case: found } = await showOwnCase(machine, number)
  const told = await database.owner('ledger_entries').where({ subject: found.id }).orderBy('recorded_at').select('kind', 'body')
  expect(told.map(({ kind }) => kind)).toEqual(['case.registered', 'case.changed'])
  for (const secret of [applicant.organisationName, number]) expect(told.map(({ body }) => body).join()).not.toContain(secret)
  expect(await database.owner('outbox').where({ subject: number }).pluck('type')).toEqual(['marketplace.demand.decided.v1', 'marketplace.case.registered.v1', 'marketplace.case.changed.v1'])
})

test('twenty at once write one case', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const input = aCase(applicant)
  const answers = await Promise.all(Array.from({ length: 20 }, () => putCase(machine, { number, input, say, idempotency: once() })))
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201])
  const { case: found } = await showOwnCase(machine, number)
  expect(await database.owner('ledger_entries').where({ subject: found.id })).toHaveLength(1)
})

test('a document cannot come from a service that is not on the list, in a new case or in an old one', async ({ database, context }) => {
  const { machine, applicant, number } = await ground(database, context)
  const unlisted = (code: string) => [{ code: 'M1', name: '采伐区调查', source: 'service', service: code }]
  await expect(putCase(machine, { number, input: aCase(applicant, { materials: unlisted('Z99') }), say, idempotency: once() })).rejects.toMatchObject({ code: 'cases.service-not-listed', field: 'materials.0.service' })
  const input = aCase(applicant)
  await putCase(machine, { number, input, say, idempotency: once() })
  await expect(putCase(machine, { number, input: { ...input, materials: [{ ...input.materials[0]!, listingCode: 'Z99' }] }, say, idempotency: once() })).rejects.toMatchObject({ code: 'cases.service-not-listed' })
  expect((await showOwnCase(machine, number)).case.materials).toHaveLength(2)
})

test('the same number at two authorities is two cases, and neither sees the other’s', async ({ database, context }) => {
  const [mine, theirs] = [await ground(database, context), await ground(database, context)]
  const { number } = mine
  await putCase(mine.machine, { number, input: aCase(mine.applicant), say, idempotency: once() })
  await expect(showOwnCase(theirs.machine, number)).rejects.toMatchObject({ kind: 'missing', code: 'cases.no-such-case' })
  await putCase(theirs.machine, { number, input: aCase(theirs.applicant), say, idempotency: once() })
  expect((await showOwnCase(theirs.machine, number)).case.applicant.uscc).toBe(theirs.applicant.uscc)
  expect((await findOwnCases(mine.machine)).items.map(({ applicant }) => applicant.uscc)).toEqual([mine.applicant.uscc])

  const { case: found } = await showOwnCase(mine.machine, number)
  const sees = async (who: Member) => showCase({ ...context(who), actor: who }, found.id).then(() => true, ({ code }: { code: string }) => code)
  const strangers = [theirs.office, theirs.applicant, await agency(database.owner), await regulator(database.owner, { divisionCode: '210100' }), await naturalPerson(database.owner, { name: mine.applicant.organisationName })]
  expect(await Promise.all([mine.office, mine.applicant, await regulator(database.owner)].map(sees))).toEqual([true, true, true])
  expect(await Promise.all(strangers.map(sees))).toEqual(strangers.map(() => 'cases.no-such-case'))
  expect((await findMyCases({ ...context(mine.applicant), actor: mine.applicant })).items.map(({ id }) => id)).toEqual([found.id])
  expect((await findDivisionCases(context(await regulator(database.owner)), { q: number })).items).toHaveLength(2)
  await expect(recordCaseState(context(theirs.office), { id: found.id, state: 3, note: '' })).rejects.toMatchObject({ code: 'cases.no-such-case' })
})

test('a natural person sees the cases under their name of projects that they registered, and nobody else’s', async ({ database, context }) => {
  const { office, applicant, number } = await ground(database, context)
  const person = await naturalPerson(database.owner, { name: unique('张') })
  const code = makeProjectCode()
  const form = { projectCode: code, approvalItem: 'A01', flowType: 'private-small', applicantUscc: null, statutoryDays: 20, promisedDays: null } as const
  const { id } = await openCase(context(office), { say, ...form, number, applicantName: person.organisationName })
  const others = await openCase(context(office), { say, ...form, number: unique('AJ-'), applicantName: unique('李') })
  const company = await openCase(context(office), { say, ...form, number: unique('AJ-'), applicantUscc: applicant.uscc, applicantName: person.organisationName })
  const sees = (who: Member, caseId: string) => showCase({ ...context(who), actor: who }, caseId).then(({ isApplicant }) => isApplicant, ({ code: refused }: { code: string }) => refused)
  const mine = async (who: Member) => (await findMyCases({ ...context(who), actor: who })).items.map((one) => one.id)
  // A name alone is no proof, and neither is a project that somebody else registered.
  expect([await sees(person, id), await mine(person)]).toEqual(['cases.no-such-case', []])
  await aProject(database.owner, person, { code })
  expect([await sees(person, id), await mine(person)]).toEqual([true, [id]])
  expect((await showProjectTimes({ ...context(person), actor: person }, { code }))!.cases.map((one) => one.id)).toEqual([id])
  for (const theirs of [others, company]) expect(await sees(person, theirs.id)).toBe('cases.no-such-case')
  const namesake = await naturalPerson(database.owner, { name: person.organisationName })
  for (const stranger of [namesake, applicant, await authority(database.owner), await agency(database.owner)]) {
    expect(await sees(stranger, id)).toBe('cases.no-such-case')
    expect(await showProjectTimes({ ...context(stranger), actor: stranger }, { code }).then((times) => times?.cases.some((one) => one.id === id) ?? false)).toBe(false)
  }
  expect(await mine(namesake)).toEqual([])
  // The document that the case needs can be bought by whoever applied.
  await keepMaterial(context(office), { say, id, material: { code: 'M1', name: '水土保持方案', source: 'service', listingCode: 'R28', sharedFrom: null, state: 'lacking', reason: '' } })
  const draft = { projectCode: code, listingCode: 'R28', method: 'random', title: '水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: 20, ceiling: 45_000_00 } as const
  expect(await draftTender(context(person), draft, { forCase: { caseId: id, material: 'M1' } })).toMatchObject({ projectCode: code })
})

test('an office without a case system keeps its cases by hand, under the same rules', async ({ database, context }) => {
  const { office, applicant, number } = await ground(database, context)
  const form = { number, projectCode: makeProjectCode(), approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: null } as const
  const { id } = await openCase(context(office), { ...form, say })
  await expect(openCase(context(office), { ...form, say })).rejects.toMatchObject({ code: 'cases.exists-already', field: 'number' })
  const material = { code: 'M1', name: '水土保持方案', source: 'service', listingCode: 'R28', sharedFrom: null, state: 'lacking', reason: '' } as const
  await keepMaterial(context(office), { say, id, material })
  await keepMaterial(context(office), { say, id, material: { ...material, name: '水土保持方案报告书' } })
  await expect(keepMaterial(context(office), { say, id, material: { ...material, code: 'M2', listingCode: 'Z99' } })).rejects.toMatchObject({ code: 'cases.service-not-listed', field: 'service' })
  await expect(recordCaseState(context(office), { id, state: 7, note: '' })).rejects.toMatchObject({ code: 'cases.pause-not-begun', field: 'state' })
  const after = await recordCaseState(context(office), { id, state: 3, note: '齐全' })
  expect(after.states.map(({ state }) => state)).toEqual([1, 3])
  expect(after.materials.map(({ name }) => name)).toEqual(['水土保持方案报告书'])
  await expect(openCase(context(applicant), { say, ...form, number: unique('AJ-') })).rejects.toMatchObject({ code: 'accounts.not-allowed' })
})

test('from a case to a draft nothing is typed twice: the project is registered by one click, the draft is tied to its document', async ({ database, context }) => {
  const { machine, applicant, number, office } = await ground(database, context)
  const input = aCase(applicant)
  const stated = ProjectInput.parse({ name: '绿园区厂房', divisionCode: '220106', owner: { uscc: applicant.uscc, name: applicant.organisationName }, flowType: 'industrial', moneySource: 'private', investmentFen: 5_000_000_00, facts: { 'site.hilly': true } })
  expect((await putProject(machine, { code: `${input.projectCode}-000`, input: stated, idempotency: once() })).status).toBe(201)
  await putCase(machine, { number, input: { ...input, projectCode: `${input.projectCode}-000` }, say, idempotency: once() })
  const { case: found } = await showOwnCase(machine, number)

  const project = await registerStatedProject(context(applicant), { caseId: found.id })
  // What its demands are judged by is the owner's to say, and not the authority's.
  expect(project).toMatchObject({ code: input.projectCode, name: '绿园区厂房', moneySource: 'private', facts: {} })
  await expect(registerStatedProject(context(office), { caseId: found.id })).rejects.toMatchObject({ code: 'cases.no-such-case' })

  const draft = { projectCode: project.code, listingCode: 'R28', method: 'random', title: '水土保持方案', requirements: '编制报告书，成果两份。', serviceDays: 20, ceiling: 45_000_00 } as const
  const stranger = await owner(database.owner)
  await expect(draftTender(context(stranger), draft, { forCase: { caseId: found.id, material: 'M1' } })).rejects.toMatchObject({ code: 'tenders.no-such-project' })
  await expect(draftTender(context(applicant), draft, { forCase: { caseId: found.id, material: 'M2' } })).rejects.toMatchObject({ code: 'cases.no-such-material' })
  const tender = await draftTender(context(applicant), draft, { forCase: { caseId: found.id, material: 'M1' } })
  expect((await showOwnCase(machine, number)).services).toEqual([expect.objectContaining({ material: 'M1', listing: expect.objectContaining({ code: 'R28' }), milestone: 'to-publish', tender: expect.objectContaining({ id: tender.id, number: null, state: 'draft' }) })])

  await expect(putCase(machine, { number, input: { ...input, projectCode: found.projectCode, materials: [] }, say, idempotency: once() })).rejects.toMatchObject({ code: 'cases.material-in-use' })
  // A draft that was thrown away binds nobody.
  await discardTender(context(applicant), { id: tender.id })
  await putCase(machine, { number, input: { ...input, projectCode: found.projectCode, materials: [] }, say, idempotency: once() })
  const after = await showOwnCase(machine, number)
  expect([after.case.materials, after.services]).toEqual([[], []])
})

test('an authority describes projects of its own division alone, and only tells what changed', async ({ database, context }) => {
  const { machine, applicant } = await ground(database, context)
  const code = makeProjectCode()
  const stated = (more: object = {}) => ProjectInput.parse({ name: '绿园区厂房', divisionCode: '220106', owner: { name: applicant.organisationName }, flowType: 'industrial', moneySource: 'private', ...more })
  await expect(putProject(machine, { code, input: stated({ divisionCode: '210100' }), idempotency: once() })).rejects.toMatchObject({ code: 'cases.division-elsewhere', field: 'divisionCode' })
  await expect(putProject(machine, { code: '2026-1', input: stated(), idempotency: once() })).rejects.toMatchObject({ code: 'projects.code-parts' })
  for (const [input, status] of [[stated(), 201], [stated(), 200], [stated({ investmentFen: 1 }), 200]] as const) expect((await putProject(machine, { code, input, idempotency: once() })).status).toBe(status)
  expect(await database.owner('ledger_entries').where({ subject: code }).pluck('kind')).toEqual(['project.stated', 'project.stated'])
})
