import type { Basis, BasisType } from '#app/domain/catalogue/basis.ts'

const PROVINCES = /^(北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|[^国]{2,6}(省|市|自治区|自治州))/

/**
 * Reads the bases out of a sentence such as `《水土保持法》第二十五条、第二十六条；《防洪法》`.
 * What names no text at all (`地方性法规`) yields nothing: a basis that cannot be looked up is none.
 */
export function basesIn(sentence: string | null): Basis[] {
  return (sentence ?? '').split('；').flatMap((part) => {
    const decision = /^国务院决定（(第\d+号令)）(.*)$/.exec(part)
    if (decision) return [{ type: 'state-council-decision', title: `国务院对确需保留的行政审批项目设定行政许可的决定（国务院令${decision[1]}）`, articles: decision[2] || null, repealedOn: null } as const]
    const named = /^《([^》]+)》(（[^）]+）)?([^（]*)/.exec(part)
    if (!named) return []
    const [, title = '', note = '', articles] = named
    return [{ type: basisTypeOf(title), title: title + note, articles: articles || null, repealedOn: null }]
  })
}

/** A text's rank by its name: 法, 条例 (of the State Council, or local where a place stands before it), 决定, 办法 or 规定, and the rest. */
export function basisTypeOf(title: string): BasisType {
  if (PROVINCES.test(title) && /条例$|办法$/.test(title)) return 'local-regulation'
  if (/法$/.test(title) && !/办法$/.test(title)) return 'law'
  if (/条例$/.test(title)) return 'administrative-regulation'
  if (/^国务院.*决定/.test(title)) return 'state-council-decision'
  return /(办法|规定)$/.test(title) ? 'ministerial-rule' : 'normative-document'
}
