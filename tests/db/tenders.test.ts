import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { SYSTEM, VISITOR } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { showReceipt } from '#app/domain/bids/show-receipt.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { withdrawBid } from '#app/domain/bids/withdraw-bid.server.ts'
import type { Bundle } from '#app/domain/draw/bundle.ts'
import { showBundle } from '#app/domain/draw/show-bundle.server.ts'
import { sha256 } from '#app/domain/ledger/canonical.ts'
import { verifyObject } from '#app/domain/ledger/keyring.ts'
import { discardTender } from '#app/domain/tenders/discard-tender.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { republishTender } from '#app/domain/tenders/republish-tender.server.ts'
import { findTender } from '#db/repositories/tenders.ts'
import { test } from '#tests/support/database.ts'
import { agency, owner, project } from '#tests/support/factories.ts'
import { verifyAtOnce } from '../../bin/verify/at-once.ts'
import { readReceipt } from '#tests/support/receipt.ts'
import { aTender, contextsOf, setPeriods, KEYRING, offering, sequencerOf, withBidders } from '#tests/support/tenders.ts'

/** Runs the independent verifier as anybody would: its own process, a file, an exit code. */
async function verifierSays(bundle: object): Promise<{ code: number; output: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundle-'))
  writeFileSync(path.join(folder, 'bundle.json'), JSON.stringify(bundle))
  const run = spawnSync(process.execPath, ['bin/verify.ts', path.join(folder, 'bundle.json')], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return { code: run.status!, output: run.stdout + run.stderr }
}

const DEFAULTS = { application: { n: 3, unit: 'wd' }, drawDelay: { n: 1, unit: 'h' } } as const

test('a tender is published with a number, its dates, its rules and a commitment in the ledger', async ({ database, context }) => {
  await setPeriods(database.owner, DEFAULTS)
  const { tender, number } = await aTender(database, contextsOf(context))
  expect(number).toMatch(/^MD-220100-2026-\d{6}$/)
  expect(tender.publication.procedure).toMatchObject({ method: 'random', minimumBidders: 2, application: { n: 3, unit: 'wd' }, randomness: { source: 'local' } })
  // Friday morning and three working days: Wednesday ends at midnight in Beijing.
  expect(tender.publication.closesAt.toISOString()).toBe('2026-11-25T16:00:00.000Z')
  const entry = await database.owner('ledger_entries').where({ id: tender.publicationEntry }).first()
  const { facts } = JSON.parse(entry.body)
  expect(facts.draw).toMatchObject({ source: 'local', number: 1, commitment: tender.publication.drawCommitment })
  expect(entry.body).not.toContain('成果两份')
})

test('a delegate may draft and may not publish; a stranger is told that there is no such draft', async ({ database, context }) => {
  const make = contextsOf(context)
  const { owner: member, listing } = await aTender(database, make)
  const { code } = await project(database.owner, member)
  const draft = await draftTender(make({ ...member, duty: 'delegate' }), { projectCode: code, listingCode: listing.code, method: 'random', title: '委托人起草', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1 })
  await expect(publishTender(make({ ...member, duty: 'delegate' }), { id: draft.id })).rejects.toMatchObject({ kind: 'forbidden' })
  const stranger = await owner(database.owner)
  for (const verb of [publishTender, discardTender, republishTender]) {
    await expect(verb(make(stranger), { id: draft.id })).rejects.toMatchObject({ kind: 'missing', code: 'tenders.no-such-tender' })
    await expect(verb(make(stranger), { id: 'not-an-id' })).rejects.toMatchObject({ kind: 'missing' })
    await expect(verb({ ...make(stranger), actor: VISITOR }, { id: draft.id })).rejects.toMatchObject({ kind: 'unauthenticated' })
  }
  await discardTender(make(member), { id: draft.id })
  await expect(publishTender(make(member), { id: draft.id })).rejects.toMatchObject({ code: 'tenders.not-a-draft' })
})

test('a reworded or retired service stops the publication of an older draft', async ({ database, context }) => {
  const make = contextsOf(context)
  const { owner: member, listing, tender } = await aTender(database, make)
  const draft = await draftTender(make(member), { projectCode: tender.projectCode, listingCode: listing.code, method: 'random', title: '列入之后又退出', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 1 })
  await database.owner('listings').where({ id: listing.id }).update({ in_force_until: '2026-11-20' })
  await expect(publishTender(make(member), { id: draft.id })).rejects.toMatchObject({ code: 'guard.not-listed-today' })
  expect((await findTender(database.owner, { id: draft.id }))!.publication).toBeNull()
})

test('a large purchase is not drawn from a source that the platform could influence, unless it is a demo', async ({ database, context }) => {
  const make = contextsOf(context)
  const { owner: member, listing, tender } = await aTender(database, make)
  const draft = await draftTender(make(member), { projectCode: tender.projectCode, listingCode: listing.code, method: 'random', title: '数额较大的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 200_000_01 })
  const wasDemo = (await database.owner('marketplaces').where({ division_code: '220100' }).first('demo'))?.demo
  await database.owner('marketplaces').where({ division_code: '220100' }).update({ demo: false })
  await expect(publishTender(make(member), { id: draft.id })).rejects.toMatchObject({ code: 'tenders.source-too-weak' })
  if (wasDemo === undefined) await database.owner('marketplaces').insert({ division_code: '220100', opened_on: '2016-07-01', demo: true })
  else await database.owner('marketplaces').where({ division_code: '220100' }).update({ demo: true })
  expect((await publishTender(make(member), { id: draft.id })).publication).not.toBeNull()
})

test('an agency bids, replaces, withdraws, and holds a receipt that proves it offline', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [member] = await withBidders(database, make, stage, 1)
  const second = await submitBid(make(member!), { number: stage.number, contribution: '' })
  const standing = await database.owner('bids').where({ tender_id: stage.tender.id }).whereNull('replaced_at').whereNull('withdrawn_at')
  expect(standing.map(({ id }) => id)).toEqual([second.id])
  const text = () => showReceipt(make(member!), { id: second.id })
  const receipt = readReceipt(await text())
  expect(await text()).not.toContain('PROOF')
  await sequencerOf(database)()
  expect(readReceipt(await text())).toEqual(receipt)
  expect(verifyAtOnce({ receipt: await text() })).toMatchObject({ faults: [], proof: { ledger: { leafHash: receipt.leafHash } } })
  expect(verifyAtOnce({ receipt: (await text()).replace('"index": ', '"index": 1') }).faults.map(({ field }) => field)).toEqual(['/ledger/index'])
  expect(verifyObject(KEYRING, 'decision', 'receipt', receipt)).toBe(true)
  expect(sha256(receipt.body).toString('hex')).toBe(receipt.bidHash)
  expect(verifyObject(KEYRING, 'decision', 'receipt', Object.assign({ ...receipt }, { receivedAt: '2026-11-20T01:00:00.000Z' }))).toBe(false)
  const entry = await database.owner('ledger_entries').where({ subject: second.id }).first()
  expect(entry.body).not.toContain(stage.number)
  expect(entry.body).not.toContain(member!.uscc)
  await withdrawBid(make(member!), { number: stage.number })
  await expect(withdrawBid(make(member!), { number: stage.number })).rejects.toMatchObject({ code: 'tenders.no-standing-bid' })
  const stranger = await agency(database.owner)
  await expect(showReceipt(make(stranger), { id: second.id })).rejects.toMatchObject({ kind: 'missing' })
})

test('whoever is not eligible is told why, and an unknown tender is missing', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const idle = await agency(database.owner)
  await expect(submitBid(make(idle), { number: stage.number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-not-offered' })
  const neighbour = await offering(database.owner, stage.listing)
  await database.owner('organisations').whereIn('id', [neighbour.organisationId, stage.owner.organisationId]).update({ phone: '0431-5550000' })
  await expect(submitBid(make(neighbour), { number: stage.number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-same-phone' })
  await expect(submitBid(make(idle), { number: 'MD-220100-2026-999999', contribution: '' })).rejects.toMatchObject({ kind: 'missing' })
  await expect(submitBid(make(stage.owner), { number: stage.number, contribution: '' })).rejects.toMatchObject({ kind: 'forbidden' })
})

test('a bid is late by a millisecond', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const [first, second] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  clock.set(new Date(stage.tender.publication.closesAt.getTime() - 1))
  await submitBid(make(first), { number: stage.number, contribution: '' })
  clock.advance(1)
  await expect(submitBid(make(second), { number: stage.number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.closed' })
  await expect(withdrawBid(make(first), { number: stage.number })).rejects.toMatchObject({ code: 'tenders.closed' })
})

test('a bid that waited for the lock over the deadline is refused', async ({ database, context }) => {
  await setPeriods(database.owner, { application: { n: 1, unit: 's' }, drawDelay: { n: 1, unit: 's' } })
  const make = contextsOf(context, { real: true })
  const stage = await aTender(database, make)
  const member = await offering(database.owner, stage.listing)
  const late = await database.owner.transaction(async (holder) => {
    await holder('tenders').where({ id: stage.tender.id }).forUpdate()
    const bid = submitBid(make(member), { number: stage.number, contribution: '' }).catch((error: unknown) => error)
    await sleep(Math.max(0, stage.tender.publication.closesAt.getTime() - Date.now()) + 50)
    return { bid }
  })
  expect(await late.bid).toMatchObject({ code: 'tenders.closed' })
  expect(await database.owner('bids').where({ tender_id: stage.tender.id })).toHaveLength(0)
  await setPeriods(database.owner, DEFAULTS)
})

test('parallel bids of one agency leave one that stands', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const member = await offering(database.owner, stage.listing)
  await Promise.all(Array.from({ length: 8 }, (_, bid) => submitBid(make(member), { number: stage.number, contribution: String(bid) })))
  const bids = await database.owner('bids').where({ tender_id: stage.tender.id })
  expect(bids).toHaveLength(8)
  expect(bids.filter((bid) => !bid.replaced_at)).toHaveLength(1)
})

test('an agency bids as often as the published rules say, also in parallel, and can still take its bid back', async ({ database, context }) => {
  const make = contextsOf(context)
  await database.owner('policy_parameters').insert({ division_code: '220100', name: 'bidsPerAgency', value: '3', source: 'test', from_on: '2026-01-01' })
  const stage = await aTender(database, make)
  await database.owner('policy_parameters').where({ name: 'bidsPerAgency' }).delete()
  expect(stage.tender.publication.procedure.bidsPerAgency).toBe(3)
  const [member, other] = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  const bid = (who = member) => submitBid(make(who), { number: stage.number, contribution: '' })
  await bid()
  await withdrawBid(make(member), { number: stage.number })
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => bid()))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  await expect(bid()).rejects.toMatchObject({ kind: 'conflict', code: 'tenders.too-many-bids', params: { limit: 3 } })
  expect(await database.owner('bids').where({ tender_id: stage.tender.id })).toHaveLength(3)
  await withdrawBid(make(member), { number: stage.number })
  await expect(bid()).rejects.toMatchObject({ code: 'tenders.too-many-bids' })
  await bid(other)
})

test('a tender published before bids were counted lets an agency bid twenty times', async ({ database, context }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await database.owner('tenders').where({ id: stage.tender.id }).update({ procedure: database.owner.raw(`procedure - 'bidsPerAgency'`) })
  expect((await findTender(database.owner, { id: stage.tender.id }))!.publication!.procedure).toEqual({ ...stage.tender.publication.procedure, bidsPerAgency: 20 })
})

test('twenty parallel closings make one closing, one entry, one event', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 3)
  clock.set(stage.tender.publication.closesAt)
  const closed = await Promise.all(Array.from({ length: 20 }, () => closeTender({ ...make(stage.owner), actor: SYSTEM }, { id: stage.tender.id })))
  expect(new Set(closed.map((tender) => tender.closing!.eligible))).toEqual(new Set([3]))
  expect(await database.owner('tender_closings').where({ tender_id: stage.tender.id })).toHaveLength(1)
  expect(await database.owner('ledger_entries').where({ subject: stage.number, kind: 'tender.closed' })).toHaveLength(1)
  expect(await database.owner('outbox').where({ subject: stage.number, type: 'marketplace.tender.closed.v1' })).toHaveLength(1)
})

test('with too few bidders a tender fails by itself, says so, and can be published again', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 1)
  clock.set(stage.tender.publication.closesAt)
  expect(await attendTender(make(stage.owner), { id: stage.tender.id })).toEqual({ steps: ['close'] })
  const failed = (await findTender(database.owner, { id: stage.tender.id }))!
  expect(failed.closing).toMatchObject({ outcome: 'too-few-bidders', eligible: 1 })
  expect(await database.owner('ledger_entries').where({ subject: stage.number, kind: 'tender.failed' })).toHaveLength(1)
  const again = await publishTender(make(stage.owner), { id: (await republishTender(make(stage.owner), { id: failed.id })).id })
  const { facts } = JSON.parse((await database.owner('ledger_entries').where({ id: again.publicationEntry }).first()).body)
  expect(facts).toMatchObject({ republishes: stage.number, draw: { number: 2, first: { tender: stage.number, entry: stage.tender.publicationEntry } } })
  await expect(republishTender(make(stage.owner), { id: again.id })).rejects.toMatchObject({ code: 'tenders.not-failed' })
})

test('freeze, draw and award happen once, in this order, and never before their time', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const sequence = sequencerOf(database)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 4)
  await withdrawBid(make(members[3]!), { number: stage.number })
  const attend = () => attendTender(make(stage.owner), { id: stage.tender.id })

  clock.set(stage.tender.publication.closesAt)
  expect(await attend()).toEqual({ steps: ['close', 'freeze'] })
  await sequence()
  expect(await attend()).toEqual({ steps: [] })
  const pool = await database.owner('draw_pools').where({ tender_id: stage.tender.id }).first()
  expect(pool.leaves).toHaveLength(4)
  expect(pool.leaves.filter(({ standing }: { standing: string }) => standing === 'eligible')).toHaveLength(3)
  expect(pool.leaves.find(({ reasons }: { reasons: string[] }) => reasons.includes('withdrawn'))).toMatchObject({ label: null })

  clock.set(stage.tender.publication.drawsAfter)
  await Promise.all(Array.from({ length: 10 }, attend))
  expect((await findTender(database.owner, { id: stage.tender.id }))!.awardedAt).not.toBeNull()
  for (const kind of ['tender.published', 'tender.closed', 'pool.frozen', 'draw.drawn', 'award.made']) {
    expect(await database.owner('ledger_entries').where({ subject: stage.number, kind }), kind).toHaveLength(1)
  }
  const order = await database.owner('draw_positions').where({ tender_id: stage.tender.id }).orderBy('place')
  expect(order.map(({ place }) => place)).toEqual([1, 2, 3])
  expect(await database.owner('awards').where({ tender_id: stage.tender.id }).first()).toMatchObject({ bid_id: order[0].bid_id, place: 1 })

  expect((await showBundle(make(stage.owner), { number: stage.number })).ledger).toBeNull()
  await sequence()
  const bundle = await showBundle(make(stage.owner), { number: stage.number })
  expect(bundle.ledger).not.toBeNull()
  expect(await verifierSays(bundle)).toMatchObject({ code: 0 })
  const flipped = { ...bundle, secret: (bundle as Bundle).secret.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
  expect(await verifierSays(flipped)).toMatchObject({ code: 1, output: expect.stringContaining('secret') })
})

test('the draw waits until a signed checkpoint covers the frozen pool', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 2)
  clock.set(new Date(stage.tender.publication.drawsAfter.getTime() + 1))
  expect(await attendTender(make(stage.owner), { id: stage.tender.id })).toEqual({ steps: ['close', 'freeze'] })
  expect(await attendTender(make(stage.owner), { id: stage.tender.id })).toEqual({ steps: [] })
  await sequencerOf(database)()
  expect(await attendTender(make(stage.owner), { id: stage.tender.id })).toEqual({ steps: ['draw'] })
})

