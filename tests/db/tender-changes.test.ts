import { expect } from 'vitest'
import { VISITOR, type Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { test, type TestClock, type TestDatabase } from '#tests/support/database.ts'
import { owner, regulator } from '#tests/support/factories.ts'
import { aTender, contextsOf, offering, sequencerOf, withBidders, type Stage } from '#tests/support/tenders.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const REASON = '图纸有更新，须一并考虑。'
const HOUR = 3_600_000
const stateOf = async (database: TestDatabase, { tender }: Stage, clock: TestClock) => statusAt((await findTender(database.owner, { id: tender.id }))!, clock.now)
const datesOf = async (database: TestDatabase, { tender }: Stage) => (await findTender(database.owner, { id: tender.id }))!.publication!
const entriesOf = (database: TestDatabase, { number }: Stage, kind: string) => database.owner('ledger_entries').where({ subject: number, kind }).orderBy('ordinal')
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const corrected = ({ tender: { requirements, deliverables, contact, serviceDays } }: Stage) => ({ requirements, deliverables, contact, serviceDays })

test('a material correction near the close moves the close, keeps both versions and the bids; another does not', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const { closesAt, drawsAfter } = stage.tender.publication
  clock.set(new Date(closesAt.getTime() - HOUR))
  await correctTender(make(stage.owner), { number: stage.number, reason: REASON, ...corrected(stage), contact: '0431-88880000' })
  expect((await datesOf(database, stage)).closesAt).toEqual(closesAt)
  await correctTender(make(stage.owner), { number: stage.number, reason: REASON, ...corrected(stage), contact: '0431-88880000', requirements: '按更新的图纸完成，成果三份。' })
  const moved = await datesOf(database, stage)
  expect(moved.closesAt.getTime() - clock.now.getTime()).toBeGreaterThanOrEqual(3 * 24 * HOUR)
  expect(moved.drawsAfter!.getTime() - moved.closesAt.getTime()).toBe(drawsAfter.getTime() - closesAt.getTime())

  const shown = await showTender({ ...make(stage.owner), actor: VISITOR }, { number: stage.number })
  expect(shown.corrections).toMatchObject([
    { revision: 1, material: false, before: { contact: '' }, after: { contact: '0431-88880000' } },
    { revision: 2, material: true, reason: REASON, before: { requirements: '按规范完成，成果两份。' }, after: { requirements: '按更新的图纸完成，成果三份。' } },
  ])
  expect(shown.extensions).toMatchObject([{ cause: 'correction', fromClosesAt: expect.any(String) }])
  expect(shown.tender.requirements).toBe('按更新的图纸完成，成果三份。')
  // Of the words the ledger has hashes alone, as of the first ones.
  const [, entry] = await entriesOf(database, stage, 'tender.corrected')
  expect(JSON.parse(entry.body).facts).toMatchObject({ revision: 2, material: true, changed: ['requirements'], requirements: { concealed: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect(entry.body).not.toContain('图纸')
  const [extension] = await entriesOf(database, stage, 'tender.extended')
  expect(JSON.parse(extension.body).facts.extension).toMatchObject({ publication: stage.tender.publicationEntry, number: 1, fromClosesAt: closesAt.toISOString(), closesAt: moved.closesAt.toISOString(), drawsAfter: moved.drawsAfter!.toISOString() })
  expect(await database.owner('bids').where({ tender_id: stage.tender.id }).whereNull('replaced_at')).toHaveLength(2)

  clock.set(closesAt)
  expect(await stateOf(database, stage, clock)).toBe('open')
  const late = await offering(database.owner, stage.listing)
  expect(await codeOf(submitBid(make(late), { number: stage.number, contribution: '' }))).toBeNull()
  expect(await listDueSteps(database.owner, clock.now, 100)).not.toContainEqual(expect.objectContaining({ id: stage.tender.id }))
  clock.set(moved.closesAt)
  expect(await listDueSteps(database.owner, clock.now, 100)).toContainEqual(expect.objectContaining({ id: stage.tender.id, step: 'close' }))

  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  clock.set(moved.drawsAfter!)
  await attendTender(make(stage.owner), stage.tender)
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number: stage.number })
  expect('freeze' in bundle && bundle.freeze.facts.draw).toMatchObject({ moved: { closesAt: moved.closesAt.toISOString(), extensions: [extension.id] } })
  expect(verifyBundle(JSON.stringify(bundle), { keys: bundle.ledger!.keys }).faults).toEqual([])
})

test('who may change a tender, and when: refused in words to everybody else', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [bidder] = (await withBidders(database, make, stage, 2)) as [Member, Member]
  const other = await owner(database.owner)
  const { number } = stage
  const by = { n: 1, unit: 'd' as const }
  const acts = (who: Member) => [
    extendTender(make(who), { number, by, reason: REASON }),
    correctTender(make(who), { number, reason: REASON, ...corrected(stage), serviceDays: 12 }),
    cancelTender(make(who), { number, reason: REASON }),
  ].map(codeOf)
  expect(await Promise.all(acts(other))).toEqual(Array(3).fill('life.not-your-tender'))
  for (const who of [bidder, { ...stage.owner, duty: 'delegate' as const }, await regulator(database.owner)]) expect(await Promise.all(acts(who))).toEqual(Array(3).fill('accounts.not-allowed'))
  expect(await codeOf(extendTender(make(stage.owner), { number: 'MD-220100-2026-999999', by, reason: REASON }))).toBe('tenders.no-such-tender')
  expect(await codeOf(extendTender(make(stage.owner), { number, by: { n: 35, unit: 'd' }, reason: REASON }))).toBe('changes.too-far')
  expect(await codeOf(correctTender(make(stage.owner), { number, reason: REASON, ...corrected(stage) }))).toBe('changes.nothing')
  clock.set(new Date(stage.tender.publication.closesAt.getTime() - 1))
  await extendTender(make(stage.owner), { number, by, reason: REASON })
  const { closesAt } = await datesOf(database, stage)
  expect(closesAt.getTime() - stage.tender.publication.closesAt.getTime()).toBeGreaterThanOrEqual(24 * HOUR)
  clock.set(closesAt)
  expect(await codeOf(extendTender(make(stage.owner), { number, by, reason: REASON }))).toBe('tenders.closed')
  expect(await codeOf(correctTender(make(stage.owner), { number, reason: REASON, ...corrected(stage), serviceDays: 12 }))).toBe('tenders.closed')
})

