import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { SYSTEM, VISITOR } from '#app/domain/accounts/actor.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { approveOutage } from '#app/domain/oversight/approve-outage.server.ts'
import { proposeOutage } from '#app/domain/oversight/propose-outage.server.ts'
import { showAvailability } from '#app/domain/oversight/show-availability.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { SILENCE } from '#app/domain/tenders/outage.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { recordBeat } from '#db/repositories/service-spells.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test, type TestDatabase } from '#tests/support/database.ts'
import { operator } from '#tests/support/factories.ts'
import { served } from '#tests/support/served.ts'
import { aTender, contextsOf, withBidders, type Stage } from '#tests/support/tenders.ts'

const MINUTE = 60_000
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE)
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
const entriesOf = async (database: TestDatabase, { number }: Stage) => (await database.owner('ledger_entries').where({ subject: number }).whereIn('kind', ['tender.extended', 'tender.closed']).orderBy('ordinal')).map(({ kind, body }) => ({ kind, facts: JSON.parse(body).facts }))

test('beats of one process are one spell, until it was silent', async ({ database, clock }) => {
  await served(database, [])
  const process = randomUUID()
  for (const seconds of [0, 3, 6, 9, 9 + SILENCE / 1000 + 1, 30]) await recordBeat(database.app, { process, at: new Date(clock.now.getTime() + seconds * 1000), silence: SILENCE })
  const rows = await database.owner('service_spells').where({ process }).orderBy('began_at')
  expect(rows.map(({ began_at, beat_at }) => (beat_at - began_at) / 1000)).toEqual([9, 10])
})

test('a gap before the deadline moves it for everybody instead of closing, exactly once with twenty at a time', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const { closesAt } = stage.tender.publication
  await served(database, [[after(closesAt, -600), after(closesAt, -60)], [after(closesAt, -40), after(closesAt, 5000)]])
  clock.set(closesAt)
  const close = () => closeTender({ ...make(stage.owner), actor: SYSTEM }, stage.tender)
  await Promise.all(Array.from({ length: 20 }, close))
  const tender = (await findTender(database.owner, { id: stage.tender.id }))!
  expect(tender.closing).toBeNull()
  expect(statusAt(tender, clock.now)).toBe('open')
  const [told, ...others] = await entriesOf(database, stage)
  expect(others).toEqual([])
  expect(told).toMatchObject({ kind: 'tender.extended', facts: { extension: { cause: 'outage', fromClosesAt: closesAt.toISOString(), closesAt: tender.publication!.closesAt.toISOString(), gap: { from: after(closesAt, -60).toISOString(), until: after(closesAt, -40).toISOString() } } } })
  expect(tender.publication!.closesAt > closesAt).toBe(true)

  await served(database, [[after(closesAt, -600), after(closesAt, -60)], [after(closesAt, -40), after(tender.publication!.closesAt, 60)]])
  clock.set(tender.publication!.closesAt)
  await Promise.all(Array.from({ length: 20 }, close))
  expect((await entriesOf(database, stage)).map(({ kind }) => kind)).toEqual(['tender.extended', 'tender.closed'])
})

test('twenty closings while the owner extends end in one of the two, never in both', async ({ database, context }) => {
  const make = contextsOf(context)
  await served(database, [])
  for (let round = 0; round < 3; round++) {
    const stage = await aTender(database, make)
    await withBidders(database, make, stage, 2)
    // At this instant nothing is due yet for who reads the clock first, and all is late for who reads it last.
    let reads = 0
    const flickering = { read: async () => new Date(stage.tender.publication.closesAt.getTime() + (reads++ % 2 === 0 ? 0 : -1)) }
    const as = (actor: typeof SYSTEM | typeof stage.owner) => ({ ...make(stage.owner), actor, clock: flickering })
    const outcomes = await Promise.all([
      ...Array.from({ length: 20 }, () => closeTender(as(SYSTEM), stage.tender).then(({ closing }) => (closing ? 'closed' : 'open'))),
      codeOf(extendTender(as(stage.owner), { number: stage.number, by: { n: 1, unit: 'd' }, reason: '一家机构请求多给一天。' })),
    ])
    const kinds = (await entriesOf(database, stage)).map(({ kind }) => kind)
    expect(kinds, outcomes.join()).toHaveLength(1)
    expect(kinds.includes('tender.extended')).toBe(outcomes.at(-1) === null)
  }
})

