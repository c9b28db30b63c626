import type { meritEn } from './merit-sentences.ts'
import type { Widened } from './sentences.ts'

export const meritZh: Widened<typeof meritEn> = {
  points: (mean) => `${mean} 分`,
  weighed: '公告写明了怎样评：权重合计一百分，其中一项是价格，评委为单数。',
  notHundred: '权重合计不是一百分。',
  twice: '价格应当恰好是一项，代码不应当重复。',
  even: '评委是双数。',
  seated: (judges) => `${judges} 名评委都在开启之前声明了没有利害关系，都在任何评分表公开之前提交了自己的承诺。`,
  declared: (judges) => `${judges} 名评委都在开启之前声明了没有利害关系。`,
  outOfTurn: '按账本此前对这个席位的记载，不应当有这一条。',
  notDeclared: '开启投标时，有席位空缺或者评委没有声明。',
  notCommitted: '公开评分表时，有评委还没有提交承诺。',
  asCommitted: '每张评分表都是评委事先承诺的那一张，并且同时公开。',
  otherSeat: '这不是这次采购中这个席位的评分表。',
  otherCommitment: '这个席位的评委承诺的是另一张评分表。',
  otherSheet: '评分表的哈希与此不符。',
  sheetsInstead: (judges) => `应当有 ${judges} 张评分表。`,
  otherReveal: '这不是哈希记入账本的那些评分表。',
  otherEntry: '这里写的是另一条记录。',
  whole: '每张评分表对每份有效投标的每个评审项都有一个分数和理由，没有超过权重的。',
  marksInstead: (count) => `应当有 ${count} 项打分。`,
  strangeMark: '这里不应当是这一项打分，或者分数超过了权重。',
  marks: (count) => `${count} 项打分`,
  waited: '同分时用的随机数，在评分表公开之后才出现。',
  decidesInstead: (at) => `按公告的规则应当是 ${at}；期限按日计算的，可以更晚。`,
  ranked: '重新计算价格分和评审分并从高到低排序，得到同样的顺序和同一家中选机构。',
}