test('a winner who is not eligible any more gives way to the reserve order, and the reason is public', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  await withBidders(database, make, stage, 3)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  // Two of three end their agreement between the freeze and the draw, whoever the draw will favour.
  const bids = await database.owner('bids').where({ tender_id: stage.tender.id }).orderBy('ordinal')
  await database.owner('agencies').whereIn('organisation_id', [bids[0].agency_id, bids[1].agency_id]).update({ expelled_at: clock.now })
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  const award = await database.owner('awards').where({ tender_id: stage.tender.id }).first()
  expect(award.bid_id).toBe(bids[2].id)
  const order = await database.owner('draw_positions').where({ tender_id: stage.tender.id }).orderBy('place')
  expect(order).toHaveLength(3)
  const entry = await database.owner('ledger_entries').where({ subject: stage.number, kind: 'award.made' }).first()
  expect(JSON.parse(entry.body).facts).toMatchObject({ place: award.place, passedOver: award.place - 1 })
})

test('when nobody in the order is eligible any more the tender fails', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  const stage = await aTender(database, make)
  const members = await withBidders(database, make, stage, 2)
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  await database.owner('agencies').whereIn('organisation_id', members.map(({ organisationId }) => organisationId)).update({ expelled_at: clock.now })
  clock.set(stage.tender.publication.drawsAfter)
  expect(await attendTender(make(stage.owner), { id: stage.tender.id })).toEqual({ steps: ['draw'] })
  expect(await database.owner('awards').where({ tender_id: stage.tender.id })).toHaveLength(0)
  expect(await database.owner('ledger_entries').where({ subject: stage.number, kind: 'tender.failed' })).toHaveLength(1)
})