test('while nobody serves nothing is decided, and what never was measured is no gap', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  const { closesAt } = stage.tender.publication
  const close = () => closeTender({ ...make(stage.owner), actor: SYSTEM }, stage.tender)
  await served(database, [[after(closesAt, -600), after(closesAt, -30)]])
  clock.set(after(closesAt, 10))
  expect((await close()).closing).toBeNull()
  expect(await entriesOf(database, stage)).toEqual([])
  // A web is back: the whole gap is answered by one extension, which begins now.
  await served(database, [[after(closesAt, -600), after(closesAt, -30)], [after(closesAt, 20), after(closesAt, 30)]])
  clock.set(after(closesAt, 30))
  expect((await close()).publication!.closesAt > clock.now).toBe(true)

  const other = await aTender(database, make)
  await withBidders(database, make, other, 2)
  await served(database, [[after(other.tender.publication.closesAt, -1), after(other.tender.publication.closesAt, 1)]])
  clock.set(other.tender.publication.closesAt)
  expect((await closeTender({ ...make(other.owner), actor: SYSTEM }, other.tender)).closing).not.toBeNull()
})

test('two operators, and never one alone, give the same for an outage that no beat shows', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await served(database, [])
  const [stage, far] = [await aTender(database, make), await aTender(database, make)]
  await extendTender(make(far.owner), { number: far.number, by: { n: 20, unit: 'd' }, reason: '工程量大，多给时间。' })
  const { closesAt } = stage.tender.publication
  const [one, two] = [await operator(database.owner), await operator(database.owner)]
  clock.set(after(closesAt, -30))
  const gap = { from: after(closesAt, -60), until: after(closesAt, -40) }
  const reason = '运营商线路中断，外部无法访问。'
  expect(await codeOf(proposeOutage(make(one), { gap: { ...gap, until: closesAt }, reason }))).toBe('changes.gap-future')
  expect(await codeOf(proposeOutage(make(stage.owner), { gap, reason }))).toBe('accounts.not-allowed')
  const { id } = await proposeOutage(make(one), { gap, reason })
  expect(await entriesOf(database, stage)).toEqual([])
  expect(await codeOf(approveOutage(make(one), { id }))).toBe('changes.same-person')
  await expect(database.app('outage_approvals').insert({ claim_id: id, approved_at: clock.now, approved_by: one.accountId, ledger_entry_id: stage.tender.publicationEntry })).rejects.toThrow(/somebody else/)
  expect(await codeOf(approveOutage(make(two), { id: 'nonsense' }))).toBe('changes.no-such-claim')
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => codeOf(approveOutage(make(two), { id }))))
  expect(outcomes.filter((code) => code === null)).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set([null, 'changes.approved-already']))
  expect(await entriesOf(database, stage)).toMatchObject([{ kind: 'tender.extended', facts: { extension: { cause: 'operator', fromClosesAt: closesAt.toISOString() } } }])
  // One whose last hours were not touched stays as it was.
  expect(await entriesOf(database, far)).toHaveLength(1)
})

test('the public page shows the gaps, what was reported, and nobody’s name', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const one = await operator(database.owner)
  await served(database, [[after(clock.now, -600), after(clock.now, -300)], [after(clock.now, -290), clock.now]])
  await proposeOutage(make(one), { gap: { from: after(clock.now, -20), until: after(clock.now, -10) }, reason: '机房断电，外部无法访问。' })
  const shown = await showAvailability({ ...make(one), actor: VISITOR })
  expect(shown).toMatchObject({ since: after(clock.now, -600), gaps: [{ from: after(clock.now, -300), until: after(clock.now, -290) }], lost: 10 * MINUTE })
  expect(shown.claims).toContainEqual(expect.objectContaining({ reason: '机房断电，外部无法访问。', approvedAt: null, isMine: false }))
  expect(JSON.stringify(shown)).not.toContain(one.accountId)
})
