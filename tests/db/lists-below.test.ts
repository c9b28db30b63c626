import { expect } from 'vitest'
import { SYSTEM, type Member } from '#app/domain/accounts/actor.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { Listing, ListingWording } from '#app/domain/catalogue/listing.ts'
import { publishCatalogue } from '#app/domain/catalogue/publish-catalogue.server.ts'
import { takeOverList } from '#app/domain/catalogue/take-over-list.server.ts'
import { wordingOf } from '#app/domain/catalogue/wording-form.ts'
import { standingList } from '#app/domain/governance/gather-rules.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { validate } from '#app/domain/guard/validate.server.ts'
import { findListing } from '#db/repositories/listings.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { catalogueView } from '#db/views/catalogue.ts'
import { as, deliverAll } from '#tests/support/inbox.ts'
import { findMessages } from '#app/domain/notices/find-messages.server.ts'
import { clockAt } from '#tests/support/clock.ts'
import { testApart as test, type MakeContext, type TestDatabase } from '#tests/support/database.ts'
import { authority, CHANGCHUN, regulator } from '#tests/support/factories.ts'
import { adoptProposal } from '#app/domain/governance/adopt-proposal.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { showGoverned } from '#app/domain/governance/show-proposal.server.ts'
import { entry, examined, proposed, regulators } from '#tests/support/governed.ts'
import { say } from '#tests/support/inquiries.ts'

const [LUYUAN, CODE, AT, TURN] = ['220106', 'P0100', '2026-11-20T10:00', '2026-12-10'] as const
const BEFORE = { '2026-12-09': '2026-12-09', '2026-12-10': TURN, '2027-03-01': '2027-03-01' } as const
const DAYS = Object.keys(BEFORE) as Day[]

const base = wordingOf(entry({ code: CODE, items: 'A45', timeLimit: '20个工作日', feeBasis: '每项 900 元' }), { divisionCode: CHANGCHUN, stages: ['construction'], before: null })
type Rules = Partial<ListingWording['rules']>
const worded = (divisionCode: string, rules: Rules = {}, more: Partial<Omit<ListingWording, 'rules' | 'details'>> = {}, details: Partial<ListingWording['details']> = {}): ListingWording => ({ ...base, ...more, divisionCode, rules: { ...base.rules, ...rules }, details: { ...base.details, ...details } })

/** The city lists it, the district words it in its own way with a shorter time, and the city changes on a day to come. */
async function aTurn(context: MakeContext, upper: ListingWording | null) {
  const system = context(SYSTEM, { clock: clockAt(AT) })
  await takeOverList(system, { divisionCode: CHANGCHUN, from: '2026-11-20', note: '全市清单', wordings: [base] })
  await takeOverList(system, { divisionCode: LUYUAN, from: '2026-11-20', note: '本区清单', wordings: [worded(LUYUAN, {}, {}, { timeLimit: '10个工作日' })] })
  return takeOverList(system, { divisionCode: CHANGCHUN, from: TURN, note: '全市改了', wordings: upper ? [upper] : [], retiring: upper ? [] : [CODE] })
}

/** What page, API, export, words and guard say of the code in the district on a day; they have to say the same. */
async function saidIn(database: TestDatabase, context: MakeContext, officer: Member, on: Day) {
  const db = database.app
  const [found, page, published, exported, candidates] = await Promise.all([
    findListing(db, { code: CODE, divisionCode: LUYUAN, on }),
    catalogueView(db, { divisionCode: LUYUAN, on, filters: { words: CODE }, limit: 20 }),
    publishCatalogue(context(), { divisionCode: LUYUAN, on, after: null, limit: 1000, marks: '' }),
    standingList(db, LUYUAN, on),
    listCandidates(db, { divisionCode: LUYUAN, on, approvalItem: 'A45' }),
  ])
  const strip = (one: Pick<Listing, 'name' | 'nature' | 'rules' | 'details'> | undefined) => one && { name: one.name, nature: one.nature, rules: one.rules, details: one.details }
  const inApi = published.items.find(({ item }) => item === CODE)
  expect([page.listings.map(strip), strip(inApi), strip(exported.get(CODE)), candidates.some(({ code }) => code === CODE)]).toEqual([found ? [strip(found)] : [], strip(found), strip(found), Boolean(found)])
  const demand = DemandInput.parse({ authority: officer.uscc, approvalItem: 'A45', demanded: { item: CODE }, demandedOn: on, facts: { 'site.areaSquareMetres': 8_000 } })
  const { verdict, reasons, commissioning } = await validate(context(officer, { clock: clockAt('2027-06-01T10:00') }), { demand, say })
  return { found, answer: [verdict, commissioning, ...reasons.map(({ code }) => code)].join(' ') }
}

