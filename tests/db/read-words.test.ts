import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { showCase } from '#app/domain/cases/show-case.server.ts'
import { showAuthorityDesk } from '#app/domain/desks/show-authority-desk.server.ts'
import { decideAtDesk } from '#app/domain/guard/decide-at-desk.server.ts'
import { decideWords } from '#app/domain/guard/decide-words.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findDivisionDemands, findOwnDemands } from '#app/domain/guard/find-demands.server.ts'
import { findProjectDemands } from '#app/domain/guard/find-project-demands.server.ts'
import { showStanding } from '#app/domain/guard/show-standing.server.ts'
import { showSupervision } from '#app/domain/guard/show-supervision.server.ts'
import { upholdDemand, withdrawDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { sayable } from '#app/domain/ledger/sayable.ts'
import { showEntry } from '#app/domain/ledger/show-entry.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { en } from '#app/words/en.ts'
import { zh } from '#app/words/zh.ts'
import { aListing } from '#tests/domain/guard/given.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { REASON, say } from '#tests/support/inquiries.ts'
import { contextsOf } from '#tests/support/tenders.ts'

const WORDS = '请交一份没有人听说过的星际说明'

test('what a regulator reads an officer’s words as stands below the demand, and is no second one', async ({ database, context }) => {
  const db = database.owner
  const people = contextsOf(context)
  const [office, governor, applicant] = [await make.authority(db), await make.regulator(db), await make.owner(db)]
  const { code: projectCode } = await make.project(db, applicant)
  await make.listed(db, aListing({ id: randomUUID(), code: 'READ-1', name: '航线试验编制', divisionCode: make.CHANGCHUN }))
  await make.listed(db, aListing({ id: randomUUID(), code: 'READ-2', name: '轨道试算编制', divisionCode: make.CHANGCHUN, nature: 'market' }))
  const { id: caseId } = await openCase(people(office), { say, number: 'AJ-READ', projectCode, approvalItem: 'A01', flowType: 'industrial', applicantUscc: applicant.uscc, applicantName: applicant.organisationName, statutoryDays: 20, promisedDays: 10, receivedOn: '2026-11-02' })
  const asked = async (demanded: object, more: object = {}) => (await decideAtDesk({ ...people(office), actor: office }, { demand: DemandInput.parse({ caseNumber: 'AJ-READ', projectCode, authority: office.uscc, approvalItem: 'A01', demanded, demandedOn: '2026-11-20', ...more }), say })).id!
  const lists = async () => [
    (await showCase({ ...people(office), actor: office }, caseId)).demands,
    (await findOwnDemands(people(office))).items,
    (await findDivisionDemands(people(governor))).items,
    await findProjectDemands(people(applicant), { code: projectCode }),
    (await showSupervision(people(governor))).newest,
  ]
  const counts = async () => [(await showSupervision(people(governor))).verdicts, (await showAuthorityDesk({ ...people(office), actor: office })).demands]

  const id = await asked({ text: WORDS })
  expect(await counts()).toEqual([1, 2].map(() => ({ refused: 1, 'needs-facts': 0, allowed: 0 })))
  for (const list of await lists()) expect(list).toMatchObject([{ id, verdict: 'refused', reading: null }])
  const { id: reading } = await decideWords(people(governor), { decision: id, listing: 'READ-1', say })
  for (const list of await lists()) expect(list).toMatchObject([{ id, verdict: 'refused', reading: { id: reading, verdict: 'allowed', listing: { code: 'READ-1', name: '航线试验编制' } } }])
  expect(await counts()).toEqual([1, 2].map(() => ({ refused: 0, 'needs-facts': 0, allowed: 1 })))
  expect((await showSupervision(people(governor))).reasons).toEqual([])
  const found = async (verdict: 'refused' | 'allowed') => (await findOwnDemands(people(office), { verdict })).items.map((line) => line.id)
  expect([await found('refused'), await found('allowed')]).toEqual([[], [id]])
  expect((await showAuthorityDesk({ ...people(office), actor: office })).today.filter(({ subject }) => subject === id || subject === reading)).toEqual([])

  // The ledger has an entry of each, and says of the second what it is.
  const { ledger_entry_id: entryId } = await db('guard_decisions').where({ id: reading }).first('ledger_entry_id')
  const said = sayable((await showEntry(people(governor), { id: entryId })).entry)
  expect(zh.ledger.kinds['demand.decided']!(said)).toMatch(/^监管部门认定审批部门 .* 原话的意思：按清单事项 READ-1 看待/)
  expect(en.ledger.kinds['demand.decided']!(said)).toMatch(/ as the listed service READ-1\. /)
  expect(zh.ledger.kinds['demand.decided']!({ ...said, answers: '' })).toContain('提出要求')

  // Read as a service that was asked for by its code too, and refused both times: asked twice.
  await asked({ item: 'READ-2' })
  const insisted = async () => (await findLeads(people(governor), { kind: 'demand-insisted' })).items
  expect(await insisted()).toEqual([])
  const second = await asked({ text: `${WORDS}二` })
  expect(await insisted()).toEqual([])
  await upholdDemand(people(office), { decision: second, reason: REASON })
  const { id: refused, verdict } = await decideWords(people(governor), { decision: second, listing: 'READ-2', say })
  expect(verdict).toBe('refused')
  expect(await insisted()).toMatchObject([{ subject: refused, params: { service: '轨道试算编制', count: 2 } }])

  // Kept up before it was read, it is kept up: once, with one lead, and taken back once.
  const kept = async () => (await findLeads(people(governor), { kind: 'demand-upheld' })).items
  expect((await showStanding(people(office), { id: refused, whole: true })).upheld).toMatchObject({ reason: REASON })
  await expect(upholdDemand(people(office), { decision: refused, reason: `${REASON}再说一遍。` })).rejects.toMatchObject({ code: 'reports.upheld-already' })
  expect(await kept()).toMatchObject([{ subject: second, params: { withdrawn: false } }])
  await withdrawDemand(people(office), { decision: refused, reason: '不再要求。' })
  expect(await kept()).toMatchObject([{ subject: second, params: { withdrawn: true } }])
})
