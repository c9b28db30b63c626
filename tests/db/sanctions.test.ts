import { expect } from 'vitest'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { agreeToSanction } from '#app/domain/agencies/agree-to-sanction.server.ts'
import { findSanctions } from '#app/domain/agencies/find-sanctions.server.ts'
import { liftSanction } from '#app/domain/agencies/lift-sanction.server.ts'
import { recordSanction } from '#app/domain/agencies/record-sanction.server.ts'
import type { SanctionFields } from '#app/domain/agencies/sanction.ts'
import { showAgency } from '#app/domain/agencies/show-agency.server.ts'
import { showMyAgency } from '#app/domain/agencies/show-my-agency.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { askEligibility } from '#app/domain/bids/ask-eligibility.server.ts'
import { closeTender } from '#app/domain/bids/close-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { findLeads } from '#app/domain/oversight/find-leads.server.ts'
import { showRegulatorDesk } from '#app/domain/oversight/show-regulator-desk.server.ts'
import { findVerdicts } from '#db/repositories/tender-closings.ts'
import { testApart as test } from '#tests/support/database.ts'
import * as make from '#tests/support/factories.ts'
import { as, deliverAll, kindsOf } from '#tests/support/inbox.ts'
import { aTender, contextsOf, offering, sequencerOf, withBidders } from '#tests/support/tenders.ts'

const refused = (code: string) => expect.objectContaining({ refusal: true, code })
const DAY = 86_400_000
const later = (at: Date, days: number) => dayOf(new Date(at.getTime() + days * DAY))

function decision(at: Date, uscc: string | null, change: Partial<SanctionFields> = {}): SanctionFields {
  return { uscc: uscc!, kind: 'administrative-penalty', number: '吉建罚字〔2026〕22 号', authority: '吉林省住房和城乡建设厅', reason: '出具虚假检测报告。', fromOn: later(at, 0), untilOn: later(at, 30), finalOn: later(at, 10), ...change }
}

test('a decision keeps its agency from bidding until the clock ends it or it is lifted, says why, and is public only once final', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const regulator = await make.regulator(database.owner)
  const stage = await aTender(database, people)
  const member = await offering(database.owner, stage.listing)
  const { number } = stage
  await expect(recordSanction(people(member), decision(clock.now, member.uscc))).rejects.toEqual(refused('accounts.not-allowed'))
  await expect(recordSanction(people(regulator), decision(clock.now, make.makeUscc()))).rejects.toMatchObject({ code: 'agencies.unknown', field: 'uscc' })
  const { sanctionId, ledger } = await recordSanction(people(regulator), decision(clock.now, member.uscc))
  await expect(recordSanction(people(regulator), decision(clock.now, member.uscc))).rejects.toEqual(refused('sanctions.known'))
  await expect(submitBid(people(member), { number, contribution: '' })).rejects.toMatchObject({ code: 'tenders.ineligible-suspended', params: { number: '吉建罚字〔2026〕22 号', until: later(clock.now, 30) } })
  expect(await askEligibility(people(member), { number })).toMatchObject({ reasons: ['suspended'], behind: { suspension: { authority: '吉林省住房和城乡建设厅', untilOn: later(clock.now, 30) } } })

  // Not final: neither the page nor the ledger names anybody.
  expect((await showAgency(context(), { uscc: member.uscc! })).sanctions).toEqual([])
  expect((await showMyAgency(people(member))).sanctions).toMatchObject([{ reason: '出具虚假检测报告。' }])
  const { body } = await database.owner('ledger_entries').where({ id: ledger.entry }).first<{ body: string }>()
  for (const secret of [member.uscc!, '吉建罚字', '虚假']) expect(body).not.toContain(secret)
  await deliverAll(people(regulator))
  expect((await kindsOf(as(people, member)))[0]).toBe('sanctioned')

  clock.advance(10 * DAY)
  expect((await showAgency(context(), { uscc: member.uscc! })).sanctions).toMatchObject([{ number: '吉建罚字〔2026〕22 号', reason: '' }])
  await liftSanction(people(regulator), { sanctionId, reason: '信用修复决定书 1 号' })
  await expect(liftSanction(people(regulator), { sanctionId, reason: '信用修复决定书 1 号' })).rejects.toEqual(refused('sanctions.lifted'))
  expect((await askEligibility(people(member), { number }))!.reasons).toEqual([])
  expect((await showAgency(context(), { uscc: member.uscc! })).sanctions).toEqual([])
  expect((await findSanctions(people(regulator))).sanctions).toMatchObject([{ holds: false, liftReason: '信用修复决定书 1 号' }])
  await expect(database.app('agency_sanctions').update({ reason: '' })).rejects.toThrow(/permission denied/)
})

test('a regulator of another place can neither record nor lift it', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const [own, elsewhere, member] = [await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' }), await make.agency(database.owner)]
  await expect(recordSanction(people(elsewhere), decision(clock.now, member.uscc))).rejects.toEqual(refused('sanctions.elsewhere'))
  const { sanctionId } = await recordSanction(people(own), decision(clock.now, member.uscc))
  await expect(liftSanction(people(elsewhere), { sanctionId, reason: '撤销' })).rejects.toEqual(refused('sanctions.unknown'))
  expect((await findSanctions(people(elsewhere))).sanctions).toEqual([])
})

