import type { pricesEn } from './price-sentences.ts'
import type { Widened } from './sentences.ts'

export const pricesZh: Widened<typeof pricesEn> = {
  money: (fen) => `${(fen / 100).toFixed(2)} 元`,
  discount: (basisPoints) => `下浮 ${(basisPoints / 100).toFixed(2)}%`,
  released: '各开标人出示的份额就是账本记下的那些，每人一次。',
  releasedAlone: '公告写明的开标人一人就能开启，没有份额可以出示。',
  tooFewReleased: (threshold) => `应当有 ${threshold} 个开标人出示份额。`,
  otherReleases: (count) => `账本记了 ${count} 次出示。`,
  holderTwice: '同一个开标人出现了两次。',
  strangeHolder: '出示份额的不是这个开标人。',
  otherShares: '这些份额与账本里的哈希不符。',
  strangeShare: '有一份份额属于没有开启的投标，或者同一份投标有两份份额。',
  together: (threshold) => `取任意 ${threshold} 份正确的份额重新合成：有钥匙的投标得到公开的那一把，其余的合不出来。`,
  otherKey: '出示的份额合成的是另一把钥匙，或者合不成。',
  holdersInstead: (holders) => `份额与承诺不符的，或者缺少的，是：${holders || '无'}。`,
  ranked: {
    'lowest-price': '重新按报价从低到高排序，得到同样的顺序和同一家中选机构。',
    'average-price': '重新按接近平均价的程度排序（不高于平均价的在前），得到同样的顺序和同一家中选机构。',
  },
  rankedByLot: {
    'lowest-price': '重新按报价从低到高排序，报价相同的按各家的抽签号重新计算，得到同样的顺序和同一家中选机构。',
    'average-price': '重新按接近平均价的程度排序（不高于平均价的在前），报价相同的按各家的抽签号重新计算，得到同样的顺序和同一家中选机构。',
  },
  lot: (lot) => `抽签号 ${String(lot).padStart(3, '0')}`,
  noLot: '这次采购没有要求任何机构给抽签号。',
}
