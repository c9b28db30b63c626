import type { Role } from '#app/domain/accounts/actor.ts'
import { organisationCheckDigit, usccCheckDigit } from '#app/domain/accounts/uscc.ts'
import { DEMO_DIVISION } from './catalogue.ts'

/** The district of the demo city in which its authority sits. */
export const DEMO_DISTRICT = '220106'

export type DemoPerson = {
  signInName: string
  displayName: string
  role: Role
  organisation: { name: string; uscc: string | null; divisionCode: string; address: string; phone: string }
  /** What an agency offers: codes of the demo's list. */
  offers?: readonly string[]
  zh: string
  en: string
}

/** A code that passes both checks. `DEM` stands where a registered body has digits, so that no real one is met. */
function uscc(kind: '11' | '91', division: string, serial: number): string {
  const body = `MADEM${serial}`
  const seventeen = kind + division + body + organisationCheckDigit(body)
  return seventeen + usccCheckDigit(seventeen)
}

type Place = { divisionCode?: string; city?: string }
const at = (serial: number, city: string) => ({ address: `${city}示例路${serial}号`, phone: `0431-80000${serial}` })
const office = (name: string, serial: number, { divisionCode = DEMO_DIVISION, city = '长春市' }: Place = {}) => ({ name, uscc: uscc('11', divisionCode, serial), divisionCode, ...at(serial, city) })
const company = (name: string, serial: number, { divisionCode = DEMO_DIVISION, city = '长春市' }: Place = {}) => ({ name, uscc: uscc('91', divisionCode, serial), divisionCode, ...at(serial, city) })

/** Everybody who can be played, in the order of the story; every organisation is invented. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    signInName: 'owner', displayName: '周雨桐', role: 'owner', organisation: company('长春示例置业有限公司', 101),
    zh: '要在绿园区盖一栋厂房，想知道哪些中介服务非买不可。', en: 'Wants to build a workshop in Lüyuan and to know which services must be bought.',
  },
  {
    signInName: 'person', displayName: '王示例', role: 'owner', organisation: { name: '王示例', uscc: null, divisionCode: DEMO_DISTRICT, address: '', phone: '13800000102' },
    zh: '翻建自家房屋，以个人名义发布采购。', en: 'Rebuilds a house of their own and buys as a natural person.',
  },
  {
    signInName: 'authority', displayName: '李明哲', role: 'authority', organisation: office('长春市绿园区示例审批局', 201, { divisionCode: DEMO_DISTRICT, city: '长春市绿园区' }),
    zh: '窗口审批人员，要材料之前先问一问清单。', en: 'An officer at the counter who asks the list before asking for a document.',
  },
  {
    signInName: 'agency1', displayName: '陈思远', role: 'agency', organisation: company('示例岩土勘察有限公司', 301), offers: ['R15', 'R34', 'R28'],
    zh: '勘察与地灾评估机构，在自己的工作台上报名、查收回执。', en: 'Ground investigation and hazard assessment; bids and keeps its receipts at its desk.',
  },
  {
    signInName: 'agency2', displayName: '赵一帆', role: 'agency', organisation: company('示例水土规划设计有限公司', 302, { divisionCode: '220200', city: '吉林市' }), offers: ['R28', 'R27', 'R38'],
    zh: '外地机构：入驻一次，处处有效，不看注册地。', en: 'From another city: registered once, welcome everywhere.',
  },
  {
    signInName: 'agency3', displayName: '孙晓彤', role: 'agency', organisation: company('示例环境技术有限公司', 303), offers: ['R36', 'R28'],
    zh: '环境技术机构，条件、流程、时限和收费都写在明处。', en: 'Environmental work; conditions, process, time limit and fee are there for all to read.',
  },
  {
    signInName: 'agency4', displayName: '刘海洋', role: 'agency', organisation: company('示例测绘有限公司', 304), offers: ['R40', 'R28'],
    zh: '测绘机构，报名后可以在截止前替换或撤回。', en: 'Surveyors; may replace or withdraw a bid until the deadline.',
  },
  {
    signInName: 'agency5', displayName: '吴清扬', role: 'agency', organisation: company('示例工程咨询有限公司', 305), offers: ['R26', 'R24', 'R28'],
    zh: '工程咨询机构，没抽中也能自己把抽取重算一遍。', en: 'Engineering consultants; whoever is not drawn can compute the draw again.',
  },
  {
    signInName: 'agency6', displayName: '郑可欣', role: 'agency', organisation: company('示例安全评价有限公司', 306, { divisionCode: '210100', city: '沈阳市' }), offers: ['R37'],
    zh: '邻省机构，刚刚入驻。', en: 'From the next province, registered a moment ago.',
  },
  {
    signInName: 'regulator', displayName: '高文静', role: 'regulator', organisation: office('长春市示例政务服务管理局', 202),
    zh: '管清单的人：何时列入、依据何在、谁被多要了材料。', en: 'Governs the list: what is on it since when, on which law, and who was asked for more.',
  },
  {
    signInName: 'operator', displayName: '何子墨', role: 'operator', organisation: company('示例平台运营有限公司', 401),
    zh: '负责平台运行，对任何结果没有发言权。', en: 'Keeps the platform running and has no say in any result.',
  },
]
