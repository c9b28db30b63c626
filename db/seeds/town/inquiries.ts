import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { decide } from '#app/domain/guard/decide.server.ts'
import { DemandInput } from '#app/domain/guard/demand.ts'
import { upholdDemand } from '#app/domain/guard/uphold-demand.server.ts'
import { answerContest, contestFinding } from '#app/domain/oversight/contest-finding.server.ts'
import { decideInquiry } from '#app/domain/oversight/decide-inquiry.server.ts'
import type { FindingBasis, Outcome } from '#app/domain/oversight/inquiry.ts'
import type { LeadKind } from '#app/domain/oversight/lead.ts'
import { openInquiry } from '#app/domain/oversight/open-inquiry.server.ts'
import { publishViolations } from '#app/domain/oversight/publish-violation.server.ts'
import { judgeRectification, submitRectification } from '#app/domain/oversight/rectify.server.ts'
import { replyToInquiry } from '#app/domain/oversight/reply-to-inquiry.server.ts'
import { SYSTEM } from '#app/domain/accounts/actor.ts'
import { sayingIn } from '#app/http/say-reason.server.ts'
import type { Met } from './demands.ts'
import { on, planReports, type Told } from './reports.ts'
import type { Stage } from './stage.ts'

/** How far a file goes in the story, and how many days before the telling each step was. */
type Steps = {
  opened: number
  replied?: number
  found?: { days: number; outcome: Outcome; bases?: FindingBasis[]; to?: string }
  contested?: number
  answered?: { days: number; outcome: 'kept' | 'revoked' }
  rectified?: number
  judged?: { days: number; accepted: boolean }
}
type Story = { name: string; office: string; approvalItem: string; demanded: { text: string }; days: number; owner?: string; steps?: Steps }

const LAWLESS: FindingBasis[] = ['boe-43-1', 'boe-43-2']
const UPHELD = '这是本部门多年的做法，申请人此前都提交，没有它我们无法判断，请予理解。'

/** One file in each state that matters; those of the two counters that can be played wait for the player. */
const STORIES: readonly Story[] = [
  { name: 'planning-1', office: 'office-planning', approvalItem: 'A24', demanded: { text: '沿街商户意愿调查汇编' }, days: 168, steps: { opened: 166, replied: 160, found: { days: 158, outcome: 'violation', bases: LAWLESS }, rectified: 146, judged: { days: 142, accepted: true } } },
  { name: 'planning-2', office: 'office-planning', approvalItem: 'A24', demanded: { text: '历史影像比对说明册' }, days: 131, steps: { opened: 129, replied: 124, found: { days: 121, outcome: 'violation', bases: LAWLESS }, contested: 110, answered: { days: 101, outcome: 'kept' } } },
  { name: 'transport', office: 'office-transport', approvalItem: 'A35', demanded: { text: '道路开口交通安全论证意见' }, days: 112, steps: { opened: 110, found: { days: 90, outcome: 'violation', bases: LAWLESS }, rectified: 78, judged: { days: 74, accepted: true } } },
  { name: 'shelter', office: 'office-shelter', approvalItem: 'A55', demanded: { text: '人防口部优化咨询报告' }, days: 95, steps: { opened: 93, replied: 88, found: { days: 84, outcome: 'violation', bases: LAWLESS }, contested: 74, answered: { days: 66, outcome: 'revoked' } } },
  { name: 'emergency', office: 'office-emergency', approvalItem: 'A32', demanded: { text: '安全管理体系辅导服务' }, days: 58, steps: { opened: 56, replied: 50, found: { days: 47, outcome: 'violation', bases: LAWLESS } } },
  { name: 'water', office: 'office-water', approvalItem: 'A11', demanded: { text: '取水口选址专家咨询报告' }, days: 44, steps: { opened: 42, replied: 37, found: { days: 34, outcome: 'violation', bases: ['notice-31'] }, rectified: 20, judged: { days: 17, accepted: true }, contested: 6 } },
  { name: 'housing', office: 'office-housing', approvalItem: 'A58', demanded: { text: '样板间第三方评估报告' }, days: 33, steps: { opened: 31, replied: 26, found: { days: 23, outcome: 'violation', bases: LAWLESS }, rectified: 4 } },
  { name: 'forest', office: 'office-forest', approvalItem: 'A16', demanded: { text: '古树名木保护专家意见' }, days: 21, steps: { opened: 19, replied: 14, found: { days: 9, outcome: 'violation', bases: LAWLESS } } },
  { name: 'park', office: 'park', approvalItem: 'A24', demanded: { text: '园区招商符合性论证报告' }, days: 12, steps: { opened: 9, replied: 3 } },
  { name: 'counter', office: 'authority', approvalItem: 'A40', demanded: { text: '文明施工等级评价服务' }, days: 6, owner: 'owner', steps: { opened: 2 } },
  { name: 'kept-up', office: 'authority', approvalItem: 'A40', demanded: { text: '施工现场视频监控接入服务' }, days: 4, owner: 'owner' },
]

