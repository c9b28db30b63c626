import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Decision } from '#app/domain/guard/decision.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { testApart as test } from '#tests/support/database.ts'
import { authority, listed, makeProjectCode, owner, project } from '#tests/support/factories.ts'
import { aListing } from '#tests/domain/guard/given.ts'

const say = () => ({ text: '理由', source: '依据' })
const given = { id: randomUUID(), code: 'TEST-01', name: '试验事项编制' }

function aDemand(by: { uscc: string | null }, more: Record<string, unknown> = {}) {
  return DemandInput.parse({ caseNumber: 'AJ-1', projectCode: null, authority: by.uscc, approvalItem: 'A01', demanded: { item: given.code }, commissioner: 'applicant', namedAgency: null, demandedOn: '2026-11-20', ...more })
}

test('a project whose facts are missing needs facts; the registered facts settle it', async ({ context, database }) => {
  const officer = await authority(database.owner)
  const developer = await owner(database.owner)
  await listed(database.owner, aListing({ ...given, rules: { appliesWhen: { fact: 'site.hazardZone', is: true } } }))
  const known = await project(database.owner, developer, { facts: { 'site.hazardZone': false } })
  const judged = async (more: object) => JSON.parse((await decide(context(officer), { demand: aDemand(officer, { ...more }), say })).body) as Decision
  expect(await judged({ projectCode: makeProjectCode() })).toMatchObject({ verdict: 'needs-facts', facts: ['site.hazardZone'] })
  expect(await judged({ projectCode: known.code })).toMatchObject({ verdict: 'refused', reasons: [{ code: 'not-triggered-by-project' }] })
  // An authority cannot talk over what the owner registered, only fill what is missing, and that is on record.
  expect(await judged({ projectCode: known.code, facts: { 'site.hazardZone': true } })).toMatchObject({ verdict: 'refused', demand: { givenFacts: [] } })
  expect(await judged({ facts: { 'site.hazardZone': true } })).toMatchObject({ verdict: 'allowed', demand: { givenFacts: ['site.hazardZone'] } })
})

test('an authority that registers the project itself is no witness of its facts', async ({ context, database }) => {
  const officer = await authority(database.owner)
  await listed(database.owner, aListing({ ...given, rules: { appliesWhen: { fact: 'site.hilly', is: true } } }))
  const { code } = await project(database.owner, officer, { facts: { 'site.hilly': true } })
  const judged = async (facts: object) => JSON.parse((await decide(context(officer), { demand: aDemand(officer, { projectCode: code, facts }), say })).body)
  expect(await judged({})).toMatchObject({ verdict: 'needs-facts', facts: ['site.hilly'] })
  expect(await judged({ 'site.hilly': true })).toMatchObject({ verdict: 'allowed', demand: { givenFacts: ['site.hilly'] } })
})

test('an answer names who stated each fact that it was judged by, and whoever says otherwise', async ({ context, database }) => {
  const db = database.owner
  const [officer, other, developer, person] = [await authority(db), await authority(db), await owner(db), await owner(db, { uscc: null })]
  await listed(database.owner, aListing({ ...given, rules: { appliesWhen: { any: [{ fact: 'site.hazardZone', is: true }, { fact: 'site.hilly', is: true }] } } }))
  const judged = async (more: object) => JSON.parse((await decide(context(officer), { demand: aDemand(officer, { ...more }), say })).body) as Decision
  const states = (by: typeof other, projectCode: string, facts: object, day: string) =>
    db('project_statements').insert({ project_code: projectCode, authority_id: by.organisationId, division_code: by.divisionCode, name: '某项目', owner_name: '某业主', flow_type: 'industrial', money_source: 'private', facts: JSON.stringify(facts), stated_at: `${day}T01:00:00Z` })
  const system = { source: 'authority', statedBy: { uscc: other.uscc, name: other.organisationName }, statedAt: '2026-11-02T01:00:00.000Z' }
  const registrar = { source: 'owner', statedBy: { uscc: developer.uscc, name: developer.organisationName }, statedAt: '2026-01-06T01:00:00.000Z' }
  const demand = { source: 'demand', statedBy: null, statedAt: null }

  // What another authority stated settles what the owner left open; the demanding authority's own system is no witness.
  const unregistered = makeProjectCode()
  await states(other, unregistered, { 'site.hazardZone': true }, '2026-11-02')
  await states(officer, unregistered, { 'site.hazardZone': false }, '2026-11-03')
  expect(await judged({ projectCode: unregistered })).toMatchObject({ verdict: 'allowed', projectFacts: [{ fact: 'site.hazardZone', ...system, contradictedBy: [] }], demand: { givenFacts: [] } })
  expect((await judged({ projectCode: unregistered, facts: { 'site.hazardZone': false } })).projectFacts).toEqual([{ fact: 'site.hazardZone', ...system, contradictedBy: [demand] }])

  // The owner's word stands before both, and whoever says otherwise is named, the demand too where nothing hangs on it.
  const { code } = await project(db, developer, { facts: { 'site.hazardZone': false, 'site.park': '甲园区' } })
  await states(other, code, { 'site.hazardZone': true }, '2026-11-02')
  expect(await judged({ projectCode: code, facts: { 'site.hazardZone': true, 'site.hilly': false, 'site.park': '乙园区' } })).toMatchObject({
    verdict: 'refused', reasons: [{ code: 'not-triggered-by-project' }],
    projectFacts: [{ fact: 'site.hazardZone', ...registrar, contradictedBy: [system, demand] }, { fact: 'site.hilly', ...demand, contradictedBy: [] }, { fact: 'site.park', ...registrar, contradictedBy: [demand] }],
  })
  const own = await project(db, person, { facts: { 'site.hilly': true } })
  expect((await judged({ projectCode: own.code })).projectFacts).toEqual([{ fact: 'site.hilly', source: 'owner', statedBy: null, statedAt: registrar.statedAt, contradictedBy: [] }])
})
