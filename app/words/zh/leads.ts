const ownerOf = (owner: string | null) => owner ?? '一位自然人业主'
const TIES: Record<string, string> = { 'is-the-owner': '同一组织', 'same-person': '同一法定代表人', 'same-phone': '同一电话', 'same-address': '同一地址' }

/** What a regulator should look at: suspicions read from facts, and no finding. */
export const leads = {
  title: '线索',
  lead: '从已发生的事实里自动列出，按期限排列。线索只是疑点，不是结论；只有本级监管部门能看到，不公开，也不计分。',
  caption: '线索，有期限的在前',
  all: '全部线索',
  shownOf: (shown: number, count: number) => `共 ${count} 条，这里是最急的 ${shown} 条。`,
  kind: '种类',
  filterLabel: '筛选线索',
  kinds: {
    'question-overdue': '提问逾期未答',
    'demand-insisted': '被拒绝后再次要求',
    'bidders-related': '关联报名被排除',
    'direct-share': '直接选取集中于一家',
    'direct-total': '全年直接选取总额偏高',
  },
  actions: {
    'question-overdue': '看提问',
    'demand-insisted': '看最近一次意见',
    'bidders-related': '看公告',
    'direct-share': '看机构',
    'direct-total': '看最近一笔',
  },
  untils: { 'question-overdue': '应答复期限', 'bidders-related': '抽取或生效于' } as Record<string, string>,
  sentences: {
    'question-overdue': ({ title, owner, count, held }: { title: string; owner: string | null; count: number; held: boolean }) => `${title}：${ownerOf(owner)}有 ${count} 个提问过期未答${held ? '，报名截止时间已过，公告因此一直不能截止' : '，不答复公告就不能截止'}。`,
    'demand-insisted': ({ authority, service, count }: { authority: string; service: string; count: number }) => `${authority}要求“${service}”，已被拒绝 ${count} 次，其中 ${count - 1} 次是被拒绝以后再次提出。`,
    'bidders-related': ({ title, count }: { title: string; count: number }) => `${title}：截止时有 ${count} 个报名因为与另一报名人有关联，没有进入抽取池。`,
    'direct-share': ({ owner, agency, year, count, of, fen, share }: { owner: string | null; agency: string; year: number; count: number; of: number; fen: string; share: string }) => `${ownerOf(owner)} ${year} 年用公共资金直接选取 ${of} 次，${agency}得到 ${count} 次、${fen} 元，占金额的 ${share}。`,
    'direct-total': ({ owner, year, count, fen, limit }: { owner: string | null; year: number; count: number; fen: string; limit: string }) => `${ownerOf(owner)} ${year} 年用公共资金直接选取 ${count} 次，合计 ${fen} 元，超过 ${limit} 元。`,
  },
  pair: (one: string, other: string | null, by: string) => (other ? `${one} — ${other}：${by || '关联方式当时没有记录'}` : `${one}：关联方式当时没有记录`),
  tie: (tie: string) => TIES[tie] ?? tie,
  and: '、',
  tiesAt: '关联按截止当时的登记判断。',
  limits: '怎样才列为线索',
  lookBack: '往前看',
  days: (count: number) => `${count} 天`,
  share: '一家占直接选取金额超过',
  shareFrom: '至少这么多次才看集中度',
  times: (count: number) => `${count} 次`,
  yearTotal: '全年直接选取总额超过',
  empty: { title: '没有线索', text: '提问逾期、被拒绝的要求再次提出、关联报名、直接选取过于集中，会自动列在这里。', action: '看全部要求' },
  emptyKind: { title: '没有这一种线索', text: '换一个种类，或者看全部线索。', action: '看全部线索' },
  refusals: {},
}