const FREE = 'allowed may-be-required'
const narrower = { fact: 'site.areaSquareMetres', atLeast: 9_000 } as const
test.for<{ what: string; upper: ListingWording | null; after: string; on?: string; field?: (listing: Listing) => unknown; says?: unknown }>([
  { what: 'retires it', upper: null, after: 'refused may-not-be-required not-in-force-on-date' },
  { what: 'narrows the trigger', upper: worded(CHANGCHUN, { appliesWhen: narrower }), after: 'refused may-not-be-required not-triggered-by-project', field: ({ rules }) => rules.appliesWhen, says: narrower },
  { what: 'records that the basis is repealed', upper: worded(CHANGCHUN, { bases: [{ ...base.rules.bases[0]!, repealedOn: '2027-01-01' }] }), on: FREE, after: 'refused may-not-be-required basis-insufficient', field: ({ rules }) => rules.bases[0]?.repealedOn, says: '2027-01-01' },
  { what: 'has the office pay', upper: worded(CHANGCHUN, { commissioner: 'authority' }), after: 'refused may-not-be-required wrong-commissioner' },
  { what: 'makes it something to be bought', upper: worded(CHANGCHUN, {}, { nature: 'market' }), after: 'refused may-not-be-required voluntary-only' },
  { what: 'lets the applicant write it', upper: worded(CHANGCHUN, { selfPrepare: true }), after: 'refused applicants-choice may-self-prepare' },
  { what: 'takes the approval from it', upper: worded(CHANGCHUN, {}, { approvalItems: ['A60'] }), after: 'refused may-not-be-required not-for-this-approval-item', field: ({ approvalItems }) => approvalItems, says: [] },
  { what: 'cancels the item', upper: worded(CHANGCHUN, { itemCancelledOn: '2027-01-01' }), on: FREE, after: 'refused may-not-be-required item-cancelled' },
  { what: 'merges it', upper: worded(CHANGCHUN, { mergedInto: 'S0601' }), after: 'refused may-not-be-required merged-service' },
  { what: 'calls it a duplicate', upper: worded(CHANGCHUN, { duplicateOf: 'S0601' }), after: 'refused may-not-be-required duplicate-of-listed' },
  { what: 'shortens the time below the district’s', upper: worded(CHANGCHUN, {}, {}, { timeLimit: '5个工作日' }), after: FREE, field: ({ details }) => details.timeLimit, says: '5个工作日' },
  { what: 'shortens the time and stays above the district’s', upper: worded(CHANGCHUN, {}, {}, { timeLimit: '15个工作日' }), after: FREE, field: ({ details }) => details.timeLimit, says: '10个工作日' },
  { what: 'lowers the price', upper: worded(CHANGCHUN, {}, {}, { feeBasis: '每项 800 元' }), after: FREE, field: ({ details }) => details.feeBasis, says: '每项 800 元' },
  { what: 'gives the form away', upper: worded(CHANGCHUN, { freeDownload: 'https://example.org/form' }), after: FREE, field: ({ rules }) => rules.freeDownload, says: 'https://example.org/form' },
  { what: 'makes the result good for longer', upper: worded(CHANGCHUN, { validYears: 5 }), after: FREE, field: ({ rules }) => rules.validYears, says: null },
])('a district keeps no more than its city: the city $what', async ({ upper, after, on = after, field, says }, { database, context }) => {
  const officer = await authority(database.owner, { divisionCode: LUYUAN })
  await aTurn(context, upper)
  const [yesterday, turned, later] = [await saidIn(database, context, officer, DAYS[0]!), await saidIn(database, context, officer, DAYS[1]!), await saidIn(database, context, officer, DAYS[2]!)]
  expect([yesterday.answer, turned.answer, later.answer]).toEqual([FREE, on, after])
  expect(yesterday.found?.details.timeLimit).toBe('10个工作日')
  if (field) expect([field(turned.found!), field(later.found!)]).toEqual([says, says])
})

