import type { Widened } from './sentences.ts'
import type { witnessesEn } from './witness-sentences.ts'

export const witnessesZh: Widened<typeof witnessesEn> = {
  signature: (place) => `第 ${place} 位见证人的签名`,
  enrolment: (place) => `第 ${place} 位见证人的报名`,
  under: (count) => `${count} 位见证人签的就是这个结果，不是别的。`,
  unproven: '证明的份数与记录的条数不同。',
  otherPlace: (place) => `按签名的先后，这里是第 ${place} 位。`,
  otherTender: '这条记录属于另一次采购。',
  early: '签名的记录在结果之前。',
  late: '报名的记录不在结果之前。',
  otherStatement: (value) => `这个结果的声明应当写：${value}。`,
  notSigned: '签名不是这把公钥对这份声明签的。',
  twice: '两位见证人用了同一把公钥。',
  otherEnrolment: '签名写的是另一次报名。',
  otherKey: '报名时记下的是另一把公钥。',
  citizens: '自然人没有信用代码，单位有。',
  byAccount: '凭平台的记录：登录账号确认，没有自己的钥匙',
  byKey: (fingerprint) => `用公钥 ${fingerprint} 签名`,
  before: '，结果出来以前已记入账本',
  citizen: '一位公民',
}
