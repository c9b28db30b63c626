import type { Basis } from '#app/domain/catalogue/basis.ts'
import type { Condition } from '#app/domain/catalogue/condition.ts'
import type { Day } from '#app/domain/calendar.ts'

/**
 * What we read out of each of the 49 collected entries, reviewed one by one (docs/decisions/010-reading-the-real-list.md).
 * `name` guards the order of the file. A basis stands here only where the source names it, typed by what it is;
 * `selfPrepare` only where the source or a law says so. Everything else is null and shown as 未载明.
 */
export type Reading = {
  name: string
  category: string | null
  /** Codes of ours that mean the same approval item as the source names. */
  approvalItems?: string[]
  bases?: Basis[]
  selfPrepare?: boolean
  material?: string
  /** Stands in the retired first version only. */
  retired?: true
  itemCancelledOn?: Day
  duplicateOf?: string
}

const basis = (type: Basis['type'], title: string, articles: string | null = null, repealedOn: Day | null = null): Basis => ({ type, title, articles, repealedOn })
const STATE_COUNCIL_2004 = basis('state-council-decision', '国务院关于投资体制改革的决定（国发〔2004〕20号）')

/** In the order of `catalogue-real.json`: the first is `R01`. */
export const READINGS: readonly Reading[] = [
  {
    name: '项目申请报告编制', category: '0103', approvalItems: ['A03'], selfPrepare: true, material: '项目申请报告',
    bases: [STATE_COUNCIL_2004, basis('ministerial-rule', '企业投资项目核准和备案管理办法（国家发展改革委令2017年第2号）'), basis('ministerial-rule', '外商投资项目核准和备案管理办法（国家发展改革委令2014年第12号）')],
  },
  { name: '项目建议书、可行性研究报告编制', category: '0102', approvalItems: ['A01', 'A02'], selfPrepare: true, material: '项目建议书、可行性研究报告', bases: [STATE_COUNCIL_2004] },
  { name: '初步设计及概算编制', category: '0403', approvalItems: ['A26'], selfPrepare: true, material: '初步设计及概算', bases: [STATE_COUNCIL_2004] },
  {
    name: '固定资产投资项目节能报告编制', category: '0604', approvalItems: ['A05'], selfPrepare: true, material: '固定资产投资项目节能报告',
    bases: [basis('law', '中华人民共和国节约能源法'), basis('ministerial-rule', '固定资产投资项目节能审查办法（国家发展改革委令2016年第44号）', null, '2023-06-01')],
  },
  { name: '可行性研究报告及项目建议书编制', category: '0102', approvalItems: ['A02'], material: '可行性研究报告及项目建议书', bases: [STATE_COUNCIL_2004] },
  {
    name: '编制项目节能评估报告书或节能评估报告表', category: '0604', approvalItems: ['A05'], material: '项目节能评估报告书或节能评估报告表', retired: true,
    bases: [basis('ministerial-rule', '固定资产投资项目节能评估和审查暂行办法（国家发改委令第6号）', null, '2017-01-01')],
  },
  {
    name: '建设项目规划选址综合论证报告编制', category: '0201', approvalItems: ['A06'], selfPrepare: false, material: '建设项目规划选址综合论证报告',
    bases: [
      basis('law', '中华人民共和国城乡规划法', '第二十五条、第三十六条'),
      basis('local-regulation', '安徽省城乡规划条例', '第二十七条'),
      basis('normative-document', '关于进一步加强建设项目规划选址管理的通知（建规〔2012〕100号）'),
      basis('normative-document', '关于印发〈安徽省建设项目规划选址论证报告编制导则〉（试行）的通知（建规〔2012〕125号）'),
    ],
  },
  {
    name: '教师资格申请人员体检表', category: null,
    bases: [basis('law', '中华人民共和国教师法', '第十条'), basis('administrative-regulation', '教师资格条例（国务院令第188号）', '第六条'), basis('ministerial-rule', '《教师资格条例》实施办法（教育部令2000年第10号）', '第八条')],
  },
  { name: '普通话水平测试', category: null, bases: [basis('ministerial-rule', '普通话水平测试管理规定（教育部令2003年第16号）', '第七条、第十五条')] },
  {
    name: '工程设计（水利行业、建筑行业、农林行业、市政行业），工程勘察专业类岩土工程、工程测量', category: '04', approvalItems: ['A14'],
    bases: [basis('normative-document', '关于印发工程设计资质标准的通知（建市〔2007〕86号）')],
  },
  {
    name: '规划咨询、编项目建议书、编可行性研究报告', category: '01', approvalItems: ['A14'], retired: true,
    bases: [basis('ministerial-rule', '工程咨询单位资格认定办法（国家发展改革委令2005年第29号）', null, '2017-12-06')],
  },
  { name: '建设工程的抗震鉴定', category: '12', selfPrepare: false },
  { name: '水上水下活动通航安全影响论证与评估', category: '10' },
  { name: '公路涉路工程安全技术评价', category: '1001' },
  { name: '建设工程勘察', category: '0401', selfPrepare: false },
  { name: '施工图设计（含规划、抗震、人防、气象、消防等）', category: '0404' },
  { name: '人防工程施工图设计文件审查', category: '0502' },
  { name: '人防工程监理', category: '1401', selfPrepare: false },
  { name: '防雷装置验收检测', category: '1203' },
  { name: '消防设施检测', category: '1202', selfPrepare: false },
  { name: '建设工程监理', category: '1401' },
  { name: '申请国内航行船舶进出港签证手续的办理', category: null, selfPrepare: true, retired: true, itemCancelledOn: '2016-11-07' },
  { name: '残疾人类别、等级评定', category: null },
  { name: '项目申请报告编制', category: '0103', material: '项目申请报告', duplicateOf: 'R01' },
  { name: '节能专项报告编制', category: '0604', material: '节能专项报告' },
  { name: '项目可行性研究报告编制', category: '0102', material: '项目可行性研究报告' },
  { name: '水资源论证报告', category: '0705', material: '水资源论证报告' },
  { name: '水土保持方案报告书', category: '0701', material: '水土保持方案报告书' },
  { name: '建设项目使用林地可行性报告或林地现状调查表', category: '0901', material: '使用林地可行性报告或林地现状调查表' },
  { name: '核准类建设项目申请报告编制', category: '0103', material: '核准类建设项目申请报告' },
  { name: '土地评估', category: '1301' },
  { name: '房地产评估', category: '1302' },
  { name: '土地利用总体规划修改调整方案编制', category: '02', material: '土地利用总体规划修改调整方案' },
  { name: '地质灾害评估报告', category: '0801', material: '地质灾害评估报告' },
  { name: '海洋工程建设项目环境影响报告书', category: '06', material: '海洋工程建设项目环境影响报告书' },
  { name: '环境影响评价报告', category: '06', material: '环境影响评价报告' },
  { name: '安全评估', category: '11' },
  { name: '防洪影响评价报告', category: '0706', material: '防洪影响评价报告' },
  { name: '宗海图编制', category: '0313', material: '宗海图' },
  { name: '建设工程竣工规划测量及测量报告编制', category: '0304', material: '建设工程竣工规划测量报告' },
  { name: '建筑工程施工图设计审查', category: '0501' },
  { name: '人防施工图审查', category: '0502' },
  { name: '验资报告编制', category: null, material: '验资报告', retired: true },
  { name: '海域使用论证', category: '0903' },
  { name: '排水许可技术检测', category: '1206' },
  { name: '排水水质水量检测', category: '1206' },
  { name: '移动式压力容器定期检验', category: null },
  { name: '车用气瓶安装监督检验', category: null },
  { name: '建设项目使用林地调查可研', category: '0901' },
]

