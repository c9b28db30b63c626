import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { headlineOf } from '#app/domain/catalogue/demandability.ts'
import { isInForce, type Listing } from '#app/domain/catalogue/listing.ts'
import { findEdition, publishCatalogue } from '#app/domain/catalogue/publish-catalogue.server.ts'
import { showCatalogue } from '#app/domain/catalogue/show-catalogue.server.ts'
import { showListing } from '#app/domain/catalogue/show-listing.server.ts'
import { takeOverList } from '#app/domain/catalogue/take-over-list.server.ts'
import { WordingForm, wordingOf } from '#app/domain/catalogue/wording-form.ts'
import { addDays } from '#app/domain/calendar.ts'
import { findListing, listListings, listWordings, lockListing } from '#db/repositories/listings.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { isWorkday } from '#app/domain/calendar.ts'
import { CHANGCHUN, owner, regulator } from '#tests/support/factories.ts'
import { queriesOf } from '#tests/support/queries.ts'
import { test } from '#tests/support/database.ts'

const TODAY = '2026-11-22'
const LUYUAN = '220106'

const wording = (given: Record<string, string>) =>
  wordingOf(WordingForm.parse({ name: '树木移植方案编制', nature: 'statutory', bases: '行政法规｜城市绿化条例｜第二十条', items: 'A45', from: '2026-12-01', note: '依据已经核对', ...given }), { divisionCode: CHANGCHUN, stages: ['construction'], before: null })

const takeOver = (by: Context, { from = '2026-12-01', wordings = [], retiring = [] }: { from?: string; wordings?: ReturnType<typeof wording>[]; retiring?: string[] }) => takeOverList(by, { divisionCode: CHANGCHUN, from, note: '承接既有清单', wordings, retiring })

const refused = (work: Promise<unknown>) => work.then(() => null, (error: { code: string; kind: string }) => `${error.kind} ${error.code}`)

test('a district asks its city: what the city lists holds in Lüyuan too', async ({ db }) => {
  const listing = await findListing(db, { code: 'R01', divisionCode: LUYUAN, on: TODAY })
  expect(listing).toMatchObject({ name: '项目申请报告编制', divisionCode: CHANGCHUN, nature: 'statutory' })
  expect(await findListing(db, { code: 'R01', divisionCode: '220200', on: TODAY })).toBeUndefined()
})

test('the list is read as it stood on any day: what was repealed is there in 2017 and gone today', async ({ context }) => {
  const codes = async (on?: string) => (await showCatalogue(context(), { on, filters: {} })).listings.map(({ code }) => code)
  expect(await codes('2016-06-30')).toEqual([])
  expect(await codes('2017-01-01')).toEqual(['R06', 'R11', 'R22', 'R43'])
  expect(await codes('2022-12-31')).toEqual(['R06', 'R11', 'R22', 'R43'])
  expect(await codes('2023-01-01')).not.toContain('R06')
  const shown = await showListing(context(), { code: 'R06', on: TODAY })
  expect(shown.headline).toBe('not-in-force')
})

test('a screen of the list is one query beside the clock and the place', async ({ db, context }) => {
  const sent = await queriesOf(db, () => showCatalogue(context(), { filters: { words: '环评', stage: 'land-and-planning' } }))
  expect(sent.filter((sql) => /listings/.test(sql))).toHaveLength(1)
  expect(sent.length).toBeLessThanOrEqual(3)
})

test('a page of a listed service is one query beside the clock and the place', async ({ db, context }) => {
  const sent = await queriesOf(db, () => showListing(context(), { code: 'S0601' }))
  expect(sent.filter((sql) => /listings/.test(sql))).toHaveLength(1)
})

