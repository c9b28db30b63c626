import type { lotteryEn } from './lottery-sentences.ts'
import type { Widened } from './sentences.ts'

export const lotteryZh: Widened<typeof lotteryEn> = {
  before: '结果早于它的随机数。',
  lottery: '彩票、开奖日期和号码符合公告，并且算出这个随机数。',
  otherGame: '公告写的是另一种彩票。',
  otherDay: (day) => `按规则应当是 ${day} 开奖的那一期，休市的是以后第一期。`,
  otherIssue: '期号与日期不符。',
  otherNumbers: '这种彩票开不出这样的号码，或者号码没有从小到大排列。',
  notOfNumbers: '随机数不是这些号码的哈希。',
  compare: '请拿官方开奖公告核对期号和号码：任何文件都不能代替。',
  movedDay: (day, covered) => `不是公告的 ${day}：平台称检查点签署于 ${covered}。请与见证方保存的核对。`,
  paused: (day, entry) => `两名人员在记录 ${entry} 中说明 ${day} 休市。请与公告核对。`,
}
