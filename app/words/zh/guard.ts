import { api } from './guard-api.ts'
import { pages } from './guard-pages.ts'

type P = Record<string, string | number>

const DESIGNATIONS: Record<string, string> = {
  named: '点名一家机构',
  'short-list': '只给出少数几家供选',
  'local-only': '只认本地机构',
  'pre-printed': '在表格、合同或系统里预先填好机构',
  'one-seal-only': '只认某一家盖章的文件',
}
const ASSESSMENTS: Record<string, string> = {
  'soil-and-water': '水土保持', 'geological-hazard': '地质灾害危险性', 'mineral-deposits': '压覆重要矿产', environment: '环境影响', flood: '洪水影响',
  'water-resources': '水资源论证', energy: '节能', earthquake: '地震安全性', climate: '气候可行性', heritage: '文物考古',
}
const of = (names: Record<string, string>, key: string | number | undefined) => names[String(key)] ?? String(key)
const quoted = (name: string | number | undefined) => (name ? `“${name}”` : '')

export const guard = {
  designations: DESIGNATIONS,
  reasons: {
    'off-list': '清单上没有这项服务。清单以外的服务，任何部门不得以任何形式要求。',
    'not-in-force-on-date': (p: P) => (p.until ? `${p.day} 这一天它不在清单上：它的有效期是 ${p.from} 至 ${p.until}（不含当天）。` : `${p.day} 这一天它还不在清单上：它从 ${p.from} 起才有效。`),
    'item-cancelled': (p: P) => `它所服务的审批事项自 ${p.day} 起已经取消。取消了的审批不得变成中介服务。`,
    'voluntary-only': (p: P) => `${quoted(p.name)}是业主自愿购买的市场服务。愿意可以买，谁也不能要求。`,
    'basis-insufficient': (p: P) => (p.bases ? `清单所记的依据（${p.bases}）不是现行有效的法律、法规或者国务院决定，撑不起一项审批条件。` : '清单没有记载任何法律、法规或者国务院决定作为依据，不能作为审批条件。'),
    'not-for-this-approval-item': (p: P) => `清单没有把这项服务列给${quoted(p.item)}，办这件事不能要求它。`,
    'material-not-relevant': (p: P) => `材料${quoted(p.material)}与${quoted(p.item)}无关，不得要求提交。`,
    'wrong-commissioner': '这是审批过程中的技术性服务，由审批部门自己委托、自己付费，不得转给申请人。',
    'not-triggered-by-project': '按这个项目的情况，它不在需要这项服务的范围内。',
    'covered-by-regional-assessment': (p: P) => `项目所在区域已经完成${of(ASSESSMENTS, p.assessment)}区域评估，不再要求单个项目评估。`,
    'valid-deliverable-on-file': (p: P) => (p.until ? `已有一份有效期至 ${p.until} 的成果在案，不得要求重做。` : '已有一份有效的成果在案，不得要求重做。'),
    'merged-service': (p: P) => `它已经并入${quoted(p.name)}，合并办理即可，不得再单独要求。`,
    'duplicate-of-listed': (p: P) => `它与清单上的${quoted(p.name)}是同一件事，不得拆成几项要求。`,
    'commitment-route-chosen': '申请人选择了告知承诺方式，这份材料不在受理时要求。',
    'may-self-prepare': '材料可以要求，但申请人可以自己编制；是否委托机构由申请人决定。',
    'designated-agency': (p: P) => `${of(DESIGNATIONS, p.kind)}${p.agency ? `（${p.agency}）` : ''}，就是指定或者变相指定中介机构。`,
    'agency-of-authority': (p: P) => `${p.agency ? `${quoted(p.agency)}` : '所指机构'}是审批部门自己或者它主管的单位，不得承接本部门审批所需的服务。`,
  },
  verdictLeads: {
    allowed: '这一要求符合当天的清单。',
    refused: '这一要求不符合当天的清单。被拒绝的是要求，不是您的材料：自己编制、符合规定的文件，应当照收。',
    'needs-facts': '还差下面的项目情况，才能回答。在弄清楚以前，不能要求。',
  },
  materialTitle: '这份材料',
  commissioningTitle: '委托机构',
  material: { 'may-be-required': '可以要求', 'may-not-be-required': '不可要求' },
  commissioning: { 'may-be-required': '可以要求', 'applicants-choice': '由申请人自己决定', 'may-not-be-required': '不可要求' },
  alternatives: { 'self-prepare': '自己编制', marketplace: '愿意的话，公开选一家机构', 'free-download': '免费下载', 'nothing-needed': '不需要做' },
  alternativeTexts: {
    'self-prepare': '符合规定的文件，由谁编制都一样收。',
    marketplace: '在这里公开采购，机构由您选。',
    'free-download': '有现成的成果可以直接用。',
    'nothing-needed': '对方坚持要求的，可以向监管部门反映。',
  },
  routes: {
    marketplace: '在中介超市采购',
    free: '自行决定',
    exempt: '免于采购程序',
    'central-catalogue': '集中采购',
    'government-procurement': '政府采购',
    'mandatory-tender': '依法招标',
  },
  ...pages,
  api,
  refusals: {
    required: '请填写这一项。',
    'too-long': '太长了，请缩短。',
    demanded: '请只写一种：事项编码 item、材料编码 material，或者原话 text。',
    'named-agency': '请写机构名称或统一社会信用代码；没有点名就留空。',
    commissioner: '请写由谁委托：applicant（申请人）或 authority（审批部门）。',
    day: '请填写真实存在的日期，例如 2026-11-22。',
    'day-ahead': (p: { day: string }) => `这一天还没有到。今天是 ${p.day}，只能问今天和以前的清单。`,
    'not-your-authority': '只能以本部门的名义提出要求：authority 必须是本部门的统一社会信用代码。',
    'still-running': '同一个 Idempotency-Key 的请求还在处理，请稍后再取结果。',
    'other-request': '这个 Idempotency-Key 已经用在另一个请求上。请换一个新的。',
    'unknown-field': '没有这个字段，请核对名称。',
    'no-such-decision': '没有这份核验意见。',
    'not-listed-today': (p: { code: string; day: string }) => `${p.code} 在 ${p.day} 不在清单上，不能发布采购公告。`,
    'other-wording': (p: { day: string }) => `清单对这项服务有了新的写法（自 ${p.day} 起）。请核对后重新保存草稿。`,
    'route-mandatory-tender': (p: { sum: string; limit: string }) => `本年度同类采购合计 ${p.sum} 元，达到依法必须招标的标准（${p.limit} 元），应当依法招标，不在这里采购。`,
    'route-government-procurement': (p: { sum: string; limit: string }) => `本年度同类采购合计 ${p.sum} 元，达到政府采购限额标准（${p.limit} 元），应当走政府采购程序。拆成几次也一样计算。`,
    'route-central-catalogue': '这类服务列在集中采购目录里，应当由集中采购机构采购。',
    'route-exempt': '这项采购已按例外情形免于采购程序，不需要在这里发布。',
  },
}
