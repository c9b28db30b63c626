import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import type { Quote } from '#app/domain/bids/offer.ts'
import { registerHolderKey } from '#app/domain/bids/register-holder-key.server.ts'
import { releaseShares } from '#app/domain/bids/release-shares.server.ts'
import { listToOpen, showRelease } from '#app/domain/bids/show-release.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { submitPrice } from '#app/domain/bids/submit-price.server.ts'
import { showOwnerDesk } from '#app/domain/desks/show-owner-desk.server.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { cancelTender } from '#app/domain/tenders/cancel-tender.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { showTender } from '#app/domain/tenders/show-tender.server.ts'
import { suspendTender } from '#app/domain/tenders/suspend-tender.server.ts'
import { findTender, listDueSteps } from '#db/repositories/tenders.ts'
import { dueStep } from '#app/domain/tenders/tender.ts'
import { test, type TestContext, type TestDatabase } from '#tests/support/database.ts'
import { CHANGCHUN, owner, project, regulator, unique } from '#tests/support/factories.ts'
import { aListing, contextsOf, offering, sequencerOf, setPeriods } from '#tests/support/tenders.ts'
import { bidInShares, heldTender, keyPair, sharesOf, type HeldStage } from '#tests/support/two-keys.ts'
import { verifyBundle } from '../../bin/verify/at-once.ts'

const PERIODS = { application: { n: 60, unit: 's' }, drawDelay: { n: 30, unit: 's' }, lowQuoteExplanation: { n: 40, unit: 's' }, publicity: { n: 40, unit: 's' }, decline: { n: 20, unit: 's' }, shareRelease: { n: 90, unit: 's' } } as const
const money = (fen: number): Quote => ({ kind: 'money', fen })
const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

/** Bids by these prices, then the deadline, and the checkpoint over the frozen pool. */
async function frozen(database: TestDatabase, make: (member: Member) => TestContext, clock: { set: (at: Date) => void }, fens: readonly number[]): Promise<HeldStage & { bids: string[] }> {
  await setPeriods(database.owner, PERIODS)
  const stage = await heldTender(database, make)
  const bids: string[] = []
  for (const fen of fens) {
    const member = await offering(database.owner, stage.listing)
    bids.push(await bidInShares(make(member), stage, member, money(fen)))
  }
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  expect(await codeOf(releaseShares(make(stage.owner), { number: stage.number, shares: [] }))).toBe('keys.too-early')
  await sequencerOf(database)()
  return { ...stage, bids }
}

