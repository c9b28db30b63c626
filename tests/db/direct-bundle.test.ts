import { expect } from 'vitest'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declineAward } from '#app/domain/awards/decline-award.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import type { DirectBundle } from '#app/domain/draw/direct-bundle.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findEntryProof } from '#app/domain/ledger/find-entry-proof.server.ts'
import { publishedKeys } from '#app/domain/ledger/published-keys.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { correctTender } from '#app/domain/tenders/correct-tender.server.ts'
import { extendTender } from '#app/domain/tenders/extend-tender.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { published, REASON, scene } from '#tests/support/direct-scene.ts'
import { contextsOf, sequencerOf } from '#tests/support/tenders.ts'
import { verifyAtOnce, verifyBundle } from '../../bin/verify/at-once.ts'

const WORDS = '图纸有更新，须一并考虑。'

test('a direct selection from the database verifies with the independent program, with its award and its receipt, and again once it was declined', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const sequence = sequencerOf(database)
  const told = await scene(database)
  const own = make(told.buyer)
  const { id, publication: { number, closesAt } } = await published(make, told)
  const none = () => expect(showBundle(own, { number })).rejects.toMatchObject({ kind: 'missing', code: 'tenders.not-drawn' })
  await none()
  await submitBid(make(told.named), { number, contribution: '' })
  const bid = await submitBid(make(told.named), { number, contribution: '' })
  await none()
  clock.set(closesAt)
  await attendTender(own, { id })

  const waiting = (await showBundle(own, { number })) as DirectBundle
  expect([waiting.ledger, waiting.method, waiting.winner, waiting.steps.acceptance.facts.bid, waiting.moves]).toEqual([null, 'direct', told.named.uscc, bid.hash.toString('hex'), undefined])
  await sequence()
  const proven = JSON.stringify(await showBundle(own, { number }))
  const award = await findEntryProof(own, { id: waiting.steps.award.id })
  const { faults, passed } = verifyAtOnce({ bundle: proven, award, receipt: bid.receipt, keys: JSON.stringify(publishedKeys(own.keyring)) })
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain(`${told.named.uscc} · ${REASON}`)

  await declineAward(make(told.named), { number, reason: 'no-capacity', words: '人员另有安排。' })
  // What was downloaded before holds still, and says what was so then.
  expect(verifyBundle(proven).faults).toEqual([])
  expect((await showBundle(own, { number })).ledger).toBeNull()
  await sequence()
  const declined = (await showBundle(own, { number })) as DirectBundle
  expect([declined.winner, declined.steps.declined?.facts]).toEqual([null, { agency: told.named.uscc, place: 1, reason: 'no-capacity' }])
  expect(verifyAtOnce({ bundle: JSON.stringify(declined), award }).faults).toEqual([])
})

test('a deadline that moved before the agency accepted, and again after that, is proved step by step', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const own = make(told.buyer)
  const { id, requirements, deliverables, contact, publication: { number, closesAt } } = await published(make, told)
  clock.set(new Date(closesAt.getTime() - 3_600_000))
  await correctTender(own, { number, reason: WORDS, requirements, deliverables, contact, serviceDays: 20 })
  clock.set(new Date(closesAt.getTime() + 1000))
  await submitBid(make(told.named), { number, contribution: '' })
  await extendTender(own, { number, by: { n: 1, unit: 'h' }, reason: WORDS })
  clock.set((await findTender(database.owner, { id }))!.publication!.closesAt)
  await attendTender(own, { id })
  await sequencerOf(database)()
  const bundle = (await showBundle(own, { number })) as DirectBundle
  expect(bundle.moves!.map(({ kind }) => kind)).toEqual(['tender.corrected', 'tender.extended', 'tender.extended'])
  const { moves, steps } = bundle.ledger!
  expect([...moves!.slice(0, 2), steps.acceptance, moves![2]!, steps.closing, steps.award].map(({ index }) => index)).toEqual([...moves!, ...Object.values(steps)].map(({ index }) => index).sort((one, other) => one - other))
  const { faults, passed } = verifyBundle(JSON.stringify(bundle))
  expect([faults, passed.map(({ sentence }) => sentence)]).toEqual([[], expect.arrayContaining([expect.stringMatching(/^The entries that moved the deadline/)])])
})

test('what nobody accepted, took back or cancelled has no bundle, and each is told why', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const told = await scene(database)
  const own = make(told.buyer)
  const [silent, withdrawn, cancelled] = [await published(make, told), await published(make, told), await published(make, told)]
  await submitBid(make(told.named), { number: withdrawn.publication.number, contribution: '' })
  await withdrawBid(make(told.named), { number: withdrawn.publication.number })
  await cancelTender(own, { number: cancelled.publication.number, reason: WORDS })
  clock.set(withdrawn.publication.closesAt)
  for (const { id } of [silent, withdrawn, cancelled]) await attendTender(own, { id })
  const why = (number: string) => showBundle(own, { number }).then(() => 'shown', ({ kind, code }) => [kind, code])
  expect(await Promise.all([silent, withdrawn, cancelled].map(({ publication: { number } }) => why(number)))).toEqual([['missing', 'tenders.failed-undecided'], ['missing', 'tenders.failed-undecided'], ['missing', 'tenders.cancelled-undecided']])
  expect(await why('MD-220100-2026-999999')).toEqual(['missing', 'tenders.no-such-tender'])
  expect(await why('../etc')).toEqual(['missing', 'tenders.no-such-tender'])
})