test('every page of the list together is the whole list, each service once', async ({ context }) => {
  const seen: string[] = []
  let after: string | undefined
  for (let pages = 0; pages < 20; pages++) {
    const { listings, next, total } = await showCatalogue(context(), { on: TODAY, filters: {}, after })
    seen.push(...listings.map(({ code }) => code))
    if (next === null) {
      expect(seen).toHaveLength(total)
      break
    }
    after = next
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(45 + 80)
})

test('what a filter says it would find is what it finds', async ({ context }) => {
  const { counts } = await showCatalogue(context(), { on: TODAY, filters: { stage: 'land-and-planning' } })
  const found = async (filters: Record<string, string>) => (await showCatalogue(context(), { on: TODAY, filters: { stage: 'land-and-planning', ...filters } })).total
  expect(await found({ nature: 'statutory' })).toBe(counts.nature.statutory)
  expect(await found({ category: '07' })).toBe(counts.category['07'])
  expect(await found({ authority: '水利局' })).toBe(counts.authority['水利局'])
})

test('a short form, a code, pinyin initials and an odd sign all find what they mean and nothing breaks', async ({ db }) => {
  const found = async (words: string) => (await listListings(db, { divisionCode: CHANGCHUN, on: TODAY, filters: { words }, limit: 50 })).map(({ code }) => code)
  expect(await found('环评书')).toEqual(['S0601'])
  expect(await found('r04')).toEqual(['R04'])
  expect(await found('eia')).toEqual([])
  expect(await found('dzzh')).toContain('S0801')
  expect(await found('%')).toEqual([])
  expect(await found(`'; drop table listings --`)).toEqual([])
})

test('in force in SQL is in force in the noun, on every day around a change', async ({ db }) => {
  const wordings: Listing[] = (await Promise.all(['R01', 'R06', 'R43', 'S0601'].map((code) => listWordings(db, { code, divisionCode: CHANGCHUN })))).flat()
  const days = new Set(wordings.flatMap(({ inForceFrom, inForceUntil }) => [inForceFrom, inForceUntil].flatMap((day) => (day ? [addDays(day, -1), day, addDays(day, 1)] : []))))
  for (const on of days) {
    for (const code of ['R01', 'R06', 'R43', 'S0601']) {
      const found = await findListing(db, { code, divisionCode: CHANGCHUN, on })
      expect(found?.id).toBe(wordings.find((one) => one.code === code && isInForce(one, on))?.id)
    }
  }
})

test('the house takes over a list from a day, and from that day on it may be demanded', async ({ database, db, context }) => {
  const version = await takeOver(context(SYSTEM), { wordings: [wording({ code: 'C0001' })] })
  expect(await findListing(db, { code: 'C0001', divisionCode: CHANGCHUN, on: '2026-11-30' })).toBeUndefined()
  const listing = await findListing(db, { code: 'C0001', divisionCode: CHANGCHUN, on: '2026-12-01' })
  expect(headlineOf(listing!, '2026-12-01')).toBe('may-be-demanded')
  expect(listing).toMatchObject({ sinceVersion: version.number, stages: ['construction'] })
  const entries = await database.owner('ledger_entries').where({ subject: 'C0001' }).select('kind', 'payload_hash')
  expect(entries).toMatchObject([{ kind: 'listing.adopted' }])
  expect(entries[0].payload_hash).not.toBeNull()
})

test('a new wording ends the old one, and both can be read for ever', async ({ db, context }) => {
  const by = context(SYSTEM)
  await takeOver(by, { wordings: [wording({ code: 'C0002' })] })
  await takeOver(by, { from: '2026-12-11', wordings: [wording({ code: 'C0002', name: '树木移植和砍伐方案编制' })] })
  const name = async (on: string) => (await findListing(db, { code: 'C0002', divisionCode: CHANGCHUN, on }))?.name
  expect([await name('2026-12-10'), await name('2026-12-11')]).toEqual(['树木移植方案编制', '树木移植和砍伐方案编制'])
})

test('a retired service is gone from the day and not before', async ({ database, db, context }) => {
  const by = context(SYSTEM)
  await takeOver(by, { wordings: [wording({ code: 'C0003' })] })
  await takeOver(by, { from: '2027-01-01', retiring: ['C0003'] })
  expect(await findListing(db, { code: 'C0003', divisionCode: CHANGCHUN, on: '2026-12-31' })).toBeDefined()
  expect(await findListing(db, { code: 'C0003', divisionCode: CHANGCHUN, on: '2027-01-01' })).toBeUndefined()
  expect(await database.owner('ledger_entries').where({ subject: 'C0003' }).orderBy('ordinal').pluck('kind')).toEqual(['listing.adopted', 'listing.retired'])
})

test('nobody who can sign in takes a list over: a regulator’s way is a proposal', async ({ database, context }) => {
  const count = () => database.owner('catalogue_versions').count({ n: '*' }).first()
  const before = await count()
  for (const actor of [undefined, await owner(database.owner), await regulator(database.owner)]) expect(await refused(takeOver(context(actor), { retiring: ['R01'] }))).toBe('forbidden accounts.not-allowed')
  expect(await count()).toEqual(before)
})

test('what cannot be listed is refused with its reason, and nothing is written', async ({ database, context }) => {
  const by = context(SYSTEM)
  const count = () => database.owner('ledger_entries').count({ n: '*' }).first()
  const before = await count()
  expect(await refused(takeOver(by, { wordings: [wording({ code: 'C0005', bases: '部门规章｜某办法｜第一条' })] }))).toBe('invalid catalogue.statutory-needs-basis')
  expect(await refused(takeOver(by, { from: '2020-01-01', wordings: [wording({ code: 'C0005' })] }))).toBe('invalid catalogue.from-the-past')
  expect(await refused(takeOver(by, { retiring: ['C0005'] }))).toBe('conflict catalogue.not-listed')
  expect(await count()).toEqual(before)
})

test('ten who reword one service at once take turns: one wins the day, the numbers have no gap', async ({ db, context }) => {
  const by = context(SYSTEM)
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => refused(takeOver(by, { wordings: [wording({ code: 'C0006', name: `树木移植方案编制之${n}` })] }))))
  expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  expect(answers.filter((answer) => answer === 'conflict catalogue.same-day')).toHaveLength(9)
  const others = await Promise.all(Array.from({ length: 5 }, (_, n) => refused(takeOver(by, { wordings: [wording({ code: `C00${n + 60}` })] }))))
  expect(others).toEqual([null, null, null, null, null])
  const numbers = await db('catalogue_versions').where({ division_code: CHANGCHUN }).orderBy('number').pluck('number')
  expect(numbers).toEqual(numbers.map((_: number, at: number) => at + 1))
})

