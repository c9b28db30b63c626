import type { drandEn } from './drand-sentences.ts'
import type { Widened } from './sentences.ts'

export const drandZh: Widened<typeof drandEn> = {
  round: 'drand 的轮次由公告和检查点推算得出，没有人挑选。',
  otherChain: '这不是本核验程序所知的 drand quicknet。',
  otherRound: (round) => `按规则应当是第 ${round} 轮。`,
  otherInstant: (at) => `这一轮的公布时间是 ${at}。`,
  before: '结果早于它的随机数。',
  roundAt: (round, at) => `第 ${round} 轮，${at}`,
  moved: (round, covered) => `不是公告的第 ${round} 轮：平台称检查点签署于 ${covered}。请与见证方保存的核对。`,
  signed: 'drand quicknet 签署了这一轮，随机数就是签名的哈希。',
  notItsHash: '随机数不是签名的哈希。',
  notSigned: '签名不是 quicknet 对这一轮的签名。',
}