test('nobody moves a published deadline but an extension, and none moves it back', async ({ database, context }) => {
  const stage = await aTender(database, contextsOf(context))
  const { id, publication } = stage.tender
  await expect(database.app('tenders').where({ id }).update({ closes_at: new Date(publication.closesAt.getTime() + HOUR) })).rejects.toThrow(/extension alone/)
  const row = { tender_id: id, ordinal: 1, cause: 'owner', reason: '—', from_closes_at: publication.closesAt, closes_at: new Date(publication.closesAt.getTime() - HOUR), from_draws_after: publication.drawsAfter, draws_after: publication.drawsAfter, extended_at: publication.publishedAt, ledger_entry_id: stage.tender.publicationEntry }
  await expect(database.app('tender_extensions').insert(row)).rejects.toThrow(/check/)
  await expect(database.app('tender_extensions').insert({ ...row, from_closes_at: publication.publishedAt, closes_at: new Date(publication.drawsAfter.getTime() - 1) })).rejects.toThrow(/not in force/)
})

test('cancelled before its value a tender ends at once; after it the draw runs, is published, and nobody is awarded', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const early = await aTender(database, make)
  await withBidders(database, make, early, 2)
  await cancelTender(make(early.owner), { number: early.number, reason: REASON })
  expect(await stateOf(database, early, clock)).toBe('cancelled')
  expect(await codeOf(submitBid(make(await offering(database.owner, early.listing)), { number: early.number, contribution: '' }))).toBe('changes.cancelled')
  expect(await codeOf(cancelTender(make(early.owner), { number: early.number, reason: REASON }))).toBe('changes.cancelled')
  clock.set(early.tender.publication.drawsAfter)
  expect(await attendTender(make(early.owner), early.tender)).toEqual({ steps: [] })

  const late = await aTender(database, make)
  await withBidders(database, make, late, 2)
  clock.set(late.tender.publication.closesAt)
  await attendTender(make(late.owner), late.tender)
  await sequencerOf(database)()
  await cancelTender(make(late.owner), { number: late.number, reason: REASON })
  expect(await stateOf(database, late, clock)).toBe('frozen')
  clock.set(late.tender.publication.drawsAfter)
  await attendTender(make(late.owner), late.tender)
  expect(await stateOf(database, late, clock)).toBe('cancelled')
  const shown = await showTender({ ...make(late.owner), actor: VISITOR }, { number: late.number })
  expect(shown.draw!.order).toHaveLength(2)
  expect(shown).toMatchObject({ awards: [], cancellation: { reason: REASON, afterValue: true } })
  expect(await entriesOf(database, late, 'draw.drawn')).toHaveLength(1)
  expect(await entriesOf(database, late, 'award.made')).toHaveLength(0)
  const [{ settled_at }] = await database.owner('tenders').where({ id: late.tender.id }).select('settled_at')
  expect(settled_at).toEqual(clock.now)
})
