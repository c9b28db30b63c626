import { randomUUID } from 'node:crypto'
import { ITEMS } from './office.ts'
import type { Misbehaviour } from './misbehaviour.ts'
import type { Case, Intent, State } from './state.ts'

const STATES = ['', '接件', '撤件', '受理', '不受理', '不予受理', '补正开始', '补正结束', '办理中', '特别程序开始', '特别程序结束', '办结（通过）', '办结（容缺通过）', '办结（不通过）', '撤回', '撤销']
const MILESTONES: Record<string, string> = { 'not-demandable': '不得要求申请人提交', 'to-open': '还没有采购', 'to-publish': '采购草稿待发布', 'to-select': '待选取机构', 'to-confirm-agency': '待确认中选', 'to-file-contract': '待备案合同', 'to-confirm-contract': '待确认合同', 'to-deliver': '待提交成果', 'to-accept': '待业主验收', landed: '成果已进入案件', 'by-itself': '申请人自行提交', 'on-file': '已有有效成果在案' }
const VERDICTS: Record<string, string> = { allowed: '可以要求', refused: '不得要求', 'needs-facts': '还缺情况，暂不能要求' }
const ALTERNATIVES: Record<string, string> = { 'self-prepare': '申请人自己编制', marketplace: '在中介超市公开选', 'free-download': '免费下载', 'nothing-needed': '不需要做' }
const KINDS: Record<Intent['kind'], string> = { project: '报送项目', case: '报送案件', demand: '提出要求', uphold: '坚持要求', webhook: '订阅通知' }