test('nobody opens alone: the bids wait for a second holder, open by themselves, and everybody can put the keys together again', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await frozen(database, make, clock, [40_123_45, 31_415_92, 45_000_00])
  const { number, tender, keys, governor } = stage
  const now = async () => (await findTender(database.owner, tender))!
  expect((await attendTender(make(stage.owner), tender)).steps).toEqual([])
  expect([dueStep(await now(), tender.publication.closesAt), (await listDueSteps(database.owner, tender.publication.closesAt, 50)).some(({ id }) => id === tender.id)]).toEqual([null, false])
  expect((await now()).releaseBy).toEqual(new Date(tender.publication.closesAt.getTime() + 90_000))
  expect((await showOwnerDesk(make(stage.owner))).today.map(({ kind }) => kind)).toContain('keys-to-show')
  expect((await showRegulatorDesk(make(governor))).today.map(({ kind }) => kind)).toContain('keys-to-show')
  // Another regulator of the same place holds no key of this tender, and is not offered to show one.
  const readers = [stage.owner, governor, await regulator(database.owner, { divisionCode: CHANGCHUN }), await owner(database.owner)]
  expect(await Promise.all(readers.map(async (reader) => (await showTender(make(reader), { number })).holdsKey))).toEqual([true, true, false, false])
  expect((await listToOpen(make(stage.owner), { number })).map(({ bid, part }) => [bid, part.keys.map(({ holder }) => holder)])).toEqual(stage.bids.map((bid) => [bid, ['owner']]))

  const shares = await sharesOf(database, stage, 'owner', keys.owner)
  expect(shares).toHaveLength(3)
  await releaseShares(make(stage.owner), { number, shares })
  expect(await codeOf(releaseShares(make(stage.owner), { number, shares }))).toBe('keys.released-already')
  expect((await showRelease(make(governor), { number })).holders.map(({ releasedAt }) => releasedAt !== null)).toEqual([true, false, false])
  // The hash alone is in the ledger until the opening.
  const told = JSON.stringify(await database.owner('ledger_entries').where({ subject: number, kind: 'shares.released' }).pluck('body'))
  for (const { share } of shares) expect(told).not.toContain(share)
  expect((await attendTender(make(stage.owner), tender)).steps).toEqual(['open'])
  expect((await now()).opening).toMatchObject({ outcome: 'to-rank', valid: 3, invalid: 0 })
  expect(await codeOf(releaseShares(make(governor), { number, shares }))).toBe('keys.not-waiting')
  expect((await showRelease(make(governor), { number })).state).toBe('opened')

  await sequencerOf(database)()
  clock.set((await now()).opening!.decidesAfter)
  await attendTender(make(stage.owner), tender)
  await sequencerOf(database)()
  const bundle = await showBundle(make(stage.owner), { number })
  const { faults, passed } = verifyBundle(JSON.stringify(bundle))
  expect(faults).toEqual([])
  expect(passed.map(({ value }) => value)).toContain('owner 3/3\nplatform 3/3')
  expect('order' in bundle.steps && (bundle.steps.order[0] as { value?: number }).value).toBe(31_415_92)
})

test('a wrong share names its holder and costs that bid alone; another key, another bid or a stranger shows nothing', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await frozen(database, make, clock, [40_000_00, 41_000_00, 42_000_00])
  const { number, keys, governor, bids } = stage
  const shares = await sharesOf(database, stage, 'regulator', keys.regulator)
  expect(await codeOf(releaseShares(make(governor), { number, shares: await sharesOf(database, stage, 'owner', keys.owner) }))).toBe('keys.nothing-fits')
  expect(await codeOf(releaseShares(make(governor), { number, shares: [] }))).toBe('keys.nothing-fits')
  expect(await codeOf(releaseShares(make(governor), { number, shares: [{ ...shares[0]!, bid: randomUUID() }] }))).toBe('keys.other-bids')
  expect(await codeOf(releaseShares(make(governor), { number, shares: [shares[0]!, shares[0]!] }))).toBe('keys.other-bids')
  expect(await codeOf(releaseShares(make(await owner(database.owner)), { number, shares }))).toBe('keys.not-a-holder')
  expect(await codeOf(listToOpen(make(await owner(database.owner)), { number }))).toBe('keys.not-a-holder')
  const spoilt = shares.map((share) => (share.bid === bids[1] ? { ...share, share: '0'.repeat(66) } : share.bid === bids[2] ? null : share)).filter((share) => share !== null)
  await releaseShares(make(governor), { number, shares: spoilt })
  await attendTender(make(stage.owner), stage.tender)
  const opened = await database.owner('bid_openings').join('bids', 'bids.id', 'bid_openings.bid_id').where({ 'bid_openings.tender_id': stage.tender.id }).orderBy('bids.ordinal').select('bid_openings.outcome', 'reason', 'holders')
  expect(opened).toEqual([{ outcome: 'valid', reason: null, holders: [] }, { outcome: 'invalid', reason: 'share-wrong', holders: ['regulator'] }, { outcome: 'invalid', reason: 'shares-missing', holders: ['owner', 'regulator'] }])
  await sequencerOf(database)()
  // One of two is valid: that it failed is proved with every share that was shown.
  const { faults } = verifyBundle(JSON.stringify(await showBundle(make(stage.owner), { number })))
  expect(faults).toEqual([])
})

