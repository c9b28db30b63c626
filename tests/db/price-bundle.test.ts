import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { Quote } from '#app/domain/bids/offer.ts'
import { submitSealedBid, sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { sealRaw } from '#tests/support/sealed-raw.ts'
import { aTender, contextsOf, offering, sequencerOf, setPeriods, type Stage } from '#tests/support/tenders.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' } } as const
const money = (fen: number): Quote => ({ kind: 'money', fen })

/** A bid with anything under its seal, past the door. */
async function sendRaw(context: TestContext, { number, tender }: Stage, member: Member, raw: string): Promise<void> {
  const { sealing, procedure } = tender.publication
  const bid = randomUUID()
  const envelope = await sealRaw(raw, { tender: number, rules: procedure.rules, bid, uscc: member.uscc!, holder: sealing!.holders[0]! })
  await submitSealedBid(context, { number, bid, envelope })
}

/** From the deadline to the award, with the log's checkpoints in between. */
async function decide(database: TestDatabase, context: TestContext, clock: { set: (at: Date) => void }, { tender }: Stage): Promise<void> {
  const sequence = sequencerOf(database)
  clock.set(tender.publication.closesAt)
  await attendTender(context, tender)
  await sequence()
  await attendTender(context, tender)
  await sequence()
  const { decides_after } = (await database.owner('tender_openings').where({ tender_id: tender.id }).first('decides_after')) as { decides_after: Date }
  clock.set(decides_after)
  await attendTender(context, tender)
}

async function entryOf(database: TestDatabase, subject: string, kind: string): Promise<string> {
  return ((await database.owner('ledger_entries').where({ subject, kind }).first('id')) as { id: string }).id
}

test('a selection by price from the database verifies with the independent program, and so does its award', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { ...PERIODS, lowQuoteExplanation: { n: 40, unit: 's' } })
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const own = make(stage.owner)
  for (const fen of [40_123_45, 10_000_00, 30_777_11, 30_777_11]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number: stage.number, quote: money(fen), contribution: '' })
  const stranger = await offering(database.owner, stage.listing)
  await sendRaw(make(stranger), stage, stranger, '{"__proto__":1}')
  const changed = await offering(database.owner, stage.listing)
  for (const fen of [1_00, 49_999_99]) await sealBidAtDoor(make(changed), { number: stage.number, quote: money(fen), contribution: '运气' })
  await decide(database, own, clock, stage)

  const waiting = await showBundle(own, { number: stage.number })
  expect([waiting.ledger, waiting.method]).toEqual([null, 'lowest-price'])
  await sequencerOf(database)()
  const bundle = JSON.stringify(await showBundle(own, { number: stage.number }))
  const award = await findEntryProof(own, { id: await entryOf(database, stage.number, 'award.made') })
  const { faults, passed } = verifyAtOnce({ bundle, award })
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain('5 of 6 valid')
  // The price that was replaced stays sealed for ever.
  expect(bundle).not.toContain('"fen"')
})

test('where low prices have working days to be explained, the earliest end is checked, and the mean is ranked again', async ({ database, context, clock }) => {
  await setPeriods(database.owner, { ...PERIODS, lowQuoteExplanation: { n: 2, unit: 'wd' } })
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'average-price' })
  for (const fen of [10_000_00, 33_000_00, 35_000_00, 47_000_00]) await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number: stage.number, quote: money(fen), contribution: '' })
  await decide(database, make(stage.owner), clock, stage)
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number: stage.number })
  expect(verifyBundle(JSON.stringify(bundle)).faults).toEqual([])
  expect('order' in bundle.steps && bundle.steps.order.map((place) => 'value' in place && place.value)).toEqual([10_000_00, 33_000_00, 35_000_00, 47_000_00])
})

test('that too few prices are valid is proved by what was opened', async ({ database, context, clock }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  await sealBidAtDoor(make(await offering(database.owner, stage.listing)), { number: stage.number, quote: money(40_000_00), contribution: '' })
  for (const raw of ['12', '{"__proto__":1}']) {
    const stranger = await offering(database.owner, stage.listing)
    await sendRaw(make(stranger), stage, stranger, raw)
  }
  const sequence = sequencerOf(database)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  await sequence()
  await attendTender(make(stage.owner), stage.tender)
  expect((await showBundle(make(stage.owner), { number: stage.number })).ledger).toBeNull()
  await sequence()
  const { faults, passed } = verifyBundle(JSON.stringify(await showBundle(make(stage.owner), { number: stage.number })))
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain('1 of 3 valid')
})

test('an offer that is too long, or whose bytes are spelled in a second way, does not pass the door', async ({ database, context }) => {
  await setPeriods(database.owner, PERIODS)
  const make = contextsOf(context)
  const stage = await aTender(database, make, { method: 'lowest-price' })
  const member = await offering(database.owner, stage.listing)
  const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))
  expect(await codeOf(sendRaw(make(member), stage, member, '['.repeat(4_000)))).toBe('sealing.too-long')
  const { sealing, procedure } = stage.tender.publication
  const bid = randomUUID()
  const envelope = await sealRaw('12', { tender: stage.number, rules: procedure.rules, bid, uscc: member.uscc!, holder: sealing!.holders[0]! })
  // 32 bytes leave two bits over in Base64, and a lenient reader does not look at them.
  const second = envelope.replace(/([A-Za-z0-9+/])=",/, (_, sign: string) => `${String.fromCharCode(sign.charCodeAt(0) + 1)}=",`)
  expect(second).not.toBe(envelope)
  expect(await codeOf(submitSealedBid(make(member), { number: stage.number, bid, envelope: second }))).toBe('sealing.malformed')
})
