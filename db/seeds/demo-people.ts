import type { Role } from '#app/domain/accounts/actor.ts'
import { DEMO_DISTRICT, DEMO_PARK, sample, type SampleOrganisation } from './sample-organisations.ts'

export type DemoPerson = {
  signInName: string
  displayName: string
  role: Exclude<Role, 'judge'>
  organisation: SampleOrganisation
  /** How many days before the story is told they came. */
  came: number
  /** What an agency offers: codes of the demo's list. */
  offers?: readonly string[]
  /** Whom they work with: they came by that manager's invitation. */
  colleagueOf?: string
  /** Why one would want to be them, for the card on the sign-in page; who has none signs in by name and password. */
  sentence?: { zh: string; en: string }
}

/** Everybody who can be played, in the order of the story; every organisation is invented. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    signInName: 'owner', displayName: '周雨桐', role: 'owner', organisation: sample('company', '长春示例置业有限公司', 101), came: 210,
    sentence: { zh: '要在绿园区盖一栋厂房，想知道哪些中介服务非买不可。', en: 'Wants to build a workshop in Lüyuan and to know which services must be bought.' },
  },
  {
    signInName: 'school', displayName: '林书妍', role: 'owner', organisation: sample('institution', '长春市绿园区示例实验学校', 103, { divisionCode: DEMO_DISTRICT, city: '长春市绿园区' }), came: 300,
    sentence: { zh: '扩建学校的采购管理人，用的是财政资金：草稿里那份超过限额的公告，点发布会被拒绝并指明去处。', en: 'Manager of a school extension in Lüyuan, paid by the budget: publish the draft above the limit, and it is refused with the way to go.' },
  },
  {
    signInName: 'person', displayName: '王示例', role: 'owner', organisation: { name: '王示例', uscc: null, divisionCode: DEMO_DISTRICT, address: '', phone: '13800000102' }, came: 60,
    sentence: { zh: '翻建自家房屋，以个人名义发布采购。', en: 'Rebuilds a house of their own and buys as a natural person.' },
  },
  {
    signInName: 'authority', displayName: '李明哲', role: 'authority', organisation: sample('office', '长春市绿园区示例审批局', 201, { divisionCode: DEMO_DISTRICT, city: '长春市绿园区' }), came: 400,
    sentence: { zh: '窗口审批人员，要材料之前先问一问清单。', en: 'An officer at the counter who asks the list before asking for a document.' },
  },
  {
    signInName: 'park', displayName: '江若岚', role: 'authority', organisation: sample('office', '长春高新区示例政务服务局', 203, { divisionCode: DEMO_PARK, city: '长春高新区' }), came: 400,
    sentence: { zh: '园区窗口：区域评估做过了，单个项目不再要水土保持方案。', en: 'At the counter of a park with a regional assessment: no single project is asked for a soil-and-water plan again.' },
  },
  {
    signInName: 'agency1', displayName: '陈思远', role: 'agency', organisation: sample('company', '示例岩土勘察有限公司', 301), came: 395, offers: ['R15', 'R34', 'R28', 'R04'],
    sentence: { zh: '勘察与地灾评估机构，在自己的工作台上报名、查收回执。', en: 'Ground investigation and hazard assessment; bids and keeps its receipts at its desk.' },
  },
  {
    signInName: 'agency2', displayName: '赵一帆', role: 'agency', organisation: sample('company', '示例水土规划设计有限公司', 302, { divisionCode: '220200', city: '吉林市' }), came: 390, offers: ['R28', 'R27', 'R38'],
    sentence: { zh: '外地机构：入驻一次，处处有效，不看注册地。', en: 'From another city: registered once, welcome everywhere.' },
  },
  {
    signInName: 'agency3', displayName: '孙晓彤', role: 'agency', organisation: sample('company', '示例环境技术有限公司', 303), came: 380, offers: ['R36', 'R28', 'R04'],
    sentence: { zh: '环境技术机构，条件、流程、时限和收费都写在明处。', en: 'Environmental work; conditions, process, time limit and fee are there for all to read.' },
  },
  { signInName: 'agency4', displayName: '刘海洋', role: 'agency', organisation: sample('company', '示例测绘有限公司', 304), came: 370, offers: ['R40', 'R28'] },
  {
    signInName: 'agency5', displayName: '吴清扬', role: 'agency', organisation: sample('company', '示例工程咨询有限公司', 305), came: 365, offers: ['R26', 'R24', 'R28', 'R04'],
    sentence: { zh: '咨询机构：对结果有疑问就提出异议，业主必须公开答复。', en: 'A consultancy: where a result is doubtful it objects, and the owner has to answer in public.' },
  },
  {
    signInName: 'agency6', displayName: '郑可欣', role: 'agency', organisation: sample('company', '示例安全评价有限公司', 306, { divisionCode: '210100', city: '沈阳市' }), came: 1, offers: ['R37'],
    sentence: { zh: '邻省机构，刚刚入驻。', en: 'From the next province, registered a moment ago.' },
  },
  {
    signInName: 'regulator', displayName: '高文静', role: 'regulator', organisation: sample('office', '长春市示例政务服务管理局', 202), came: 400,
    sentence: { zh: '管清单的人：何时列入、依据何在、谁被多要了材料。', en: 'Governs the list: what is on it since when, on which law, and who was asked for more.' },
  },
  {
    signInName: 'regulator2', displayName: '宋知远', role: 'regulator', organisation: sample('office', '长春市示例政务服务管理局', 202), came: 399, colleagueOf: 'regulator',
    sentence: { zh: '政策法规处：清单要改，先由他看合法性；他不同意，谁也通过不了。', en: 'The legal division: a change of the list passes it first, and where it is against, nobody can adopt it.' },
  },
  { signInName: 'regulator3', displayName: '叶青禾', role: 'regulator', organisation: sample('office', '长春市示例政务服务管理局', 202), came: 399, colleagueOf: 'regulator' },
  { signInName: 'regulator4', displayName: '马骏驰', role: 'regulator', organisation: sample('office', '长春市示例政务服务管理局', 202), came: 399, colleagueOf: 'regulator' },
  {
    signInName: 'operator', displayName: '何子墨', role: 'operator', organisation: sample('company', '示例平台运营有限公司', 401), came: 400,
    sentence: { zh: '负责平台运行，对任何结果没有发言权。', en: 'Keeps the platform running and has no say in any result.' },
  },
  {
    signInName: 'operator2', displayName: '罗一鸣', role: 'operator', organisation: sample('company', '示例平台运营有限公司', 401), came: 398, colleagueOf: 'operator',
    sentence: { zh: '同一运营单位的同事：何子墨提出的停机延期，要由他核实后同意。', en: 'A colleague at the same operator: what He Zimo reports as an outage extends nothing before he agrees.' },
  },
]
