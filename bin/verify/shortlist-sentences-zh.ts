import type { shortlistEn } from './shortlist-sentences.ts'
import type { Widened } from './sentences.ts'

export const shortlistZh: Widened<typeof shortlistEn> = {
  graded: '每份有效的报名都写着冻结时的信用等级，等级有几个球由公告写明。',
  noGrade: '不计入的报名没有等级。',
  strangeGrade: '公告里没有这个等级。',
  unrated: (grade) => `没有公布等级的记录，等级应当是 ${grade}。`,
  drawnAgain: (big, small) => `重新按等级排名、按球抽取，得到大名单 ${big} 家的同样顺序，前 ${small} 家是小名单。`,
  picked: '选定的机构在小名单里，并且在期限内选定。',
  notYet: '还没有选定；业主可以选到公布的时间为止。',
  pickByInstead: (at) => `按公告的规则应当是 ${at}；期限按日计算的，可以更晚。`,
  otherHold: '小名单的暂停应当在抽取以后、上一次暂停以后、业主选定的期限以内开始。',
  strayProof: '这里有证明，却没有它所证明的记录。',
  otherDraw: '这里指明的是另一次抽取。',
  notOnList: '小名单的这个位次上不是这家机构。',
  otherTime: '业主在期满前选定；期满以后才由抽出的第一家递补。',
  notFirst: '没有选定的，只能是抽出的第一家。',
  noReason: '业主选定要写理由，时钟没有理由。',
}