const is = (fact: string, value: string | boolean = true): Condition => ({ fact, is: value })

/** What the sample listing of a kind of service says beyond its category and approval items. General knowledge, labelled as such. */
export type SampleReading = {
  appliesWhen?: Condition
  regionalAssessment?: string
  validYears?: number
  mergedInto?: string
  duplicateOf?: string
  /** The approval item's note says that no office may ask for it. */
  neverDemanded?: true
}

export const SAMPLE_READINGS: Readonly<Record<string, SampleReading>> = {
  '0103': { duplicateOf: 'R01' },
  '0201': { appliesWhen: { any: [is('site.allocatedLand'), is('site.scenicArea')] } },
  '0205': { appliesWhen: is('site.railTransitZone') },
  '0304': { mergedInto: 'S0312' },
  '0305': { mergedInto: 'S0312' },
  '0306': { appliesWhen: is('build.civilAirDefence') },
  '0310': { mergedInto: 'S0312' },
  '0403': { duplicateOf: 'R03' },
  '0405': { appliesWhen: is('build.specialFireProtection') },
  '0406': { appliesWhen: is('build.civilAirDefence') },
  '0409': { appliesWhen: is('build.flammableSite') },
  '0411': { appliesWhen: is('build.hazardousChemicals') },
  '0412': { appliesWhen: is('build.beyondCodeHighRise') },
  '0502': { appliesWhen: is('build.civilAirDefence') },
  '0601': { appliesWhen: is('eia.class', 'report'), validYears: 5 },
  '0602': { appliesWhen: is('eia.class', 'form'), validYears: 5 },
  '0603': { neverDemanded: true },
  '0604': { appliesWhen: { any: [{ fact: 'energy.standardCoalTons', atLeast: 1000 }, { fact: 'energy.electricityKwh', atLeast: 5_000_000 }] }, regionalAssessment: 'energy', duplicateOf: 'R04' },
  '0701': { appliesWhen: { all: [is('site.hilly'), is('soil.class', 'report')] }, regionalAssessment: 'soil-and-water' },
  '0702': { appliesWhen: { all: [is('site.hilly'), is('soil.class', 'form')] }, regionalAssessment: 'soil-and-water' },
  '0705': { appliesWhen: is('water.takesDirectly'), regionalAssessment: 'water-resources' },
  '0706': { appliesWhen: is('site.floodZone'), regionalAssessment: 'flood' },
  '0707': { appliesWhen: is('site.floodZone') },
  '0801': { appliesWhen: is('site.hazardZone'), regionalAssessment: 'geological-hazard' },
  '0802': { appliesWhen: is('site.mineralDeposit'), regionalAssessment: 'mineral-deposits' },
  '0803': { appliesWhen: is('build.majorSeismic'), regionalAssessment: 'earthquake' },
  '0804': { regionalAssessment: 'climate' },
  '0901': { appliesWhen: { any: [is('site.forestLand'), is('site.grassland')] } },
  '0904': { appliesWhen: is('site.heritage'), regionalAssessment: 'heritage' },
  '1001': { appliesWhen: is('site.besideHighway') },
  '1002': { appliesWhen: is('site.waterway') },
  '1101': { appliesWhen: is('build.hazardousChemicals') },
  '1103': { appliesWhen: is('build.medicalRadiation') },
  '1203': { appliesWhen: is('build.flammableSite') },
  '1204': { appliesWhen: is('build.civilAirDefence') },
}
