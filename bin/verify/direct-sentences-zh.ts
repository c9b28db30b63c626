import type { directEn } from './direct-sentences.ts'
import type { Widened } from './sentences.ts'

export const directZh: Widened<typeof directEn> = {
  moved: '各条延期记录首尾相接，从公告的截止时间到关闭时的截止时间。',
  inTime: '公告在截止以前，接受在当时的截止时间以前，关闭在截止时或以后，随后中选。',
  late: '接受的时间不早于当时的截止时间。',
  closedEarly: '关闭早于截止时间。',
  declinedLate: '放弃中选时，可以放弃的期限已经过了。',
  accepted: '接受的内容与账本里的哈希一致，写的是这次采购和公告指名的机构。',
  otherBody: '接受的内容算不出账本记录里的哈希。',
  otherBid: '这条记录属于另一份报名。',
  notNamed: (named) => `公告指名的是 ${named}。`,
  closed: '关闭时在截止时间以前收到的，就是这一份接受。',
  oneAlone: '只指名一家，有效的只能有一份。',
  awarded: '中选的就是公告指名的机构，理由就是公告写的理由。',
  declined: '中选的就是公告指名的机构，理由就是公告写的理由；它随后放弃，没有中选机构。',
  otherReason: '公告写的是另一个理由。',
  sameAward: '中选的证明与核验包里的中选是同一条记录。',
  otherAward: '这是核验包里的中选以外的另一次中选。',
  receipt: '您的回执就是所计的那份接受，与收到时一致。',
  otherAcceptance: '所计的接受不是您这张回执的那一份。如果您没有另交过，请把回执交给监管部门。',
}
