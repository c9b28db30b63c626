import { randomUUID } from 'node:crypto'
import type { Member } from '#app/domain/accounts/actor.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import type { Context } from '#app/domain/context.ts'
import { openKeyring } from '#app/domain/ledger/keyring.server.ts'
import { makeSequencer } from '#app/domain/ledger/sequence.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { paths } from '#app/paths.ts'
import { databaseClock } from '#db/client.ts'
import { clockAt } from './clock.ts'
import { RARE, type FormRow } from './form-row.ts'
import { aJudge } from './judges.ts'
import type { Site } from './site.ts'
import { MERIT, offering, type Stage } from './tenders.ts'
import { cookieOf, type World } from './world.ts'

/** A tender by merit whose pool is frozen, with one judge who has not declared yet and one who may step back; a seat is free. */
async function frozenByMerit(site: Site, { people, ids }: World, listing: { id: string; code: string }, as: (actor: Member, clock?: Context['clock']) => Context) {
  const { database, config } = site
  const bidders = await Promise.all([1, 2].map(() => offering(database.owner, listing)))
  const clock = clockAt(new Date(Date.now() - 3 * 60 * 60 * 1000))
  const { id } = await draftTender(as(people.owner, clock), { projectCode: ids.project, listingCode: listing.code, method: 'merit', title: '方案择优的采购', requirements: '按规范完成，成果两份。', serviceDays: 10, ceiling: 50_000_00, ...MERIT, judges: 5 })
  const publication = (await publishTender(as(people.owner, clock), { id })).publication!
  clock.advance(1000)
  for (const [place, bidder] of bidders.entries()) await sealBidAtDoor(as(bidder, clock), { number: publication.number, quote: { kind: 'money', fen: (place + 3) * 10_000_00 }, plan: '三阶段实施。', contribution: '' })
  clock.set(publication.closesAt)
  await attendTender(as(people.owner, clock), { id })
  await makeSequencer({ db: database.ledger, keyring: openKeyring(config.keyring, { origin: 'unused', makeIfMissing: false }), clock: databaseClock, log: { warn: () => {} } })()
  const stage = { owner: people.owner, listing, number: publication.number, tender: { id, publication } } as unknown as Stage
  const [judge, leaver] = [await aJudge(database, as, stage, 4), await aJudge(database, as, stage, 5)]
  return { number: publication.number, judge: await cookieOf(site, judge), leaver: await cookieOf(site, leaver) }
}

/** The forms of owner and judges, with the tender that they need. */
export async function formsOfMerit(...given: Parameters<typeof frozenByMerit>): Promise<FormRow[]> {
  const [site, { people }] = given
  const { number, judge, leaver } = await frozenByMerit(...given)
  const owner = await cookieOf(site, people.owner)
  return [
    { route: 'owner/judges.tsx', form: 'invite', path: paths.judges(number), cookie: owner, fixed: { act: 'invite' }, fields: { seat: { kind: 'choice', good: '2' }, judgeName: { kind: 'text', good: '何评审', most: 60, typed: RARE }, judgePhone: { kind: 'code', good: '13900008888', typed: '＋８６ １３９ ０００－０８８８８' } }, spoilable: ['act'], makes: 'tender_judges' },
    { route: 'owner/judges.tsx', form: 'replace', path: paths.judges(number), cookie: owner, fixed: { act: 'replace', judge: randomUUID() }, fields: { reason: { kind: 'text', good: '一直没有声明。', most: 500, typed: `${RARE}一直没有声明` } }, spoilable: ['act', 'judge'], refused: true },
    { route: 'judge/tender.tsx', form: 'declare', path: paths.judge(number), cookie: judge, fixed: { act: 'declare' }, fields: { commitment: { kind: 'tick', good: 'yes' } }, spoilable: ['act'] },
    { route: 'judge/tender.tsx', form: 'commit', path: paths.judge(number), cookie: judge, fixed: { act: 'commit' }, fields: {}, spoilable: ['act'], refused: true },
    { route: 'judge/tender.tsx', form: 'draft', path: paths.judge(number), cookie: judge, fixed: { act: 'draft' }, fields: {}, spoilable: ['act'], refused: true },
    { route: 'judge/tender.tsx', form: 'show', path: paths.judge(number), cookie: judge, fixed: { act: 'show' }, fields: {}, spoilable: ['act'], refused: true },
    { route: 'judge/tender.tsx', form: 'step-back', path: paths.judge(number), cookie: leaver, fixed: { act: 'step-back' }, fields: { reason: { kind: 'text', good: '做过其中一家的顾问。', most: 500, typed: `做过${RARE}的顾问` } }, spoilable: ['act'] },
  ]
}
