import { expect } from 'vitest'
import { dayOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { changeProjectFacts } from '#app/domain/projects/change-project-facts.server.ts'
import { findProjects } from '#app/domain/projects/find-projects.server.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { showProject } from '#app/domain/projects/show-project.server.ts'
import { ProjectForm } from '#app/domain/projects/project.ts'
import { test } from '#tests/support/database.ts'
import { agency, authority, makeProjectCode, naturalPerson, owner } from '#tests/support/factories.ts'
import { aListing } from '#tests/support/tenders.ts'

const refused = (code: string, field?: string) => expect.objectContaining({ refusal: true, code, ...(field && { field }) })
const form = (change: Record<string, unknown> = {}) =>
  ProjectForm.parse({ code: makeProjectCode(), name: '绿园区某学校扩建', divisionCode: '220106', flowType: 'government-building', moneySource: 'fiscal', investment: '12,000,000', 'site.hazardZone': 'no', 'eia.class': 'form', ...change })

test('an owner registers a project with its facts, and the ledger has it', async ({ context, database }) => {
  const member = await owner(database.owner)
  const { project, ledger } = await registerProject(context(member), form({ code: '2020-451421-88-03-016343-000' }))
  expect(await showProject(context(member), { code: project.code })).toMatchObject({ code: '2020-451421-88-03-016343', divisionName: '绿园区', investmentFen: 1_200_000_000, facts: { 'site.hazardZone': false, 'eia.class': 'form' } })
  const entry = await database.owner('ledger_entries').where({ id: ledger.entry }).first()
  expect(JSON.parse(entry.body)).toMatchObject({ kind: 'project.registered', subject: project.code, facts: { owner: member.uscc, moneySource: 'fiscal' } })
})

const FAULTS: [change: Record<string, string>, code: string, field: string][] = [
  [{ code: '2035-220106-47-01-000001' }, 'projects.code-future', 'code'],
  [{ code: '2020-999999-47-01-000001' }, 'projects.code-division-unknown', 'code'],
  [{ divisionCode: '110101' }, 'projects.division-not-open', 'divisionCode'],
  [{ divisionCode: '999999' }, 'accounts.division-unknown', 'divisionCode'],
]

for (const [change, code, field] of FAULTS) {
  test(`${JSON.stringify(change)} is refused at ${field}: ${code}`, async ({ context, database }) => {
    const member = await owner(database.owner)
    await expect(registerProject(context(member), form(change))).rejects.toEqual(refused(code, field))
    expect((await findProjects(context(member))).projects).toEqual([])
  })
}

test('somebody else’s project is 404, not 403', async ({ context, database }) => {
  const { project } = await registerProject(context(await owner(database.owner)), form())
  for (const other of [await owner(database.owner), await authority(database.owner)]) await expect(showProject(context(other), { code: project.code })).rejects.toMatchObject({ kind: 'missing', code: 'projects.unknown' })
  await expect(showProject(context(), { code: project.code })).rejects.toEqual(refused('accounts.sign-in-first'))
  await expect(registerProject(context(await agency(database.owner)), form())).rejects.toEqual(refused('accounts.not-allowed'))
})

test('a project code is registered once, by whoever was first', async ({ context, database }) => {
  const input = form()
  const [one, two] = [await owner(database.owner), await owner(database.owner)]
  const results = await Promise.allSettled([registerProject(context(one), input), registerProject(context(two), input)])
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await expect(registerProject(context(two), input)).rejects.toEqual(refused('projects.registered-already', 'code'))
})

test('a natural person’s project is told without names', async ({ context, database }) => {
  const member = await naturalPerson(database.owner, { name: '赵小某' })
  const { ledger } = await registerProject(context(member), form({ name: '赵小某自建房', moneySource: 'private' }))
  const { body } = await database.owner('ledger_entries').where({ id: ledger.entry }).first()
  expect(body).not.toContain('赵小某')
})

test('an owner completes and corrects the facts; the ledger says which, and not what they say', async ({ context, database }) => {
  const member = await owner(database.owner)
  const { project } = await registerProject(context(member), form())
  const facts = { 'site.hazardZone': true, 'site.park': '合心产业园', 'eia.class': 'form' }
  const { changed, ledger } = await changeProjectFacts(context(member), { code: project.code, facts })
  expect(changed).toEqual(['site.hazardZone', 'site.park'])
  expect(await showProject(context(member), { code: project.code })).toMatchObject({ ...project, facts })
  const entry = await database.owner('ledger_entries').where({ id: ledger!.entry }).first()
  expect(JSON.parse(entry.body)).toMatchObject({ kind: 'project.facts-changed', subject: project.code, facts: { changed, owner: member.uscc, name: project.name } })
  expect(entry.body).not.toContain('合心产业园')
  expect(await database.owner('audits').where({ subject: project.code }).orderBy('id', 'desc').first()).toMatchObject({ account_id: member.accountId, act: 'register:project', details: { before: project.facts, after: facts } })

  expect(await changeProjectFacts(context(member), { code: project.code, facts })).toMatchObject({ changed: [], ledger: null })
})

test('a natural person’s change of facts is told without names', async ({ context, database }) => {
  const member = await naturalPerson(database.owner)
  const { project } = await registerProject(context(member), form({ name: '赵小某自建房', moneySource: 'private' }))
  const { ledger } = await changeProjectFacts(context(member), { code: project.code, facts: {} })
  const { body } = await database.owner('ledger_entries').where({ id: ledger!.entry }).first()
  expect(JSON.parse(body).facts).toEqual({ project: project.code, changed: ['site.hazardZone', 'eia.class'], name: { concealed: expect.any(String) } })
})

test('nobody but the owner changes a project’s facts', async ({ context, database }) => {
  const { project } = await registerProject(context(await owner(database.owner)), form())
  const change = { code: project.code, facts: {} }
  for (const other of [await owner(database.owner), await authority(database.owner)]) await expect(changeProjectFacts(context(other), change)).rejects.toMatchObject({ kind: 'missing', code: 'projects.unknown' })
  await expect(changeProjectFacts(context(), change)).rejects.toEqual(refused('accounts.sign-in-first'))
  await expect(changeProjectFacts(context(await agency(database.owner)), change)).rejects.toEqual(refused('accounts.not-allowed'))
  expect(await database.owner('projects').where({ code: project.code }).first('facts')).toEqual({ facts: project.facts })
})

test('a later demand is judged by the new facts, and the decision before stays as it was', async ({ context, database }) => {
  const [member, officer, { id, code: item }] = [await owner(database.owner), await authority(database.owner), await aListing(database.owner, { approvalItems: ['A01'] })]
  const { rules } = await database.owner('listings').where({ id }).first('rules')
  const bases = [{ type: 'administrative-regulation', title: '《地质灾害防治条例》', articles: null, repealedOn: null }]
  await database.owner('listings').where({ id }).update({ nature: 'statutory', rules: { ...rules, bases, appliesWhen: { fact: 'site.hazardZone', is: true } } })
  const { project } = await registerProject(context(member), form({ 'site.hazardZone': '' }))
  const { clock, db } = context()
  const demand = DemandInput.parse({ caseNumber: null, projectCode: project.code, authority: officer.uscc, approvalItem: 'A01', demanded: { item }, commissioner: 'applicant', namedAgency: null, demandedOn: dayOf(await clock.read(db)) })
  const judged = async () => JSON.parse((await decide(context(officer), { demand, say: ({ code }) => ({ text: code, source: '' }) })).body) as Decision
  const before = await judged()
  expect(before).toMatchObject({ verdict: 'needs-facts', facts: ['site.hazardZone'] })
  const kept = await database.owner('guard_decisions').where({ id: before.id }).first()

  await changeProjectFacts(context(member), { code: project.code, facts: { ...project.facts, 'site.hazardZone': false } })
  expect(await judged()).toMatchObject({ verdict: 'refused', reasons: [{ code: 'not-triggered-by-project' }] })
  await changeProjectFacts(context(member), { code: project.code, facts: { ...project.facts, 'site.hazardZone': true } })
  expect(await judged()).toMatchObject({ verdict: 'allowed' })
  expect(await database.owner('guard_decisions').where({ id: before.id }).first()).toEqual(kept)
})

test('an owner pages through the own projects', async ({ context, database }) => {
  const member = await owner(database.owner)
  for (let i = 0; i < 23; i++) await registerProject(context(member), form())
  const first = await findProjects(context(member))
  const second = await findProjects(context(member), { before: first.next! })
  expect([first.projects.length, second.projects.length, second.next]).toEqual([20, 3, null])
  expect((await findProjects(context(await owner(database.owner)), { before: first.next! })).projects).toEqual([])
})
