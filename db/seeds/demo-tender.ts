import type { Context } from '#app/domain/context.ts'
import { submitBid } from '#app/domain/bids/submit-bid.server.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import { draftTender } from '#app/domain/tenders/draft-tender.server.ts'
import { publishTender } from '#app/domain/tenders/publish-tender.server.ts'
import { findProject } from '../repositories/projects.ts'
import { DEMO_DISTRICT } from './demo-people.ts'
import type { Cast } from './demo-world.ts'

const PROJECT = `2026-${DEMO_DISTRICT}-47-01-000018`
const BIDDERS = ['agency1', 'agency2', 'agency3']

/** The project from which the story begins, and one tender for it with three bids. Once: whoever plays goes on from there. */
export async function bringTender(context: Context, cast: Cast): Promise<void> {
  if (await findProject(context.db, PROJECT)) return
  const owner = { ...context, actor: cast.get('owner')! }
  await registerProject(owner, {
    code: PROJECT,
    name: '长春示例置业绿园厂房项目',
    divisionCode: DEMO_DISTRICT,
    flowType: 'private-general',
    moneySource: 'private',
    investmentFen: 48_000_000_00,
    facts: {
      'site.hilly': true,
      'soil.class': 'report',
      'site.areaSquareMetres': 52_000,
      'site.earthworkCubicMetres': 61_000,
      'build.areaSquareMetres': 38_000,
      'site.heritage': false,
      'site.mineralDeposit': false,
    },
  })
  const { id } = await draftTender(owner, {
    projectCode: PROJECT,
    listingCode: 'R28',
    method: 'random',
    title: '绿园厂房项目水土保持方案报告书编制',
    requirements: '编制水土保持方案报告书并配合审查，按审查意见修改至通过；成果一式六份并附电子版。',
    serviceDays: 20,
    ceiling: 86_000_00,
  })
  const { publication } = await publishTender(owner, { id })
  for (const name of BIDDERS) await submitBid({ ...context, actor: cast.get(name)! }, { number: publication!.number, contribution: `${name} 投入的随机文字` })
}
