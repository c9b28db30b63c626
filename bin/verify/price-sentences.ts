import type { Widened } from './sentences.ts'

/* What the checks of sealed prices say, in both languages: a page loads them together with the checks. */

export const pricesEn = {
  money: (fen: number) => `¥${(fen / 100).toFixed(2)}`,
  discount: (basisPoints: number) => `${(basisPoints / 100).toFixed(2)} % off`,
  cannotDecrypt: 'Nothing is wrong that could be seen, but sealed prices cannot be opened here: this browser decrypts only on secure (https) addresses. Use the command instead.',
  allOpened: (count: number) => `All ${count} eligible bids were opened, and no other.`,
  notEligible: 'No eligible bid of the pool has this id.',
  otherOpened: (eligible: number, opened: number) => `${eligible} bids are eligible; those opened (${opened}) are not the same.`,
  asReceived: 'Every opened bid is the sealed one in the pool, byte for byte, for this tender and sealed to those whom publication named.',
  otherEnvelope: 'This sealed bid does not hash to its leaf in the pool.',
  strangeHeader: 'This is not what this bid in this tender must say.',
  ruled: 'With the published keys every bid opens again, and its price is valid or not for the reason given.',
  ruledInstead: (reason: string | null) => `Opening it again gives: ${reason ?? 'valid'}.`,
  validOf: (valid: number, all: number) => `${valid} of ${all} valid`,
  marked: 'Exactly the abnormally low prices are marked as such.',
  marksInstead: (marks: string) => `By the rules of publication the marks are: ${marks || '–'}.`,
  counted: 'The opening counted right, and put into the log what is shown here.',
  otherPayload: 'This is not what the opening put into the log.',
  countInstead: (count: number) => `Counting again gives ${count}.`,
  tooFew: (least: number) => `Fewer than ${least} prices are valid: nothing may be decided.`,
  explained: 'The decision waited for the announced time, and for low prices to be explained.',
  decidesInstead: (at: string) => `By the rules of publication it is ${at}, or later where days count.`,
  ranked: {
    'lowest-price': 'Ranking again, the lowest price first, gives the same order and the same winner.',
    'average-price': 'Ranking again, the price nearest to the mean from below first, gives the same order and the same winner.',
  },
  rankedByLot: {
    'lowest-price': 'Ranking again, the lowest price first and equal ones by the electronic lot of their numbers, gives the same order and the same winner.',
    'average-price': 'Ranking again, the price nearest to the mean from below first and equal ones by the electronic lot of their numbers, gives the same order and the same winner.',
  },
  lot: (lot: number) => `lot ${String(lot).padStart(3, '0')}`,
  noLot: 'This tender asked no bidder for a number.',
}

export const pricesZh: Widened<typeof pricesEn> = {
  money: (fen) => `${(fen / 100).toFixed(2)} 元`,
  discount: (basisPoints) => `下浮 ${(basisPoints / 100).toFixed(2)}%`,
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
  marked: '标为明显偏低的报价，恰好是按规则应当标的那些。',
  marksInstead: (marks) => `按公告的规则应当标：${marks || '无'}。`,
  counted: '开标的计数正确，记入账本的就是这里显示的内容。',
  otherPayload: '这不是开标时记入账本的内容。',
  countInstead: (count) => `重新计数得到 ${count}。`,
  tooFew: (least) => `有效报价少于 ${least} 份，不应当产生结果。`,
  explained: '结果等到了公布的时间，也等到了偏低报价的说明期满。',
  decidesInstead: (at) => `按公告的规则应当是 ${at}；期限按日计算的，可以更晚。`,
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