test('who is late is the regulator’s to see, may still come, and never while the tender is held or over', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await frozen(database, make, clock, [40_000_00, 41_000_00])
  const { number, keys, governor, tender } = stage
  const leads = async () => (await findLeads(make(governor), { kind: 'keys-late' })).items.filter(({ subject }) => subject === number)
  expect(await leads()).toEqual([])
  clock.set(new Date(tender.publication.closesAt.getTime() + 90_000))
  expect(await leads()).toMatchObject([{ params: { waiting: ['owner', 'regulator'] }, left: { unit: 'late' } }])
  await suspendTender(make(governor), { number, lasting: { n: 1, unit: 'd' }, reason: '收到线索，需要核查。', basis: '政府采购法第五十七条' })
  const shares = await sharesOf(database, stage, 'owner', keys.owner)
  expect(await codeOf(releaseShares(make(stage.owner), { number, shares }))).toBe('changes.suspended')
  expect(await leads()).toEqual([])
  await database.owner('suspension_endings').insert({ tender_id: tender.id, ordinal: 1, ended_at: new Date(tender.publication.closesAt.getTime() + 91_000), reason: '核查完毕', ledger_entry_id: tender.publicationEntry })
  await cancelTender(make(stage.owner), { number, reason: '项目停建，不再采购。' })
  expect(await codeOf(releaseShares(make(stage.owner), { number, shares }))).toBe('keys.not-waiting')
  expect([(await attendTender(make(stage.owner), tender)).steps, (await findTender(database.owner, tender))!.opening, await leads()]).toEqual([[], null, []])
})

test('a price is never taken at the door, a tender without keys is not published, and other methods are refused in the draft', async ({ database, context }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, PERIODS)
  const stage = await heldTender(database, make)
  const member = await offering(database.owner, stage.listing)
  expect(await codeOf(sealBidAtDoor(make(member), { number: stage.number, quote: money(1_00), contribution: '' }))).toBe('keys.browser-needed')
  expect(await codeOf(submitPrice(make(member), { number: stage.number, bid: randomUUID(), price: '12000', envelope: '', contribution: '' }))).toBe('keys.browser-needed')
  const by = await owner(database.owner)
  const { code } = await project(database.owner, by)
  const listing = await aListing(database.owner)
  const draft = (method: 'random' | 'live-auction' | 'average-price') => draftTender(make(by), { projectCode: code, listingCode: listing.code, method, title: unique('公告'), requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00, twoKeys: 'yes' })
  for (const method of ['random', 'live-auction'] as const) expect(await codeOf(draft(method))).toBe('keys.method')
  const { id, twoKeys } = await draft('average-price')
  expect(twoKeys).toBe(true)
  expect(await codeOf(publishTender(make(by), { id }))).toBe('keys.owner-none')
  await registerHolderKey(make(by), keyPair('of the owner'))
  await database.owner('holder_keys').where({ organisation_id: stage.governor.organisationId }).delete()
  expect(await codeOf(publishTender(make(by), { id }))).toBe('keys.regulator-none')
})

test('a key is registered once and by one organisation, a newer one is named by what comes after, and no number passes for a key', async ({ database, context }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, PERIODS)
  const stage = await heldTender(database, make)
  const [first] = stage.tender.publication.sealing!.holders
  expect(first).toEqual({ id: 'owner', publicKey: stage.keys.owner.publicKey })
  const newer = keyPair(`newer ${randomUUID().slice(0, 8)}`)
  const kept = await registerHolderKey(make(stage.owner), newer)
  expect(await registerHolderKey(make(stage.owner), newer)).toEqual(kept)
  for (const member of [stage.owner, stage.governor]) expect(await codeOf(registerHolderKey(make(member), stage.keys.owner))).toBe('keys.known')
  for (const publicKey of ['00'.repeat(32), `01${'00'.repeat(31)}`]) expect(await codeOf(registerHolderKey(make(stage.owner), { publicKey }))).toBe('keys.unusable')
  expect(await database.owner('ledger_entries').where({ kind: 'holder-key.registered', subject: newer.publicKey })).toHaveLength(1)
})
