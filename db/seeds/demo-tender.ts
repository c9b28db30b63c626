import type { Member } from '#app/domain/accounts/actor.ts'
import type { Context } from '#app/domain/context.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { statusAt } from '#app/domain/tenders/tender.ts'
import { listTendersOfOwner } from '#db/views/tender-lists.ts'

export type Cast = ReadonlyMap<string, Member>

const MANY = 500

/** What the owner of the story buys next, each with who bids at once. It begins anew at each start of the demo. */
const NEXT = [
  { listingCode: 'R28', title: '绿园厂房项目水土保持方案报告书编制', requirements: '编制水土保持方案报告书并配合审查，按审查意见修改至通过；成果一式六份并附电子版。', serviceDays: 20, ceiling: 86_000_00, bidders: ['agency1', 'agency2', 'agency3'] },
  { listingCode: 'R34', title: '绿园厂房项目地质灾害评估', requirements: '完成地质灾害危险性评估并配合备查；成果一式四份并附电子版。', serviceDays: 15, ceiling: 42_000_00, bidders: ['agency1'] },
  { listingCode: 'R36', title: '绿园厂房项目环境影响评价', requirements: '编制环境影响评价文件并配合审批，按审批意见修改至通过；成果一式六份并附电子版。', serviceDays: 30, ceiling: 68_000_00, bidders: ['agency3'] },
] as const

/**
 * One tender that already takes bids, of the owner from whom the story begins: whoever plays goes on from there. A fresh
 * one at each start, since in the demo's seconds the last one has long been drawn.
 */
export async function bringTender(context: Context, cast: Cast): Promise<void> {
  const owner = { ...context, actor: cast.get('owner')! }
  const [at, mine] = [await context.clock.read(context.db), await listTendersOfOwner(context.db, { ownerId: owner.actor.organisationId, limit: MANY })]
  if (mine.some(({ tender }) => tender.publication && statusAt(tender, at) === 'open')) return
  const { project_code: projectCode } = await context.db('projects').where({ owner_id: owner.actor.organisationId }).orderBy('registered_at').first<{ project_code: string }>('code as project_code')
  const begun = mine.filter(({ tender }) => NEXT.some(({ title }) => title === tender.title)).length
  const { bidders, ...draft } = NEXT[begun % NEXT.length]!
  const { id } = await draftTender(owner, { ...draft, projectCode, method: 'random' })
  const { publication } = await publishTender(owner, { id })
  for (const name of bidders) await submitBid({ ...context, actor: cast.get(name)! }, { number: publication!.number, contribution: `${name} 投入的随机文字` })
}
