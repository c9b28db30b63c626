import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { openCase } from '#app/domain/cases/keep-case.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { showPublicDecision } from '#app/domain/guard/show-decision.server.ts'
import { aListing } from '#tests/domain/guard/given.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const WORDS = '星际航行研究'

test('everybody is shown the nearest listings of a refused demand; its words and case number only those who demanded, supervise, or were asked', async ({ database, context }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [owner, applicant, stranger, office, otherOffice, governor, elsewhere] = [await make.owner(db), await make.owner(db), await make.owner(db), await make.authority(db), await make.authority(db), await make.regulator(db), await make.regulator(db, { divisionCode: '220200' })]
  await make.listed(db, aListing({ id: randomUUID(), code: 'TEST-01', name: '星际航行可行性论证报告编制', aliases: [] }))
  const { code: projectCode } = await make.project(db, owner)
  const caseNumber = '长审〔2026〕7号'
  await openCase(people(office), { number: caseNumber, projectCode, approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: 10 })
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
