import type { Widened } from './sentences.ts'

/* What the checks of a direct selection say, in both languages: a page loads them together with the checks. */

export const directEn = {
  moved: 'The entries that moved the deadline lead one from the date of the other, from publication to the closing.',
  inTime: 'Published before the deadline, accepted before the one in force, closed at it or after, and awarded then.',
  late: 'The acceptance came at the deadline then in force, or after it.',
  closedEarly: 'This was closed before the deadline.',
  declinedLate: 'The award was declined when its time for that was over.',
  accepted: 'The acceptance is the one whose hash is in the log, and names this tender and the agency that publication named.',
  otherBody: 'The acceptance does not hash to what its entry says.',
  otherBid: 'The entry is of another bid.',
  notNamed: (named: string) => `Publication named ${named}.`,
  closed: 'The closing found this one acceptance at the deadline in force.',
  oneAlone: 'One agency is named, so exactly one bid can be eligible.',
  awarded: 'The award went to the agency that publication named, for the reason that it gave.',
  declined: 'The award went to the agency that publication named, for the reason that it gave, and that agency declined it: nobody has won.',
  otherReason: 'Publication gave another reason.',
  sameAward: 'The proof of the award is of the same entry as the award in the bundle.',
  otherAward: 'This is another award than the one in the bundle.',
  receipt: 'Your receipt is of the acceptance that counted, as it was received.',
  otherAcceptance: 'What counted is another acceptance than that of your receipt. If you did not send a later one, show it to the regulator.',
}

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
