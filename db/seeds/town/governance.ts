import { VISITOR } from '#app/domain/accounts/actor.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { formOf } from '#app/domain/catalogue/wording-form.ts'
import type { Context } from '#app/domain/context.ts'
import { adoptProposal } from '#app/domain/governance/adopt-proposal.server.ts'
import { answerComments } from '#app/domain/governance/answer-comments.server.ts'
import { commentOnProposal } from '#app/domain/governance/comment-on-proposal.server.ts'
import { beginProposal, putRetirement, putWording } from '#app/domain/governance/draft-proposal.server.ts'
import { giveOpinion } from '#app/domain/governance/give-opinion.server.ts'
import { openComment } from '#app/domain/governance/open-comment.server.ts'
import { EntryForm } from '#app/domain/governance/proposal-form.ts'
import { OPINIONS, type OpinionKind, type Outcome } from '#app/domain/governance/proposal.ts'
import { propose } from '#app/domain/governance/propose.server.ts'
import { withdrawProposal } from '#app/domain/governance/withdraw-proposal.server.ts'
import { listComments } from '#db/repositories/list-comments.ts'
import { findProposal } from '#db/repositories/list-proposals.ts'
import { findListing } from '#db/repositories/listings.ts'
import { DEMO_DIVISION } from '../catalogue.ts'
import { diceFor } from './dice.ts'
import { daysBefore, type Stage } from './stage.ts'

type Change = { code: string; reason: string; form?: Record<string, string>; retires?: true }
type Told = {
  name: string
  days: number
  title: string
  reason: string
  basis: string
  changes: Change[]
  opinions: { kind: OpinionKind; favours?: false; words: string }[]
  comments?: { by: string | null; words: string }[]
  answers?: { outcome: Outcome; words: string; of: number[] }[]
  end?: 'adopted' | { withdrawn: string }
}

/** Who gives which opinion, and the office it is given for. */
const GIVERS: Record<OpinionKind, [signInName: string, office: string]> = { necessity: ['regulator3', '业务指导处'], reasonableness: ['regulator4', '营商环境处'], legality: ['regulator2', '政策法规处'], 'fair-competition': ['regulator2', '政策法规处'] }
const inFavour = (words: Record<OpinionKind, string>, of: readonly OpinionKind[] = OPINIONS): Told['opinions'] => of.map((kind) => ({ kind, words: words[kind] }))

const FINE = {
  necessity: '属于审批实际需要，没有重复设置。',
  reasonableness: '时限与同类城市相当，机构普遍能够做到。',
  legality: '依据有效，没有增加申请人义务。',
  'fair-competition': '没有限定机构注册地、规模或业绩，不排除竞争。',
}

const STORY: readonly Told[] = [
  {
    name: 'governance/unlisted', days: 128, title: '列入施工扬尘监测方案编制', reason: '部分工地要求提交扬尘监测方案，拟列入清单统一要求。', basis: '大气污染防治法第六十九条',
    changes: [{ code: 'T0102', reason: '统一要求，便于监管。', form: { name: '施工扬尘监测方案编制', nature: 'statutory', bases: '法律｜大气污染防治法｜第六十九条', items: 'A40', department: '住房和城乡建设局' } }],
    opinions: [{ kind: 'necessity', words: '多数工地由施工单位自行编制，委托的很少。' }, { kind: 'legality', favours: false, words: '该条要求施工单位采取防尘措施，没有要求提交由中介机构编制的方案，不能作为审批条件。' }],
    end: { withdrawn: '合法性审查指出该条没有要求委托编制。撤回提案，并要求各窗口停止索要。' },
  },
  {
    name: 'governance/shorter', days: 66, title: '写明两项编制时限，增列一项市场服务', reason: '两项服务清单上没有写明时限，拟按上半年的实际用时写明；加装电梯的咨询需求增多，列为市场服务，业主可买，谁也不能要求。', basis: '优化营商环境条例第四十三条；本市优化审批实施方案（示例）',
    changes: [
      { code: 'S0407', reason: '上半年平均 9 个工作日完成。', form: { timeLimit: '12个工作日' } },
      { code: 'S0902', reason: '上半年平均 11 个工作日完成。', form: { timeLimit: '15个工作日' } },
      { code: 'T0101', reason: '业主有需要，清单上没有，无法在平台公开采购。', form: { name: '既有住宅加装电梯可行性咨询', nature: 'market', timeLimit: '10个工作日' } },
    ],
    opinions: inFavour(FINE),
    comments: [
      { by: 'agency5', words: '支持写明。绿化设计的时限建议从资料齐全之日起算，写进说明。' },
      { by: 'owner', words: '12 个工作日还是偏长，能不能再短一些？' },
      { by: null, words: '加装电梯的咨询列为市场服务是好事，别变成必须提交的材料。' },
      { by: 'school', words: '同意。' },
    ],
    answers: [
      { outcome: 'accepted', words: '起算点按服务合同约定，以资料齐全之日为准，已写入通过说明。', of: [0] },
      { outcome: 'declined', words: '施行半年后按实际用时再评估，先按 12 个工作日执行。', of: [1] },
      { outcome: 'accepted', words: '列为市场服务，任何部门不得要求提交。感谢支持。', of: [2, 3] },
    ],
    end: 'adopted',
  },
  {
    name: 'governance/open', days: 9, title: '移出气候可行性论证，写明交通影响评价时限', reason: '气候可行性论证已实行区域评估，单个项目不再需要；交通影响评价清单上没有写明时限，机构和业主常有争议。', basis: '优化营商环境条例第四十二条、第四十三条',
    changes: [{ code: 'S0804', reason: '区域评估已覆盖，单个项目不再要求。', retires: true }, { code: 'S0203', reason: '清单没有写明时限，按多数机构的承诺写明。', form: { timeLimit: '15个工作日' } }],
    opinions: inFavour(FINE),
    comments: [
      { by: 'agency1', words: '交通影响评价要做高峰调查，寒暑假的数据没有代表性，建议假期不计入时限。' },
      { by: null, words: '区域评估没有覆盖到的地块怎么办？请写清楚。' },
    ],
  },
  {
    name: 'governance/waiting', days: 2, title: '明确造价咨询为业主自行委托', reason: '仍有窗口把造价咨询报告作为受理材料，拟在清单写明别名，便于核验。', basis: '优化营商环境条例第四十三条',
    changes: [{ code: 'S1403', reason: '写明常见叫法，减少误要求。', form: { aliases: '全过程造价\n结算审核咨询\n工程造价咨询' } }],
    opinions: inFavour(FINE, ['necessity']),
  },
]

