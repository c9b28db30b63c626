import type { consistencyEn } from './consistency-sentences.ts'
import type { Widened } from './sentences.ts'

export const consistencyZh: Widened<typeof consistencyEn> = {
  continues: (from, to) => `${to} 条的账本是在 ${from} 条的账本后面添加的，先前的记录没有改动。`,
  otherState: '证明推出的是另一个根哈希。',
}
