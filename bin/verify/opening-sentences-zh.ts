import type { openingEn } from './opening-sentences.ts'
import type { Widened } from './sentences.ts'

export const openingZh: Widened<typeof openingEn> = {
  marked: '标为明显偏低的报价，恰好是按规则应当标的那些。',
  marksInstead: (marks) => `按公告的规则应当标：${marks || '无'}。`,
  counted: '开标的计数正确，记入账本的就是这里显示的内容。',
  otherPayload: '这不是开标时记入账本的内容。',
  countInstead: (count) => `重新计数得到 ${count}。`,
  tooFew: (least) => `有效报价少于 ${least} 份，不应当产生结果。`,
  failed: (least) => `有效报价少于公告要求的 ${least} 份：这次选取只能失败，没有谁排第一。`,
  enough: (least) => `有效报价有 ${least} 份或更多，不应当失败。`,
  otherLeast: (least) => `公告要求的是 ${least} 份。`,
  explained: '结果等到了公布的时间，也等到了偏低报价的说明期满。',
  decidesInstead: (at) => `按公告的规则应当是 ${at}；期限按日计算的，可以更晚。`,
}
