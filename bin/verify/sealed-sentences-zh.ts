import type { sealedEn } from './sealed-sentences.ts'
import type { Widened } from './sentences.ts'

export const sealedZh: Widened<typeof sealedEn> = {
  cannotDecrypt: '没有看出不符，但是密封的报价在这里打不开：浏览器只在安全的（https）网址上提供解密。请改用命令行核验。',
  allOpened: (count) => `${count} 份有效的投标全部开启，没有开启别的。`,
  notEligible: '名单里没有这个编号的有效投标。',
  otherOpened: (eligible, opened) => `有效的投标有 ${eligible} 份，开启的 ${opened} 份与之不同。`,
  asReceived: '开启的每一份都是名单里那一份密封的投标，一个字节也不差，属于这次采购，并且封给公告写明的开标人。',
  otherEnvelope: '这份密封的投标与名单里的哈希不符。',
  strangeHeader: '这次采购的这份投标不应当这样写。',
  ruled: '用公开的钥匙可以再次打开每一份投标；报价是否有效、理由是什么，都与记录一致。',
  ruledInstead: (reason) => `再次打开得到的是：${reason ?? '有效'}。`,
  validOf: (valid, all) => `${all} 份中 ${valid} 份有效`,
}
