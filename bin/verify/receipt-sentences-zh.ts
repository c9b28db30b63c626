import type { receiptEn } from './receipt-sentences.ts'
import type { Widened } from './sentences.ts'

export const receiptZh: Widened<typeof receiptEn> = {
  none: '这不是回执。',
  noKeys: '这不是公布的公钥文件。',
  hashed: '回执里的哈希就是其中报名内容的哈希。',
  otherHash: '回执里的报名内容算不出这个哈希。',
  signed: '平台签了您的回执。',
  signedValue: (received, promised, key) => `收到时间 ${received}，承诺入账期限 ${promised}，公钥 ${key}`,
  strangeKey: '公布的回执公钥里没有这个编号。',
  notSigned: '签名是假的：回执里有内容被改过。',
  sealed: '其中的报名是密封的，封给这次采购、这个编号。',
  sealedElsewhere: '其中密封的内容写的是另一次采购或另一份报名。',
  ofTender: '您的回执属于这次采购。',
  otherTender: (tender) => `它属于 ${tender}。`,
  inPool: '您的报名在名单里，与收到时一致。',
  notInPool: '名单里没有您的报名。请把回执交给监管部门。',
  otherLeaf: '您的报名在名单里，但编号或时间与回执不同。',
  leaf: (place, standing, reasons) => `名单第 ${place} 项（从 0 数起）：${standing === 'eligible' ? '有效' : '不计入'}${reasons ? `（${reasons}）` : ''}`,
  inLog: '承诺已兑现：回执指明的记录已在账本里，带着您的报名哈希。',
  otherEntry: (id) => `证明属于记录 ${id}。`,
  otherLeafHash: '账本里这条记录的哈希不同。',
  otherBid: '这条记录属于另一份报名。',
  otherTime: (at) => `记录写的时间是 ${at}。`,
  place: (index) => `账本序号 ${index}（从 0 数起）`,
}