test('bids received before stay on file and are asked again at the close and at the award', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const regulator = await make.regulator(database.owner)
  const stage = await aTender(database, people)
  const members = await withBidders(database, people, stage, 4)
  const always = { untilOn: later(clock.now, 300), finalOn: later(clock.now, 0) }
  await recordSanction(people(regulator), decision(clock.now, members[0]!.uscc, always))
  // One that begins after the close, and one that has ended by then.
  await recordSanction(people(regulator), decision(clock.now, members[1]!.uscc, { ...always, untilOn: later(clock.now, 0) }))
  clock.set(stage.tender.publication.closesAt)
  const closed = await closeTender({ ...people(stage.owner), actor: SYSTEM }, { id: stage.tender.id })
  expect(closed.closing).toMatchObject({ eligible: 3, excluded: 1 })
  expect((await findVerdicts(database.owner, stage.tender.id)).map(({ reasons }) => reasons)).toEqual([['suspended'], [], [], []])
  await attendTender(people(stage.owner), { id: stage.tender.id })
  await sequencerOf(database)()
  const second = await make.regulator(database.owner)
  for (const member of members.slice(1, 3)) {
    const { sanctionId } = await recordSanction(people(regulator), decision(clock.now, member.uscc, { ...always, number: '吉建罚字〔2026〕23 号', fromOn: later(clock.now, 0), finalOn: later(clock.now, 10) }))
    await agreeToSanction(people(second), { sanctionId })
  }
  clock.set(stage.tender.publication.drawsAfter)
  await attendTender(people(stage.owner), { id: stage.tender.id })
  expect(await database.owner('awards').join('bids', 'bids.id', 'awards.bid_id').where({ 'awards.tender_id': stage.tender.id }).pluck('bids.agency_id')).toEqual([members[3]!.organisationId])
})

test('nobody alone puts a bidder out of a tender that has closed: a second officer agrees, and what chose another winner is a lead', async ({ context, database, clock }) => {
  const people = contextsOf(context)
  const [first, second, elsewhere] = [await make.regulator(database.owner), await make.regulator(database.owner), await make.regulator(database.owner, { divisionCode: '220200' })]
  const played = async (agree: boolean) => {
    const stage = await aTender(database, people)
    const members = await withBidders(database, people, stage, 3)
    clock.set(stage.tender.publication.closesAt)
    await attendTender(people(stage.owner), { id: stage.tender.id })
    await sequencerOf(database)()
    clock.advance(60_000)
    const [out, , stays] = members
    const ids: string[] = []
    for (const member of members.slice(0, 2)) ids.push((await recordSanction(people(first), decision(clock.now, member.uscc))).sanctionId)
    const waiting = async (who: typeof first) => (await showRegulatorDesk(people(who))).today.filter(({ kind }) => kind === 'sanction-to-agree').map(({ subject }) => subject)
    expect([await waiting(first), new Set(await waiting(second))]).toEqual([[], new Set(ids)])
    for (const sanctionId of ids) {
      await expect(agreeToSanction(people(first), { sanctionId })).rejects.toEqual(refused('sanctions.own'))
      await expect(agreeToSanction(people(elsewhere), { sanctionId })).rejects.toEqual(refused('sanctions.unknown'))
      await expect(agreeToSanction(people(out!), { sanctionId })).rejects.toEqual(refused('accounts.not-allowed'))
      if (agree) await agreeToSanction(people(second), { sanctionId })
      if (agree) await expect(agreeToSanction(people(second), { sanctionId })).rejects.toEqual(refused('sanctions.agreed'))
    }
    expect((await findSanctions(people(second))).sanctions.filter(({ id }) => ids.includes(id)).map(({ mayAgree }) => mayAgree)).toEqual([!agree, !agree])
    if (agree) expect(await waiting(second)).toEqual([])
    clock.set(stage.tender.publication.drawsAfter)
    await attendTender(people(stage.owner), { id: stage.tender.id })
    const order = (await database.owner('draw_positions as p').join('bids', 'bids.id', 'p.bid_id').where({ 'p.tender_id': stage.tender.id }).orderBy('place').pluck('agency_id')) as string[]
    const winner = (await database.owner('awards').join('bids', 'bids.id', 'awards.bid_id').where({ 'awards.tender_id': stage.tender.id }).pluck('bids.agency_id')) as string[]
    const lead = (await findLeads(people(second), { kind: 'award-passed-over' })).items.find(({ subject }) => subject === stage.number)
    // The new bids of both are refused at once, agreed or not.
    const next = await aTender(database, people)
    await expect(submitBid(people(out!), { number: next.number, contribution: '' })).rejects.toMatchObject({ refusal: true })
    // Those of this round are lifted, so that the next one begins as this one.
    for (const sanctionId of ids) await liftSanction(people(first), { sanctionId, reason: '信用修复决定书 1 号' })
    return { order, winner: winner[0], stays: stays!.organisationId, passed: (lead?.params as { count?: number } | undefined)?.count ?? 0 }
  }
  const alone = await played(false)
  expect([alone.winner, alone.passed]).toEqual([alone.order[0], 0])
  const agreed = await played(true)
  expect([agreed.winner, agreed.passed]).toEqual([agreed.stays, agreed.order.indexOf(agreed.stays)])
})
