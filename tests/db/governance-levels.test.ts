import { expect } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import { openCase } from '#app/domain/guard/keep-case.server.ts'
import { showListing } from '#app/domain/catalogue/show-listing.server.ts'
import { takeOverList } from '#app/domain/catalogue/take-over-list.server.ts'
import { beginProposal, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { showDifferences } from '#app/domain/governance/show-differences.server.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import type { Decision } from '#app/domain/guard/decision.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { findListing, listListings, listWordings } from '#db/repositories/listings.ts'
import { catalogueView } from '#db/views/catalogue.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { readGuardFacts } from '#db/views/guard-facts.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { clockAt } from '#tests/support/clock.ts'
import { testApart as test, type MakeContext } from '#tests/support/database.ts'
import { authority, CHANGCHUN, makeProjectCode } from '#tests/support/factories.ts'
import { ABOUT, adopted, entry, proposed, regulators } from '#tests/support/governed.ts'
import { formOf, wordingOf } from '#app/domain/catalogue/wording-form.ts'
import { say } from '#tests/support/inquiries.ts'

const JILIN = '220000'
const LUYUAN = '220106'
const AT = '2026-11-20T10:00'
const OVER = '2026-11-30T10:00'
const refused = (work: Promise<unknown>) => work.then(() => null, (error: { code: string; field?: string }) => `${error.code} at ${error.field}`)
const asOf = (context: MakeContext) => (member?: Member, at = AT) => context(member, { clock: clockAt(at) })
const inProvince = (given: Record<string, string>) => wordingOf(entry(given), { divisionCode: JILIN, stages: ['construction'], before: null })

test('a city keeps what its province says and only makes less of it, whatever the form says', async ({ database, context }) => {
  const as = asOf(context)
  await takeOverList(as(SYSTEM as never), { divisionCode: JILIN, from: '2026-11-20', note: '承接省级清单', wordings: [inProvince({ code: 'P0001', timeLimit: '20个工作日', qualification: '甲级' })] })
  const { manager } = await regulators(database)
  const { id } = await beginProposal(as(manager), ABOUT)
  const put = (given: Record<string, string>) => refused(putWording(as(manager), { id, form: entry({ code: 'P0001', timeLimit: '20个工作日', qualification: '甲级', ...given }) }))
  expect(await put({})).toBe('governance.same-wording at form')
  expect(await put({ timeLimit: '30个工作日' })).toBe('governance.time-not-shorter at timeLimit')
  expect(await put({ qualification: '甲级且本地注册' })).toBe('governance.qualification-added at qualification')
  expect(await put({ name: '树木移植论证' })).toBe('governance.same-name at name')
  expect(await put({ bases: '法律｜森林法｜第三十七条' })).toBe('governance.same-basis at bases')
  expect(await put({ nature: 'market' })).toBe('governance.same-type at nature')
  expect(await put({ timeLimit: '10个工作日', qualification: '' })).toBeNull()
})

test('where the province alone lists, a city adds nothing and what it had may become less', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  await adopted(as, people, { wordings: [{ code: 'P0010', timeLimit: '20日' }] }, { from: '2026-12-01', later: OVER })
  await setPolicy(database.owner, { whoMayList: 'province-only' })
  const { id } = await beginProposal(as(people.manager), ABOUT)
  const put = (given: Record<string, string>) => refused(putWording(as(people.manager, '2026-12-02T10:00'), { id, form: entry(given) }))
  expect(await put({ code: 'P0011' })).toBe('governance.province-only at code')
  expect(await put({ code: 'P0010', timeLimit: '25日' })).toBe('governance.time-not-shorter at timeLimit')
  expect(await put({ code: 'P0010', timeLimit: '15日' })).toBeNull()
  // A draft from before the policy is held to the policy when it is proposed.
  await setPolicy(database.owner, { whoMayList: 'may-supplement-by-own-regulation' })
  expect(await refused(proposed(as, people, { wordings: [{ code: 'P0012' }] }))).toBeNull()
})