/** How the city's list has changed in this year and is about to: a proposal that was withdrawn, one that was adopted, one in public comment, one that waits for opinions. */
export function planGovernance(stage: Stage): void {
  for (const told of STORY) planProposal(stage, told)
}

function planProposal(stage: Stage, { name, days, title, reason, basis, changes, opinions, comments, answers, end }: Told): void {
  const at = (later: number, what: string) => daysBefore(stage, days - later, diceFor(`${name}/${what}`))
  const cast = (signInName: string) => stage.cast.get(signInName)!
  const found = async () => (await findProposal(stage.db, { id: await stage.idOf(`${name}/draft`) }))!
  const step = (what: string, later: number, by: string | null, verb: (context: Context, number: string) => Promise<unknown>) => {
    stage.plan(`${name}/${what}`, at(later, what), async () => {
      const { number } = await found()
      await stage.act(`${name}/${what}`, by === null ? VISITOR : cast(by), (context) => verb(context, number!))
    })
  }
  stage.plan(name, at(0, 'proposed'), async () => {
    const draftId = await stage.idOf(`${name}/draft`)
    await stage.act(name, cast('regulator'), async (context) => {
      await beginProposal(context, { draftId, title, reason, basis })
      for (const change of changes) await putChange(context, draftId, change)
      await propose(context, { id: draftId, urgentReason: null })
    })
  })
  for (const [place, { kind, favours = true, words }] of opinions.entries()) {
    const [by, office] = GIVERS[kind]
    step(`opinion/${kind}`, 1 + place * 0.5, by, (context, number) => giveOpinion(context, { number, kind, favours, office, words }))
  }
  if (comments) step('open', 5, 'regulator', (context, number) => openComment(context, { number }))
  for (const [place, { by, words }] of (comments ?? []).entries()) step(`comment/${place}`, 6 + place, by, (context, number) => commentOnProposal(context, { number, words, contact: null }))
  for (const [place, { outcome, words, of }] of (answers ?? []).entries()) {
    step(`answer/${place}`, 15 + place, 'regulator3', async (context, number) => {
      const said = await listComments(context.db, { proposalId: (await found()).id, limit: 50 })
      await answerComments(context, { number, ids: of.map((each) => said[each]!.id), outcome, words })
    })
  }
  if (end === 'adopted') step('adopted', 20, 'regulator', async (context, number) => adoptProposal(context, { number, from: addDays(dayOf(await context.clock.read(context.db)), 10), note: '按公开征求的意见研究后通过；时限自资料齐全之日起算。' }))
  else if (end) step('withdrawn', 6, 'regulator', (context, number) => withdrawProposal(context, { number, reason: end.withdrawn }))
}

async function putChange(context: Context, id: string, { code, reason, form = {}, retires }: Change): Promise<void> {
  if (retires) return putRetirement(context, { id, code, reason })
  const standing = await findListing(context.db, { code, divisionCode: DEMO_DIVISION, on: dayOf(await context.clock.read(context.db)) })
  await putWording(context, { id, form: EntryForm.parse({ ...(standing && formOf(standing)), code, ...form, reason }) })
}
