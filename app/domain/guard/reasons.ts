/** Where a reason comes from: the rule's title and the article in it. */
export type LegalSource = { title: { zh: string; en: string }; article: { zh: string; en: string } }

const BUSINESS_ENVIRONMENT = { zh: '《优化营商环境条例》', en: 'Regulation on Optimising the Business Environment' }
const LICENSING = { zh: '《中华人民共和国行政许可法》', en: 'Administrative Licensing Law' }
const STATE_COUNCIL_31 = { zh: '《国务院办公厅关于清理规范国务院部门行政审批中介服务的通知》（国办发〔2015〕31号）', en: 'State Council General Office Notice No. 31 of 2015 on intermediary services in administrative approval' }

const article = (zh: string, en: string) => ({ zh, en })
const ARTICLE_43_1 = { title: BUSINESS_ENVIRONMENT, article: article('第四十三条第一款', 'article 43, paragraph 1') }
const ARTICLE_43_2 = { title: BUSINESS_ENVIRONMENT, article: article('第四十三条第二款', 'article 43, paragraph 2') }
const NOTICE_31_CLEARING = { title: STATE_COUNCIL_31, article: article('清理中介服务事项的规定', 'rules on clearing intermediary services') }

/**
 * Every reason for which a demand may not stand, in the order in which they are told, each with the rule it comes from.
 * The sentences stand in `app/words` under `guard.reasons`.
 */
export const REASONS = {
  'off-list': ARTICLE_43_1,
  'not-in-force-on-date': ARTICLE_43_1,
  'item-cancelled': NOTICE_31_CLEARING,
  'voluntary-only': ARTICLE_43_2,
  'basis-insufficient': ARTICLE_43_1,
  'not-for-this-approval-item': ARTICLE_43_1,
  'material-not-relevant': { title: LICENSING, article: article('第三十一条', 'article 31') },
  'wrong-commissioner': { title: BUSINESS_ENVIRONMENT, article: article('第四十三条第三款', 'article 43, paragraph 3') },
  'not-triggered-by-project': { title: LICENSING, article: article('第三十一条', 'article 31') },
  'covered-by-regional-assessment': { title: BUSINESS_ENVIRONMENT, article: article('第四十二条', 'article 42') },
  'valid-deliverable-on-file': { title: LICENSING, article: article('第三十一条、第三十二条', 'articles 31 and 32') },
  'merged-service': NOTICE_31_CLEARING,
  'duplicate-of-listed': NOTICE_31_CLEARING,
  'commitment-route-chosen': { title: BUSINESS_ENVIRONMENT, article: article('第十九条、第四十四条', 'articles 19 and 44') },
  'may-self-prepare': NOTICE_31_CLEARING,
  'designated-agency': ARTICLE_43_2,
  'agency-of-authority': ARTICLE_43_2,
} as const satisfies Record<string, LegalSource>

export type ReasonCode = keyof typeof REASONS
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[]
