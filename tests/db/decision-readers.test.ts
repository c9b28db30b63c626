import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findOwnDemands } from '#app/domain/guard/find-demands.server.ts'
import { findProjectDemands } from '#app/domain/guard/find-project-demands.server.ts'
import { prepareReport } from '#app/domain/guard/prepare-report.server.ts'
import { showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { aListing } from '#tests/domain/guard/given.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { refusedDemand, say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const WORDS = '星际航行研究'
const OPENED = { number: '长审〔2026〕7号', approvalItem: 'A01', flowType: 'industrial', statutoryDays: 20, promisedDays: 10 } as const

test('everybody is shown the nearest listings of a refused demand; its words and case number only those who demanded, supervise, or were asked', async ({ database, context }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [owner, applicant, stranger, office, otherOffice, governor, elsewhere] = [await make.owner(db), await make.owner(db), await make.owner(db), await make.authority(db), await make.authority(db), await make.regulator(db), await make.regulator(db, { divisionCode: '220200' })]
  await make.listed(db, aListing({ id: randomUUID(), code: 'TEST-01', name: '星际航行可行性论证报告编制', aliases: [] }))
  const { code: projectCode } = await make.project(db, owner)
  const caseNumber = OPENED.number
  // One applies for another: the office names the owner itself.
  await db('project_statements').insert({ project_code: projectCode, authority_id: office.organisationId, division_code: office.divisionCode, name: '某项目', owner_uscc: owner.uscc, owner_name: owner.organisationName, flow_type: 'industrial', money_source: 'private', facts: '{}', stated_at: people(office).clock.now })
  await openCase(people(office), { say, ...OPENED, projectCode, applicantUscc: applicant.uscc, applicantName: applicant.organisationName })
  const demand = DemandInput.parse({ caseNumber, projectCode, authority: office.uscc, approvalItem: 'A01', demanded: { text: WORDS }, demandedOn: '2026-11-20' })
  const { id } = JSON.parse((await decide(people(office), { demand, say })).body) as Decision

  const shownTo = (member: Member) => showPublicDecision(people(member), id)
  const told = { words: WORDS, caseNumber, projectCode }
  for (const member of [office, governor]) expect(await shownTo(member)).toMatchObject({ whole: true, told })
  for (const member of [owner, applicant]) expect(await shownTo(member)).toMatchObject({ whole: false, told })
  for (const shown of [await showPublicDecision(context(), id), ...(await Promise.all([stranger, otherOffice, elsewhere, await make.agency(db), await make.operator(db)].map(shownTo)))]) {
    expect(shown).toMatchObject({ verdict: 'refused', whole: false, told: null, nearest: expect.arrayContaining([expect.objectContaining({ item: 'TEST-01' })]) })
    for (const closed of [WORDS, caseNumber, projectCode]) expect(JSON.stringify(shown)).not.toContain(closed)
  }
})

test('a code that nothing is listed under is shown as it was given in the lists of those who may have the words', async ({ database, context }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [owner, office] = [await make.owner(db), await make.authority(db)]
  await make.listed(db, aListing({ id: randomUUID(), code: 'TEST-01', name: '星际航行可行性论证报告编制' }))
  const { code: projectCode } = await make.project(db, owner)
  const { id: caseId } = await openCase(people(office), { say, ...OPENED, projectCode, applicantUscc: owner.uscc, applicantName: owner.organisationName })
  for (const demanded of [{ material: 'CL-NOWHERE' }, { item: 'Z9999' }, { item: 'TEST-01' }, { text: WORDS }]) {
    await decide(people(office), { demand: DemandInput.parse({ caseNumber: OPENED.number, projectCode, authority: office.uscc, approvalItem: 'A01', demanded, demandedOn: '2026-11-20' }), say })
  }
  // Newest first; what the listing says is not said twice.
  const words = [WORDS, null, 'Z9999', 'CL-NOWHERE']
  const wordsOf = (lines: { words?: string | null }[]) => lines.map((line) => line.words)
  expect(wordsOf((await findOwnDemands(people(office))).items)).toEqual(words)
  expect(wordsOf(await findProjectDemands(people(owner), { code: projectCode }))).toEqual(words)
  expect(wordsOf((await showCase({ ...people(owner), actor: owner }, caseId)).demands)).toEqual(words)
  const titles = (await showAuthorityDesk(people(office))).today.map((item) => JSON.stringify(item)).join()
  for (const code of ['CL-NOWHERE', 'Z9999']) expect(titles).toContain(code)
})

test('a report that begins at a refused decision has what was demanded; the project is filled in for its owner alone', async ({ database, context, clock }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [owner, office] = [await make.owner(db), await make.authority(db)]
  const { code: project } = await make.project(db, owner)
  const { id: decision } = await refusedDemand(people, office, { text: WORDS, project })
  const from = { authority: office.organisationName, decision, refusedOn: dayOf(clock.now) }
  expect((await prepareReport(people(owner), { decision })).from).toEqual({ ...from, asked: WORDS, project })
  for (const reader of [people(await make.owner(db)), context()]) expect((await prepareReport(reader, { decision })).from).toEqual({ ...from, asked: '', project: '' })
})