const escaped = (text: unknown) => String(text ?? '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const when = (at: string) => new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })

/** Every case, a form for a new one, and what is still to be said. */
export function listPage(state: State, how: ReturnType<Misbehaviour['said']>, market: string): string {
  const rows = state.cases.map((one) => `<tr><td><a href="/cases/${encodeURIComponent(one.caseNumber)}">${escaped(one.caseNumber)}</a></td><td>${escaped(ITEMS[one.approvalItem] ?? one.approvalItem)}</td><td>${escaped(one.applicant.name)}</td><td>${STATES[one.states.at(-1)?.state ?? 1]}</td></tr>`)
  const items = Object.entries(ITEMS).map(([code, name]) => `<option value="${code}">${escaped(name)}</option>`)
  return page('案件', market, `
    <table><thead><tr><th>案件编号</th><th>审批事项</th><th>申请人</th><th>状态</th></tr></thead><tbody>${rows.join('') || '<tr><td colspan="4">还没有案件。</td></tr>'}</tbody></table>
    <h2>接件</h2>
    <form method="post" action="/cases"><input type="hidden" name="form" value="${randomUUID()}">
      <label>项目代码<input name="projectCode" required placeholder="2020-220106-88-03-016343"></label>
      <label>项目名称<input name="projectName" required></label>
      <label>申请人<input name="applicantName" required></label>
      <label>统一社会信用代码<input name="applicantUscc"></label>
      <label>审批事项<select name="approvalItem">${items.join('')}</select></label>
      <label>由清单服务产生的材料：清单编码（没有就留空）<input name="service" placeholder="R04"></label>
      <label>材料名称<input name="material" placeholder="固定资产投资项目节能报告"></label>
      <button>接件并报送</button></form>
    ${panel(how)}${log(state)}`)
}

/** One case: its documents and what the market does for them, a form for a demand, and the opinions that came back. */
export function casePage(state: State, one: Case, market: string): string {
  const services = state.services[one.caseNumber]
  const materials = one.materials.map((material) => {
    const service = services?.items.find((each) => each.material === material.code) as { milestone: string; service: { code: string; name: string }; tender: { number: string } | null } | undefined
    const landed = state.landed.find((each) => each.caseNumber === one.caseNumber && each.material === material.code)
    const tender = service?.tender ? ` <a href="${escaped(market)}/tenders/${escaped(service.tender.number)}">看采购</a>` : ''
    const file = landed ? `<br><small>成果：${escaped(landed.name)}，${landed.sha256 ? `SHA-256 ${landed.sha256.slice(0, 16)}…` : `纸质交接 ${escaped(landed.handover)}`}</small>` : ''
    return `<tr><td>${escaped(material.code)}</td><td>${escaped(material.name)}</td><td>${escaped(service ? `${service.service.name}（${service.service.code}）` : material.source === 'shared' ? `取自案件 ${material.sharedFrom}` : '申请人自备')}</td><td>${escaped(service ? (MILESTONES[service.milestone] ?? service.milestone) : '')}${tender}${file}</td></tr>`
  })
  const mine = state.intents.filter(({ caseNumber }) => caseNumber === one.caseNumber)
  return page(`案件 ${one.caseNumber}`, market, `
    <p>${escaped(ITEMS[one.approvalItem] ?? one.approvalItem)} · ${escaped(one.applicant.name)} · 项目 ${escaped(one.projectCode)}${one.projectName ? ` ${escaped(one.projectName)}` : ''} · ${STATES[one.states.at(-1)?.state ?? 1]}</p>
    <h2>材料</h2><table><thead><tr><th>编码</th><th>材料</th><th>来源</th><th>进展</th></tr></thead><tbody>${materials.join('') || '<tr><td colspan="4">没有材料。</td></tr>'}</tbody></table>
    <p><small>${services ? `中介超市 ${when(services.at)} 的情况` : '还没有从中介超市取到情况'}</small></p>
    <h2>要求这份报告</h2>
    <form method="post" action="/cases/${encodeURIComponent(one.caseNumber)}/demands"><input type="hidden" name="form" value="${randomUUID()}">
      <label>报告（清单编码，或照您要写进通知书的原话）<input name="demanded" required maxlength="200" placeholder="地质灾害危险性评估"></label>
      <button>要求这份报告</button></form>
    <h2>清单核验意见</h2>${mine.filter(({ kind }) => kind === 'demand').toReversed().map((each) => opinion(each, mine, market)).join('') || '<p>还没有提出要求。</p>'}`)
}

function opinion({ body, answer, trouble, madeAt, caseNumber }: Intent, mine: Intent[], market: string): string {
  const asked = Object.values((body.demanded ?? {}) as Record<string, string>)[0]
  const head = `<h3>${escaped(asked)}</h3><p><small>${when(madeAt)} 提出</small></p>`
  if (!answer) return `<article>${head}<p>还没有得到回答，会一直重试。${trouble ? `<small>${escaped(trouble)}</small>` : ''}</p></article>`
  const said = answer.body as { id?: string; verdict?: string; reasons?: { text: string; source: string }[]; alternatives?: string[]; nearest?: { item: string; name: string }[]; detail?: string }
  if (!said.verdict) return `<article class="no">${head}<p>没有成功（${answer.status}）：${escaped(said.detail)}</p></article>`
  const reasons = (said.reasons ?? []).map(({ text, source }) => `<li>${escaped(text)}<br><small>依据：${escaped(source)}</small></li>`)
  const others = (said.alternatives ?? []).map((one) => ALTERNATIVES[one] ?? one)
  const near = (said.nearest ?? []).map(({ item, name }) => `${item} ${name}`)
  return `<article class="${said.verdict === 'allowed' ? 'yes' : 'no'}">${head}<p><strong>${VERDICTS[said.verdict] ?? escaped(said.verdict)}</strong></p><ul>${reasons.join('')}</ul>
    ${others.length ? `<p>可以改为：${escaped(others.join('、'))}</p>` : ''}${near.length ? `<p>清单上相近的：${escaped(near.join('、'))}</p>` : ''}<p><a href="${escaped(market)}/decisions/${escaped(said.id)}">看签名的核验意见</a></p>${said.verdict === 'refused' ? upholding(caseNumber!, said.id!, mine) : ''}</article>`
}

function upholding(caseNumber: string, decision: string, mine: Intent[]): string {
  const upheld = mine.findLast(({ kind, path }) => kind === 'uphold' && path.includes(decision))
  if (upheld?.answer?.status === 201) return `<p><strong>本部门坚持要求。</strong>${escaped(upheld.body.reason)}<br><small>理由已记入账本，监管部门会核查。</small></p>`
  const trouble = upheld?.answer ? `<p>没有成功（${upheld.answer.status}）：${escaped(upheld.answer.body.detail)}</p>` : upheld ? '<p>还没有得到回答，会一直重试。</p>' : ''
  return `${trouble}<form method="post" action="/cases/${encodeURIComponent(caseNumber)}/upholdings"><input type="hidden" name="form" value="${randomUUID()}"><input type="hidden" name="decision" value="${escaped(decision)}">
      <label>仍然坚持的理由（至少 20 字，监管部门会核查）<input name="reason" required minlength="20" maxlength="2000"></label><button>坚持要求</button></form>`
}

function panel({ crash, late, twice, downFor }: ReturnType<Misbehaviour['said']>): string {
  const button = (name: string, value: string, label: string) => `<button name="${name}" value="${value}">${label}</button>`
  const now = [crash && `下一次调用${crash === 'before' ? '前' : '后'}崩溃`, late && `回答晚 ${late} 秒`, twice && '每次说两遍', downFor && `停机，还有 ${downFor} 秒`].filter(Boolean)
  return `<h2>故意出错</h2><p>${now.join('，') || '现在一切正常。'}</p><form method="post" action="/misbehave" class="row">
    ${button('crash', 'before', '调用前崩溃')}${button('crash', 'after', '调用后崩溃')}${button('late', late ? '0' : '20', late ? '准时回答' : '回答晚 20 秒')}${button('twice', twice ? 'no' : 'yes', twice ? '只说一遍' : '每次说两遍')}${button('down', '60', '停机 60 秒')}</form>`
}

function log({ intents, heard }: State): string {
  const said = intents.slice(-15).toReversed().map(({ kind, caseNumber, madeAt, tried, answer, trouble }) => `<tr><td>${when(madeAt)}</td><td>${KINDS[kind]} ${escaped(caseNumber)}</td><td>${answer ? `${answer.status}` : `等待${trouble ? `：${escaped(trouble)}` : ''}`}</td><td>${tried}</td></tr>`)
  const came = heard.slice(-10).toReversed().map(({ at, type, subject }) => `<tr><td>${when(at)}</td><td>${escaped(type)}</td><td>${escaped(subject)}</td></tr>`)
  return `<h2>往来</h2><table><thead><tr><th>时间</th><th>报送</th><th>回答</th><th>次数</th></tr></thead><tbody>${said.join('') || '<tr><td colspan="4">还没有。</td></tr>'}</tbody></table>
    <table><thead><tr><th>收到通知</th><th>类型</th><th>案件</th></tr></thead><tbody>${came.join('') || '<tr><td colspan="3">还没有通知。</td></tr>'}</tbody></table>`
}

const STYLE = `body{font:16px/1.6 system-ui,"Noto Sans SC",sans-serif;max-width:60rem;margin:0 auto;padding:0 16px 48px;color:#1d2733;background:#f4f7f5}header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;border-bottom:2px solid #2c6e55;padding:16px 0 8px}header strong{font-size:1.1rem}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{width:100%;border-collapse:collapse;background:#fff;margin:8px 0}th,td{text-align:left;border:1px solid #cdd8d2;padding:6px 10px;vertical-align:top;overflow-wrap:anywhere}label{display:block;margin:8px 0}input,select{display:block;width:100%;max-width:32rem;box-sizing:border-box;padding:8px;font:inherit;border:1px solid #7d8f86}button{font:inherit;padding:8px 16px;margin:4px 8px 4px 0;background:#2c6e55;color:#fff;border:0;min-height:44px;cursor:pointer}article{background:#fff;border-left:4px solid #7d8f86;padding:4px 16px;margin:12px 0}article.no{border-color:#b3261e}article.yes{border-color:#2c6e55}a{color:#1c5b8a}`

function page(title: string, market: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)} · 审批系统（示例）</title><style>${STYLE}</style>
    <header><strong><a href="/">工程建设项目审批系统（示例）</a></strong><a href="${escaped(market)}/cases">到中介超市的案件台</a></header><main><h1>${escaped(title)}</h1>${body}</main></html>`
}