test('the district’s own version names the one it follows, stands in the ledger, and its regulator hears of it; a district untouched hears nothing', async ({ database, context }) => {
  const make = (member: Member) => context(member, { clock: clockAt(AT) })
  const [mine, other, above] = [await regulator(database.owner, { divisionCode: LUYUAN }), await regulator(database.owner, { divisionCode: '220102' }), await regulator(database.owner, { divisionCode: CHANGCHUN })]
  const { number } = await aTurn(context, worded(CHANGCHUN, { appliesWhen: narrower }))
  const versions = await database.owner('catalogue_versions').where({ division_code: LUYUAN }).orderBy('number').select('number', 'effective_on', 'follows_division', 'follows_number')
  expect(versions).toEqual([{ number: 1, effective_on: '2026-11-20', follows_division: null, follows_number: null }, { number: 2, effective_on: TURN, follows_division: CHANGCHUN, follows_number: number }])
  const told = await database.owner('ledger_entries').where({ division_code: LUYUAN }).whereIn('kind', ['listing.adopted', 'catalogue.version-adopted']).orderBy('recorded_at').select('kind', database.owner.raw(`body::jsonb #> '{facts}' as facts`))
  expect(told.slice(-2)).toMatchObject([{ kind: 'listing.adopted', facts: { from: TURN, version: 2, replaces: 1, follows: `catalogue-220100-${number}` } }, { kind: 'catalogue.version-adopted', facts: { number: 2, adopted: 1, retired: 0, follows: `catalogue-220100-${number}` } }])
  await deliverAll(make(mine))
  const heard = async (member: Member) => (await findMessages(as(make, member), {})).messages.filter(({ kind }) => kind === 'list-followed').map(({ params }) => params)
  expect([await heard(mine), await heard(other), await heard(above)]).toEqual([[{ number: 2, effectiveOn: TURN }], [], []])
})

test('two lists that change at once follow one another: neither is adopted past the other', async ({ database, context }) => {
  const officer = await authority(database.owner, { divisionCode: LUYUAN })
  const system = () => context(SYSTEM, { clock: clockAt(AT) })
  await takeOverList(system(), { divisionCode: CHANGCHUN, from: '2026-11-20', note: '全市清单', wordings: [base] })
  await Promise.all([
    takeOverList(system(), { divisionCode: CHANGCHUN, from: TURN, note: '全市改了', wordings: [worded(CHANGCHUN, { appliesWhen: narrower })] }),
    takeOverList(system(), { divisionCode: LUYUAN, from: '2026-11-25', note: '本区清单', wordings: [worded(LUYUAN, {}, {}, { timeLimit: '10个工作日' })] }),
  ])
  expect((await saidIn(database, context, officer, '2026-12-09')).answer).toBe(FREE)
  expect((await saidIn(database, context, officer, TURN)).answer).toBe('refused may-not-be-required not-triggered-by-project')
})

test('before a proposal is adopted its regulator sees which lower wordings it touches, and that is what adoption makes of them', async ({ database, context }) => {
  const make = (member?: Member, at: string = AT) => context(member, { clock: clockAt(at) })
  const system = context(SYSTEM, { clock: clockAt(AT) })
  await takeOverList(system, { divisionCode: CHANGCHUN, from: '2026-11-20', note: '全市清单', wordings: [base, { ...base, code: 'P0101', name: '另一项方案编制' }] })
  await takeOverList(system, { divisionCode: LUYUAN, from: '2026-11-20', note: '本区清单', wordings: [worded(LUYUAN, {}, {}, { timeLimit: '10个工作日' }), { ...base, code: 'P0101', name: '另一项方案编制', divisionCode: LUYUAN }] })
  const people = await regulators(database)
  const changes = { wordings: [{ code: CODE, items: 'A45', timeLimit: '5个工作日', feeBasis: '每项 900 元' }], retire: ['P0101'] }
  const number = await proposed(make, people, changes)
  const seen = [{
    divisionCode: LUYUAN,
    divisionName: '绿园区',
    entries: [
      { code: CODE, name: base.name, reason: null, kind: 'changed', changes: [{ field: 'timeLimit', before: '10个工作日', after: '5个工作日' }] },
      { code: 'P0101', name: '另一项方案编制', reason: null, kind: 'retired', changes: [] },
    ],
  }]
  expect((await showGoverned(make(people.manager), { number })).below).toEqual(seen)
  expect(await database.owner('catalogue_versions').where({ division_code: LUYUAN })).toHaveLength(1)
  await examined(make, people, number)
  await openComment(make(people.manager), { number })
  await adoptProposal(make(people.manager, '2026-11-30T10:00'), { number, from: '2026-12-01', note: '通过' })
  const stands = async (code: string) => (await findListing(database.app, { code, divisionCode: LUYUAN, on: '2026-12-01' }))?.details.timeLimit
  expect([await stands(CODE), await stands('P0101')]).toEqual(['5个工作日', undefined])
  expect((await showGoverned(make(people.manager, '2026-11-30T11:00'), { number })).below).toEqual([])
})