/** Files that regulators opened over the year, with everything that came of them, and reports that nobody has opened yet. */
export function planInquiries(stage: Stage, met: readonly Met[]): void {
  for (const story of STORIES) {
    const name = `inquiry/${story.name}`
    const project = met.find(({ owner }) => owner === story.owner)?.code ?? null
    stage.plan(`${name}/demand`, on(stage, name, 'demand', story.days), async () => {
      const officer = stage.cast.get(story.office) as Member
      const day = dayOf(on(stage, name, 'demand', story.days))
      const demand = DemandInput.parse({ caseNumber: `GC${day.replaceAll('-', '')}0999`, projectCode: project, authority: officer.uscc, approvalItem: story.approvalItem, demanded: story.demanded, commissioner: 'applicant', namedAgency: { kind: 'short-list', agency: null }, demandedOn: day })
      await stage.act(`${name}/demand`, officer, async (context) => decide(context, { demand, say: sayingIn('zh'), id: await stage.idOf(name) }))
      await stage.act(`${name}/uphold`, officer, async (context) => upholdDemand(context, { decision: await stage.idOf(name), reason: UPHELD }))
    })
    if (story.steps) planSteps(stage, { name, office: story.office, kind: 'demand-upheld', keyOf: () => stage.idOf(name), allegation: '贵单位在核验意见为不得要求以后仍然坚持。请说明依据哪一部法律、行政法规或者国务院决定，并提供办事指南的原文。' }, story.steps)
  }
  for (const { told, steps } of planReports(stage, met)) planSteps(stage, told, steps)
  for (const days of [80, 40, 20, 1]) stage.plan(`inquiry/publish/${days}`, on(stage, 'inquiry/publish', String(days), days), async () => void (await stage.tick(`inquiry/publish/${days}`, SYSTEM, publishViolations)))
}

function planSteps(stage: Stage, { name, office, kind, keyOf, allegation }: Told, { opened, replied, found, contested, answered, rectified, judged }: Steps): void {
  const step = (word: string, days: number | undefined, who: string, act: (context: Parameters<typeof openInquiry>[0], number: string) => Promise<unknown>) => {
    if (days === undefined) return
    stage.plan(`${name}/${word}`, on(stage, name, word, days), async () => {
      const number = word === 'open' ? '' : await numberOf(stage, kind, await keyOf())
      await stage.act(`${name}/${word}`, stage.cast.get(who)!, (context) => act(context, number))
    })
  }
  step('open', opened, 'regulator', async (context) => openInquiry(context, { kind, key: await keyOf(), respondent: stage.cast.get(office)!.organisationId, allegation }))
  step('reply', replied, office, (context, number) => replyToInquiry(context, { number, words: '这一项沿用的是旧的办事指南。经查没有法律、法规或者国务院决定作为依据，我们正在清理，并已通知窗口停止要求。' }))
  step('find', found?.days, 'regulator', (context, number) => decideInquiry(context, { number, outcome: found!.outcome, bases: found!.bases ?? [], reason: REASONS[found!.outcome], referredTo: found!.to ?? '' }))
  step('contest', contested, office, (context, number) => contestFinding(context, { number, words: '本单位认为这项要求在地方性法规里有规定，请求复核；在复核期间，已先停止要求。' }))
  step('answer', answered?.days, 'regulator', (context, number) => answerContest(context, { number, outcome: answered!.outcome, reason: answered!.outcome === 'kept' ? '引用的是部门规范性文件，不是法定依据，维持认定。' : '经核对，地方性法规确有规定，撤销认定。' }))
  step('rectify', rectified, office, (context, number) => submitRectification(context, { number, words: '已修改办事指南和网上申报表，删去这一项；已书面告知三位申请人不必再提交。' }))
  step('judge', judged?.days, 'regulator', (context, number) => judgeRectification(context, { number, accepted: judged!.accepted, reason: '办事指南、申报表和窗口告知单都已核对。' }))
}

const REASONS: Record<Outcome, string> = {
  unfounded: '经核对，部门要求的是法定材料，没有要求委托，反映的情况不成立。',
  violation: '要求没有法律、行政法规或者国务院决定作为依据，又只认短名单上的机构；核验意见作出以后仍然坚持，构成违规要求。',
  referred: '反映涉及指定收费单位，超出本部门职权，移送处理。',
}

/** The number that the file of a lead was given. */
async function numberOf(stage: Stage, kind: LeadKind, key: string): Promise<string> {
  return ((await stage.db('inquiries').where({ lead_kind: kind, lead_key: key }).first('number')) as { number: string }).number
}
