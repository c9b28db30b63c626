import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { paths } from '#app/paths.ts'
import { findCredential } from '#db/repositories/accounts.ts'
import { setPolicy } from '#tests/support/beacons.ts'
import { clockAt } from '#tests/support/clock.ts'
import type { Site } from '#tests/support/site.ts'
import { aListing, offering } from '#tests/support/tenders.ts'
import type { World } from '#tests/support/world.ts'

/** Somebody of the demo's town with the pages that only their part of its story fills. */
type Visited = { who: string; member: Pick<Member, 'accountId'> | null; addresses: string[] }

const SHARED = `sealing -> 'threshold' is not null`
const OPENED = 'exists (select from tender_openings opening where opening.tender_id = tenders.id)'
const AWARDED = 'exists (select from awards where awards.tender_id = tenders.id)'

/** The pages of selections by merit and of prices sealed in shares whose tables have rows: sheets to fill in and shown, an order with points, keys registered, waited for and shown. */
export async function filledInPages(site: Site, world: World): Promise<Visited[]> {
  const { owner: db } = site.database
  const numberWhere = async (...conditions: string[]) => (await db('tenders').whereRaw(conditions.join(' and ')).first<{ number: string }>('number')).number
  const called = async (name: string) => (await findCredential(db, name))!
  const ownerOf = async (number: string) => (await db('memberships').join('tenders', 'tenders.owner_id', 'memberships.organisation_id').where({ number }).first<Pick<Member, 'accountId'>>('account_id as accountId'))
  const [scored, scoring] = [await numberWhere(`method = 'merit'`, AWARDED), await numberWhere(`method = 'merit'`, OPENED, `not ${AWARDED}`)]
  const [shown, waiting] = [await numberWhere(SHARED, AWARDED), await numberWhere(SHARED, `not ${OPENED}`)]
  const lots = await numberWhere(`tie_rule = 'electronic-lot'`, AWARDED)
  return [
    { who: 'visitor of the town', member: null, addresses: [...[scored, scoring, shown, waiting, lots].map((number) => paths.tender(number)), paths.award(scored), paths.award(shown), paths.verify({ tender: scored }), paths.verify({ tender: shown }), paths.witnesses(lots), paths.ledgerStory(scored), paths.ledgerStory(shown)] },
    { who: 'judge with a sheet to fill in', member: await called('judge'), addresses: [paths.judgeDesk(), paths.judge(scoring), paths.tender(scoring)] },
    { who: 'judge who showed a sheet', member: await called('judge-1'), addresses: [paths.judgeDesk(), paths.judge(scored)] },
    { who: 'owner whose judges mark', member: await ownerOf(scoring), addresses: [paths.judges(scoring), paths.tender(scoring)] },
    { who: 'owner who showed shares', member: await ownerOf(shown), addresses: [paths.openingKey(), paths.releaseKeys(shown), paths.tender(shown)] },
    { who: 'owner who is late with shares', member: await ownerOf(waiting), addresses: [paths.ownerDesk(), paths.releaseKeys(waiting), paths.tender(waiting)] },
    { who: 'officer who reads a lottery', member: world.people.regulator, addresses: [paths.readLottery(await awaitedLottery(site, world))] },
    { who: 'regulator who is late with shares', member: await called('district-regulator'), addresses: [paths.regulatorDesk(), paths.openingKey(), paths.releaseKeys(waiting), paths.leads({ kind: 'keys-late' })] },
  ]
}

/** A tender that closed a week ago and waits for what a lottery has drawn since. */
async function awaitedLottery({ database, config }: Site, { people, ids }: World): Promise<string> {
  const clock = clockAt(new Date(Date.now() - 8 * 86_400_000))
  const as = (actor: Member) => ({ db: database.app, actor, clock, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), traceId: '0'.repeat(32) })
  const listing = await aListing(database.owner)
  const bidders = [await offering(database.owner, listing), await offering(database.owner, listing)]
  await setPolicy(database.owner, { drawSource: 'lottery' })
  const { id } = await draftTender(as(people.owner), { projectCode: ids.project, listingCode: listing.code, method: 'random', title: '等候彩票开奖的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00 })
  const { number, closesAt } = (await publishTender(as(people.owner), { id })).publication!
  await setPolicy(database.owner, {})
  for (const bidder of bidders) await submitBid(as(bidder), { number, contribution: '' })
  clock.set(closesAt)
  await attendTender(as(people.owner), { id })
  return number
}