test('a district does without what its city lists: nobody may demand it there, and everywhere else they may', async ({ database, db, context }) => {
  const as = asOf(context)
  const district = await regulators(database, { divisionCode: LUYUAN })
  await adopted(as, district, { retire: ['S0601'] }, { from: '2026-12-01', later: OVER })
  const found = async (divisionCode: string, on: string) => (await findListing(db, { code: 'S0601', divisionCode, on }))?.code
  expect([await found(LUYUAN, '2026-11-30'), await found(LUYUAN, '2026-12-01'), await found(CHANGCHUN, '2026-12-01')]).toEqual(['S0601', undefined, 'S0601'])
  const codes = async (divisionCode: string) => (await listListings(db, { divisionCode, on: '2026-12-01', limit: 1000 })).map(({ code }) => code)
  expect([(await codes(LUYUAN)).includes('S0601'), (await codes(CHANGCHUN)).includes('S0601')]).toEqual([false, true])
  const view = await catalogueView(db, { divisionCode: LUYUAN, on: '2026-12-01', filters: { words: '环评书' }, limit: 20 })
  expect([view.listings, view.total]).toEqual([[], 0])
  const facts = (on: string) => readGuardFacts(db, { divisionCode: LUYUAN, on, code: 'S0601', material: null, approvalItem: 'A12', projectCode: null, caseNumber: null, agency: null, authorityId: null, idempotency: null })
  expect([(await facts('2026-11-30')).listing?.code, (await facts('2026-12-01')).listing]).toEqual(['S0601', null])
  expect((await listCandidates(db, { divisionCode: LUYUAN, on: '2026-12-01', approvalItem: 'A12' })).map(({ code }) => code)).not.toContain('S0601')
  expect((await listWordings(db, { code: 'S0601', divisionCode: LUYUAN })).filter(({ removed }) => removed)).toHaveLength(1)
  // It comes back as the city words it, or with less.
  const { code, ...rest } = formOf((await findListing(db, { code: 'S0601', divisionCode: CHANGCHUN, on: '2026-12-01' }))!)
  await adopted(as, district, { wordings: [{ code: code!, ...rest, reason: '本区恢复' }] }, { from: '2027-01-01', later: '2026-12-30T10:00', at: '2026-12-02T10:00' })
  expect([await found(LUYUAN, '2026-12-31'), await found(LUYUAN, '2027-01-01')]).toEqual([undefined, 'S0601'])
})

test('an old demand is judged by the list of its day, after the list has changed by proposals', async ({ database, context }) => {
  const as = asOf(context)
  const people = await regulators(database)
  await adopted(as, people, { wordings: [{ code: 'P0030', selfPrepare: 'no', items: 'A45' }] }, { from: '2026-12-01', later: OVER })
  await adopted(as, people, { wordings: [{ code: 'P0030', selfPrepare: 'yes', items: 'A45' }] }, { from: '2027-01-01', at: '2026-12-02T10:00', later: '2026-12-20T10:00' })
  await adopted(as, people, { retire: ['P0030'] }, { from: '2027-03-01', at: '2027-01-04T10:00', later: '2027-02-01T10:00' })
  const officer = await authority(database.owner)
  await openCase(as(officer), { say, number: 'AJ-9', projectCode: makeProjectCode(), approvalItem: 'A45', flowType: 'industrial', applicantUscc: null, applicantName: '某申请人', statutoryDays: null, promisedDays: null })
  const judged = async (demandedOn: string) => {
    const demand = DemandInput.parse({ caseNumber: 'AJ-9', projectCode: null, authority: officer.uscc, approvalItem: 'A45', demanded: { item: 'P0030' }, commissioner: 'applicant', namedAgency: null, demandedOn })
    const { verdict, material, commissioning, reasons, catalogueVersion } = JSON.parse((await decide(as(officer, '2027-04-01T10:00'), { demand, say: () => ({ text: '理由', source: '依据' }) })).body) as Decision & { catalogueVersion?: unknown }
    return { verdict, material, commissioning, reasons: reasons.map(({ code }) => code), catalogueVersion }
  }
  expect(await judged('2026-11-30')).toMatchObject({ verdict: 'refused', reasons: ['not-in-force-on-date'] })
  expect(await judged('2026-12-31')).toMatchObject({ verdict: 'allowed', material: 'may-be-required', commissioning: 'may-be-required' })
  expect(await judged('2027-02-28')).toMatchObject({ material: 'may-be-required', commissioning: 'applicants-choice', reasons: ['may-self-prepare'] })
  expect(await judged('2027-03-01')).toMatchObject({ verdict: 'refused', reasons: ['not-in-force-on-date'] })
  const differences = await showDifferences(as(undefined, '2027-04-01T10:00'), { from: '2026-12-31', to: '2027-02-28' })
  expect(differences.changes).toMatchObject([{ code: 'P0030', kind: 'changed', changes: [{ field: 'selfPrepare', before: false, after: true }] }])
  // Without days: what the latest version in force changed.
  expect(await showDifferences(as(undefined, '2027-04-01T10:00'), {})).toMatchObject({ from: '2027-02-28', to: '2027-03-01', counts: { added: 0, changed: 0, retired: 1 } })
  expect((await showListing(as(undefined, '2027-04-01T10:00'), { code: 'P0030' })).headline).toBe('not-in-force')
})
