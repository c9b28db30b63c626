import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { correctAgency } from '#app/domain/agencies/correct-agency.server.ts'
import { attendTender } from '#app/domain/awards/attend-tender.server.ts'
import { declareJudge } from '#app/domain/awards/declare-judge.server.ts'
import { inviteJudge } from '#app/domain/awards/invite-judge.server.ts'
import { sealBidAtDoor } from '#app/domain/bids/submit-sealed-bid.server.ts'
import { isRefusal } from '#app/domain/refusal.ts'
import { testApart as test } from '#tests/support/database.ts'
import { aJudge } from '#tests/support/judges.ts'
import { aTender, contextsOf, offering, setPeriods } from '#tests/support/tenders.ts'

const codeOf = (act: Promise<unknown>) => act.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : Promise.reject(error)))

test('who held a share, stood behind a bidder or worked there in the years that policy looks back is no judge, and is found again when declaring', async ({ database, context, clock }) => {
  const make = contextsOf(context)
  await setPeriods(database.owner, { application: { n: 60, unit: 's' } })
  const stage = await aTender(database, make, { method: 'merit', categoryCode: '0404' })
  const members = [await offering(database.owner, stage.listing), await offering(database.owner, stage.listing)]
  for (const member of members) await sealBidAtDoor(make(member), { number: stage.number, quote: { kind: 'money', fen: 30_000_00 }, plan: '三阶段实地踏勘', contribution: '' })
  clock.set(stage.tender.publication.closesAt)
  await attendTender(make(stage.owner), stage.tender)
  const { owner, number, tender } = stage
  const db = database.owner
  const [agency_id, other] = [members[0]!.organisationId, members[1]!.organisationId]
  const years = (count: number) => new Date(tender.publication.publishedAt.getTime() - count * 365 * 86_400_000)
  const invite = (judgeName: string, judgePhone = '13900001111') => codeOf(inviteJudge(make(owner), { number, seat: 1, judgeName, judgePhone }))
  await db('agencies').where({ organisation_id: agency_id }).update({ shareholders: '钱小股 4%\n91220101MA0000001X 某某投资有限公司 51%' })
  await correctAgency(make(members[1]!), { legalRepresentative: '郑新任', phone: '043181239999', address: '长春市南关区某街 9 号', agentName: null, contactName: '李联络', contactPhone: '13900002222', shareholders: null })
  await db('agency_corrections').where({ agency_id: other }).update({ legal_representative: '孙前任', phone: '0431-81238888', shareholders: '吴前股 30%', corrected_at: years(2) })
  await db('agency_practitioners').insert([['周离职', years(2)], ['冯早离', years(4)]].map(([name, removed_at]) => ({ id: randomUUID(), agency_id, name, proof: 'social-insurance', added_at: years(6), removed_at })))
  for (const name of ['钱小股', '孙前任', '吴前股', '周离职']) expect(await invite(name)).toBe('merit.related-bidder')
  expect(await invite('何评审', '043181238888')).toBe('merit.related-bidder')

  // Who left before the years that count may judge; where the division looks back further, declaring finds it.
  const early = await aJudge(database, make, stage, 1, { name: '冯早离', phone: '13900003333' })
  await db('policy_parameters').insert({ division_code: '220100', name: 'peopleLookBackYears', value: JSON.stringify(5), source: 'test', from_on: '2026-01-01' })
  expect(await codeOf(declareJudge(make(early), { number }))).toBe('merit.related-bidder')
})
