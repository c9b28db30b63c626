import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import type { Context } from '#app/domain/context.ts'
import { confirmContract } from '#app/domain/contracts/answer-contract.server.ts'
import { deliverResult } from '#app/domain/contracts/deliver-result.server.ts'
import { fileContract } from '#app/domain/contracts/file-contract.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { clockAt } from './clock.ts'
import { aFile } from './contracts.ts'
import { RARE, type FormRow } from './form-row.ts'
import type { Site } from './site.ts'
import { aListing, offering } from './tenders.ts'
import { cookieOf, type World } from './world.ts'

const DAY = 86_400_000
const signed = { amountFen: 48_000_00, serviceDays: 10 }

/** The forms of contracts and results, each with a tender of its own that stands where its form is. */
export async function formsOfContracts(site: Site, { people, ids }: World, as: (actor: Member, clock?: Context['clock']) => Context): Promise<FormRow[]> {
  const { database, config } = site
  const listing = await aListing(database.owner)
  const bidders = [await offering(database.owner, listing), await offering(database.owner, listing)]
  const keyring = openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false })
  /** An award that has bound for some days, and who won it. */
  const bound = async () => {
    const then = clockAt(new Date(Date.now() - 25 * DAY))
    const { id } = await draftTender(as(people.owner, then), { projectCode: ids.project, listingCode: listing.code, method: 'random', title: '已经生效的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
    const { number, closesAt, drawsAfter } = (await publishTender(as(people.owner, then), { id })).publication!
    for (const bidder of bidders) await submitBid(as(bidder, then), { number, contribution: '' })
    for (const at of [closesAt, drawsAfter!]) {
      then.set(at)
      await attendTender(as(people.owner, then), { id })
      await makeSequencer({ db: database.ledger, keyring, clock: then, log: { warn: () => {} } })()
    }
    const { agency_id: winner } = (await database.owner('awards').join('bids', 'bids.id', 'awards.bid_id').where({ 'awards.tender_id': id }).first<{ agency_id: string }>('bids.agency_id'))!
    return { number, winner: bidders.find(({ organisationId }) => organisationId === winner)! }
  }
  const filed = async () => {
    const { number, winner } = await bound()
    const { id } = await fileContract(as(winner), { number, ...signed, signedOn: dayOf(new Date()), document: aFile() })
    return { number, winner, id }
  }
  const contracted = async () => {
    const { number, winner, id } = await filed()
    await confirmContract(as(people.owner), { number, id })
    return { number, winner }
  }
  const delivered = async () => {
    const { number, winner } = await contracted()
    return { number, ...(await deliverResult(as(winner), { number, name: '报告书', document: aFile('报告书'), handover: null })) }
  }
  const [unfiled, confirming, refusing, due, accepting, returning] = [await bound(), await filed(), await filed(), await contracted(), await delivered(), await delivered()]
  const owner = await cookieOf(site, people.owner)
  const cookieOfWinner = (member: Member) => cookieOf(site, member)
  const row = (route: 'contract' | 'deliverable', number: string, act: string, more: Partial<FormRow>): FormRow => ({ route: `public/${route}.tsx`, form: act, path: `/tenders/${number}/${route}`, cookie: owner, fixed: { act }, fields: {}, spoilable: ['act'], ...more })
  return [
    row('contract', unfiled.number, 'file', { cookie: await cookieOfWinner(unfiled.winner), fields: { amount: { kind: 'code', good: '45000.50', typed: '￥４５，０００．５０ 元' }, days: { kind: 'code', good: '10', typed: '１０ 天' }, signedOn: { kind: 'code', good: dayOf(new Date()) } }, refused: true }),
    row('contract', confirming.number, 'confirm', { fixed: { act: 'confirm', id: confirming.id }, spoilable: ['act', 'id'] }),
    row('contract', refusing.number, 'refuse', { fixed: { act: 'refuse', id: refusing.id }, fields: { reason: { kind: 'text', good: '缺少盖章页，请重新备案。', most: 1000, typed: `缺少${RARE}盖章页` } }, spoilable: ['act', 'id'] }),
    row('deliverable', due.number, 'deliver', { cookie: await cookieOfWinner(due.winner), fields: { name: { kind: 'text', good: '勘察报告', most: 120, typed: `${RARE}村勘察报告` }, form: { kind: 'choice', good: 'paper' }, handover: { kind: 'text', good: '收据 17 号，李某签收。', most: 500, optional: true } }, makes: 'deliverables' }),
    row('deliverable', accepting.number, 'accept', { fixed: { act: 'accept', id: accepting.id }, spoilable: ['act', 'id'] }),
    row('deliverable', returning.number, 'return', { fixed: { act: 'return', id: returning.id }, fields: { reasons: { kind: 'text', good: '一、缺少噪声监测；二、图纸未签章。', most: 4000, typed: `一、缺少${RARE}监测；二、图纸未签章` } }, spoilable: ['act', 'id'] }),
  ]
}