test('a retirement waits for whoever holds the listing to publish by it', async ({ db, context }) => {
  const by = context(SYSTEM)
  await takeOver(by, { wordings: [wording({ code: 'C0007' })] })
  const order: string[] = []
  const holding = await db.transaction()
  await lockListing(holding, { code: 'C0007', divisionCode: CHANGCHUN, on: '2026-12-05' })
  const retiring = takeOver(by, { from: '2026-12-04', retiring: ['C0007'] }).then(() => order.push('retired'))
  await new Promise((resolve) => setTimeout(resolve, 150))
  order.push('published')
  await holding.commit()
  await retiring
  expect(order).toEqual(['published', 'retired'])
})

test('an unchanged list is recognised without reading a listing, a changed one gets another mark', async ({ db, context }) => {
  const by = context(SYSTEM)
  let edition = await findEdition(by, { division: LUYUAN, on: TODAY, limit: 100 })
  const sent = await queriesOf(db, async () => {
    edition = await findEdition(by, { division: LUYUAN, on: TODAY, limit: 100 })
  })
  expect(sent.filter((sql) => /\blistings\b/.test(sql))).toEqual([])
  await takeOver(by, { wordings: [wording({ code: 'C0008' })] })
  expect((await findEdition(by, { division: LUYUAN, on: TODAY, limit: 100 })).marks).not.toBe(edition.marks)
  expect(await refused(findEdition(by, { division: '999999', limit: 100 }))).toBe('missing catalogue.division-unknown')
})

test('a program reads the same six real entries as demandable as a person does', async ({ context }) => {
  const edition = await findEdition(context(), { on: TODAY, limit: 200 })
  const { items, next, version } = await publishCatalogue(context(), edition)
  expect(items.filter(({ headline, sample }) => headline === 'may-be-demanded' && !sample).map(({ item }) => item)).toEqual(['R05', 'R07'])
  expect(items.filter(({ headline, sample }) => headline === 'document-may-be-demanded' && !sample).map(({ item }) => item)).toEqual(['R01', 'R02', 'R03', 'R04'])
  expect([next, version]).toEqual([null, 2])
})

test('a city says its own policy, and where it is silent the default speaks', async ({ database, db }) => {
  await database.owner('policy_parameters').insert({ division_code: CHANGCHUN, name: 'acceptance', value: JSON.stringify({ n: 5, unit: 'wd' }), source: '长春市示例办法', from_on: '2026-01-01', until_on: '2026-12-01' })
  expect((await policiesOf(db, LUYUAN, TODAY)).acceptance).toEqual({ value: { n: 5, unit: 'wd' }, source: '长春市示例办法', setBy: CHANGCHUN, fromOn: '2026-01-01' })
  expect((await policiesOf(db, LUYUAN, '2026-12-01')).acceptance.source).toBe('default')
})

test('a day that the city gives off is no working day in its district', async ({ database, db }) => {
  await database.owner('calendar_days').insert({ division_code: CHANGCHUN, day: '2026-11-23', working: false, reason: '暴雪' })
  expect(isWorkday('2026-11-23', await calendarOf(db, LUYUAN))).toBe(false)
  expect(isWorkday('2026-11-23', await calendarOf(db, '220200'))).toBe(true)
})

test('the seed may run again: nothing is adopted twice', async ({ database, context }) => {
  const { seedCatalogue } = await import('#db/seeds/catalogue.ts')
  const { keyring } = context()
  const count = () => database.owner('ledger_entries').count({ n: '*' }).first()
  const before = await count()
  await Promise.all([seedCatalogue({ db: database.app, keyring }), seedCatalogue({ db: database.app, keyring })])
  expect(await count()).toEqual(before)
})
