import type { MessageKind, MessageParams } from '#app/domain/notices/message.ts'

const ROLES = { agency: '中介机构', owner: '项目业主', authority: '审批部门', regulator: '监管部门', operator: '平台运营' }
const VERDICTS: Record<string, string> = { allowed: '可以要求', refused: '不得要求', 'needs-facts': '还缺项目情况，暂不能要求' }
const verdictOf = (verdict: string) => VERDICTS[verdict] ?? verdict
/** An instant of this year on Beijing's clock. */
const clockOf = (at: string) => {
  const [month, day, time] = new Date(new Date(at).getTime() + 8 * 3600_000).toISOString().slice(5, 16).split(/[-T]/) as [string, string, string]
  return `${Number(month)}月${Number(day)}日 ${time}`
}
const quoted = (text: string | null) => (text ? `“${text}”` : '清单上没有的服务')
const others = (count: number) => (count > 1 ? `等 ${count} 项服务` : '')

export const notices = {
  title: '消息',
  lead: (role: string) => `与${role}有关的事，最新在前。您读过的只算您读过，同事各读各的。`,
  many: '99+',
  unread: (count: number) => (count >= 100 ? '99+ 条未读' : `${count} 条未读`),
  caption: '消息',
  new: '未读',
  until: { closesAt: '截止', drawsAfter: '抽取不早于', answerBy: '应在此前答复：', publicityEndsAt: '公示至', declineUntil: '可放弃至', decidesAfter: '排序不早于', complaintUntil: '可投诉至', suspendedUntil: '最迟恢复：', from: (day: string) => `自${day}起` },
  show: { label: '显示', all: '全部', unread: '只看未读' },
  readAll: '全部标为已读',
  readAllNote: '只对您的账号有效。',
  allRead: '已全部标为已读。',
  empty: {
    all: { title: '还没有消息', text: '与您有关的公告、报名、结果和清单变化，会自动出现在这里。', action: '去工作台' },
    unread: { title: '没有未读消息', text: '新的消息会自动出现在这里。', action: '看全部消息' },
  },
  kinds: {
    'tender-to-bid': ({ title, service }) => `有一个您可以报名的公告：${title}（${service}）`,
    'tender-published': ({ title }) => `公告已发布，开始接受报名：${title}`,
    'named-in-tender': ({ title }) => `业主直接选取，点名贵机构，请决定是否接受：${title}`,
    'question-to-answer': ({ title }) => `有机构提问，等您答复：${title}`,
    'own-question-answered': ({ title }) => `您的提问有了答复：${title}`,
    'question-answered': ({ title }) => `业主公开答复了一个提问：${title}`,
    'answer-corrected': ({ title }) => `业主更正了一个答复：${title}`,
    'award-declined': ({ title }) => `中选机构放弃了，按抽取的顺序由下一家递补：${title}`,
    'tender-corrected': ({ title }) => `公告有更正，不影响报名：${title}`,
    'tender-corrected-bids': ({ title }) => `公告有影响报名的更正，您的报名保留，可以替换：${title}`,
    'tender-corrected-open': ({ title }) => `您可以报名的公告有更正：${title}`,
    'tender-extended': ({ title }) => `报名截止时间延长了：${title}`,
    'tender-cancelled': ({ title }) => `业主终止了采购：${title}`,
    'tender-suspended': ({ title }) => `监管部门暂停了采购：${title}`,
    'tender-resumed': ({ title }) => `采购恢复进行：${title}`,
    'objection-to-answer': ({ title }) => `有机构对结果提出异议，请您答复：${title}`,
    'award-objected': ({ title }) => `有机构对结果提出异议，答复以前中选不生效：${title}`,
    'objection-raised': ({ title }) => `有机构对结果提出异议：${title}`,
    'objection-answered': ({ title }) => `您的异议有了答复；不满意的可以投诉：${title}`,
    'answer-to-objection': ({ title }) => `业主答复了异议：${title}`,
    'hold-ended': ({ title }) => `暂停到期，采购自动恢复：${title}`,
    'outage-to-approve': ({ from, until }) => `有一段停机（${clockOf(from)}至${clockOf(until)}）等第二位运营人员同意后延期；提出的人不能自己同意`,
    'outage-approved': ({ from, until, extended }) => `停机（${clockOf(from)}至${clockOf(until)}）已由两位运营人员确认，${extended ? `${extended} 个公告延期` : '没有公告需要延期'}`,
    'draft-handed-over': ({ title }) => `受托人写好了一份草稿，等您检查并发布：${title}`,
    'bid-received': ({ title }) => `报名已收到，请保存回执：${title}`,
    'bid-replaced': ({ title }) => `报名已替换，以新的回执为准：${title}`,
    'bid-withdrawn': ({ title }) => `报名已撤回，截止前可以重新报名：${title}`,
    'bidding-closed': ({ title }) => `报名已截止，等待公开抽取：${title}`,
    'own-bidding-closed': ({ title, eligible }) => `报名已截止${eligible === undefined ? '' : `，${eligible} 家合格`}，等待公开抽取：${title}`,
    'bids-opened': ({ title }) => `已经开标，报价全部公开：${title}`,
    'price-to-explain': ({ title }) => `您的报价明显偏低，请在排序以前说明：${title}`,
    'price-explained': ({ title }) => `一家机构说明了它的低价：${title}`,
    'tender-failed': ({ title }) => `采购没有成功，没有机构中选：${title}`,
    'own-tender-failed': ({ title }) => `采购没有成功，可以重新发布：${title}`,
    'award-won': ({ title }) => `您中选了：${title}`,
    'award-to-another': ({ title }) => `结果已公开，这次中选的不是您；顺序可以自己核验：${title}`,
    'own-tender-awarded': ({ title, winner }) => `结果已公开${winner ? `，中选的是${winner}` : ''}：${title}`,
    'award-binds': ({ title }) => `公示期满，您的中选已经生效，中选通知书可以打印：${title}`,
    'award-binds-for-another': ({ title, winner }) => `公示期满，中选结果已经生效${winner ? `，中选的是${winner}` : ''}：${title}`,
    'own-award-binds': ({ title, winner }) => `公示期满，中选结果已经生效，请与${winner || '中选机构'}签订合同：${title}`,
    'agency-admitted': ({ name }) => `${name}已注册并生效，可以挂牌服务了`,
    'agency-to-check': ({ name }) => `${name}已注册，等待形式核对`,
    'check-passed': ({ name }) => `${name}通过了形式核对`,
    'check-returned': ({ name }) => `${name}的材料需要补正，请看理由并答复`,
    'check-answered': ({ name }) => `${name}答复了退回的材料，等待再次核对`,
    sanctioned: ({ name }) => `${name}被记录了一项限制参加采购的决定，请看内容和期限`,
    'sanction-lifted': ({ name }) => `${name}的一项限制参加采购的决定已解除，可以报名了`,
    'demand-decided': ({ authority, service, verdict }) => `${authority}在您的项目里要求${quoted(service)}，清单核验意见：${verdictOf(verdict)}`,
    'demand-refused': ({ authority, service }) => `${authority}要求${quoted(service)}，清单核验意见：不得要求`,
    'own-demand-refused': ({ service }) => `本部门要求${quoted(service)}，清单核验意见：不得要求；请不要再向申请人提出`,
    'service-retired': ({ number, service, count }) => `第 ${number} 版清单移出了您挂牌的“${service}”${others(count)}，生效后不能再发布新的采购`,
    'service-reworded': ({ number, service, count }) => `第 ${number} 版清单修改了您挂牌的“${service}”${others(count)}，请核对`,
    'list-version': ({ number }) => `第 ${number} 版事项清单已通过，生效之日起按它提出要求`,
    'delegate-invited': ({ role }) => `本单位发出了一份受托人邀请（${ROLES[role]}），不是您的意思就收回它`,
    'delegate-joined': ({ role }) => `一位受托人接受了邀请，开始代表本单位办事（${ROLES[role]}）`,
  } satisfies { [K in MessageKind]: (params: MessageParams[K]) => string },
  refusals: {
    'no-such-message': '没有这条消息，或者它不是给您的。',
  },
}
