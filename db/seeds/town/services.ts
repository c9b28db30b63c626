/** What one listed service is in the story: how a notice words it, how long it takes, what it may cost in whole yuan. */
export type TownService = { code: string; work: string; requirements: string; days: readonly [number, number]; yuan: readonly [number, number] }

const REPORT = '按现行规范编制并配合审查，按审查意见修改至通过；成果一式六份并附电子版。'
const FIELD = '按现行规范完成外业与内业，成果加盖资质章；纸质成果两份并附电子数据。'
const TEST = '按现行标准现场检测，出具加盖检测专用章的报告；不合格项复检一次不另收费。'
const VALUE = '现场勘查后出具估价报告，说明估价方法与参数；成果三份。'
const DRAWING = '按批准的规划条件完成设计文件，配合审查与施工交底；图纸八份并附电子版。'
const ATTEND = '派驻有注册执业资格的人员，按月提交书面记录，竣工后移交全部资料。'

type Row = [code: string, work: string, requirements: string, days: [number, number], yuan: [number, number]]

const ROWS: readonly Row[] = [
  ['R26', '可行性研究报告编制', REPORT, [20, 40], [36_000, 120_000]],
  ['R04', '节能报告编制', REPORT, [15, 30], [26_000, 90_000]],
  ['S0104', '社会稳定风险评估', REPORT, [15, 25], [20_000, 60_000]],
  ['S0203', '交通影响评价', REPORT, [15, 30], [32_000, 90_000]],
  ['S0204', '日照分析', FIELD, [5, 10], [8_000, 24_000]],
  ['S0301', '地形图测绘', FIELD, [7, 15], [12_000, 60_000]],
  ['S0302', '土地勘测定界', FIELD, [10, 15], [16_000, 70_000]],
  ['S0303', '规划放线测量', FIELD, [3, 7], [6_000, 20_000]],
  ['S0308', '地下管线探测', FIELD, [10, 20], [22_000, 80_000]],
  ['S0312', '竣工联合测绘', FIELD, [10, 20], [26_000, 90_000]],
  ['R40', '竣工规划测量', FIELD, [7, 15], [10_000, 45_000]],
  ['R15', '岩土工程勘察', FIELD, [20, 40], [60_000, 380_000]],
  ['S0402', '方案设计', DRAWING, [30, 45], [120_000, 480_000]],
  ['R16', '施工图设计', DRAWING, [40, 60], [180_000, 620_000]],
  ['S0407', '附属绿化工程设计', DRAWING, [20, 30], [40_000, 160_000]],
  ['S0605', '民用建筑节能评估', REPORT, [10, 15], [15_000, 40_000]],
  ['R36', '环境影响评价', REPORT, [30, 45], [42_000, 160_000]],
  ['R28', '水土保持方案编制', REPORT, [20, 30], [40_000, 110_000]],
  ['S0703', '水土保持监测', ATTEND, [180, 360], [50_000, 150_000]],
  ['S0704', '水土保持设施验收报告编制', REPORT, [20, 30], [30_000, 80_000]],
  ['R27', '水资源论证', REPORT, [30, 40], [52_000, 130_000]],
  ['R38', '防洪影响评价', REPORT, [30, 40], [60_000, 160_000]],
  ['R34', '地质灾害评估', REPORT, [15, 25], [26_000, 80_000]],
  ['S0803', '地震安全性评价', REPORT, [30, 45], [80_000, 220_000]],
  ['R29', '使用林地可行性报告编制', REPORT, [20, 30], [25_000, 70_000]],
  ['S0902', '树木移植方案编制', REPORT, [10, 15], [15_000, 40_000]],
  ['R14', '涉路工程安全评价', REPORT, [20, 30], [42_000, 110_000]],
  ['R37', '安全评估', REPORT, [20, 30], [30_000, 90_000]],
  ['S1102', '职业病危害评价', REPORT, [20, 30], [30_000, 70_000]],
  ['S1201', '建设工程质量检测', TEST, [60, 180], [60_000, 300_000]],
  ['R20', '消防设施检测', TEST, [7, 15], [15_000, 70_000]],
  ['R19', '防雷装置检测', TEST, [7, 10], [8_000, 35_000]],
  ['S1205', '室内环境检测', TEST, [7, 10], [8_000, 30_000]],
  ['R46', '排水水质检测', TEST, [5, 10], [6_000, 20_000]],
  ['R31', '土地评估', VALUE, [7, 10], [10_000, 45_000]],
  ['R32', '房地产评估', VALUE, [7, 10], [8_000, 40_000]],
  ['R21', '工程监理', ATTEND, [180, 540], [150_000, 480_000]],
  ['R18', '人防工程监理', ATTEND, [120, 360], [40_000, 120_000]],
  ['S1403', '造价咨询', REPORT, [20, 60], [40_000, 200_000]],
  ['S1404', '城建档案整理', FIELD, [20, 40], [15_000, 60_000]],
  ['S0501', '施工图设计文件审查', REPORT, [10, 20], [36_000, 150_000]],
]

export const SERVICES: ReadonlyMap<string, TownService> = new Map(ROWS.map(([code, work, requirements, days, yuan]) => [code, { code, work, requirements, days, yuan }]))

export function serviceOf(code: string): TownService {
  const service = SERVICES.get(code)
  if (!service) throw new Error(`The town has no words for the service ${code}.`)
  return service
}

/** What the agencies of one trade are called and offer, and how many of them there are in the whole town. */
/** A certificate that a law asks of the trade, and the licence that its people hold. Where every law asks for none, none is shown. */
export type Certificate = { kind: string; grade: string; issuer: string }
export type Trade = { name: string; offers: readonly string[]; count: number; about: string; holds?: readonly Certificate[]; licence: string }

const held = (kind: string, grade: string, issuer = '吉林省住房和城乡建设厅（示例）'): Certificate => ({ kind, grade, issuer })

export const TRADES: readonly Trade[] = [
  { name: '岩土工程勘察', offers: ['R15', 'R34', 'S0803'], count: 6, about: '岩土勘察、地质灾害评估与地震安全性评价，自有钻机与土工试验室。', holds: [held('Q01', '专业乙级'), held('Q15', '乙级', '吉林省自然资源厅（示例）')], licence: '注册土木工程师（岩土）' },
  { name: '测绘地理信息', offers: ['S0301', 'S0302', 'S0303', 'S0308', 'S0312', 'R40'], count: 9, about: '从放线到竣工联合测绘一次完成，一次委托、成果共享。', holds: [held('Q13', '乙级', '吉林省自然资源厅（示例）')], licence: '注册测绘师' },
  { name: '水利水保咨询', offers: ['R28', 'S0703', 'S0704', 'R27', 'R38'], count: 7, about: '水土保持、水资源论证与防洪影响评价，熟悉东北黑土区。', licence: '水利工程专业技术人员' },
  { name: '环境科技', offers: ['R36', 'S1205', 'R46'], count: 7, about: '环境影响评价与环境检测，成果可查询、可追溯。', licence: '环境影响评价工程师' },
  { name: '工程咨询', offers: ['R26', 'R04', 'S0104', 'S1403'], count: 8, about: '可行性研究、节能与社会稳定风险评估，明码标价。', licence: '咨询工程师（投资）' },
  { name: '建筑设计', offers: ['S0402', 'R16', 'S0407', 'S0605'], count: 6, about: '中小型公共建筑与工业建筑设计。', holds: [held('Q02', '专业乙级')], licence: '一级注册建筑师' },
  { name: '工程检测', offers: ['R20', 'R19', 'S1201', 'S1205'], count: 7, about: '消防、防雷与建设工程质量检测，七日内出具报告。', holds: [held('Q25', '资质认定（参数附表）', '吉林省市场监督管理厅（示例）'), held('Q26', '专项资质（9 类）'), held('Q27', '乙级', '吉林省气象局（示例）')], licence: '检测人员' },
  { name: '建设监理', offers: ['R21', 'R18'], count: 4, about: '房建与市政工程监理，注册监理工程师常驻现场。', holds: [held('Q05', '专业乙级')], licence: '注册监理工程师' },
  { name: '土地房地产评估', offers: ['R31', 'R32'], count: 4, about: '土地、房地产价值评估。', holds: [held('Q29', '二级'), held('Q30', '备案', '吉林省自然资源厅（示例）')], licence: '注册房地产估价师' },
  { name: '安全评价', offers: ['R37', 'S1102', 'R14'], count: 5, about: '安全评估、职业病危害评价与涉路工程安全评价。', holds: [held('Q22', '认可业务范围（无等级）', '吉林省应急管理厅（示例）')], licence: '安全评价师' },
  { name: '交通规划咨询', offers: ['S0203', 'R14', 'S0204'], count: 4, about: '交通影响评价与日照分析。', licence: '注册城乡规划师' },
  { name: '林业调查规划', offers: ['R29', 'S0902'], count: 4, about: '林地调查与树木移植方案。', licence: '林业调查专业人员' },
  { name: '图纸审查', offers: ['S0501'], count: 4, about: '施工图设计文件审查，只受审批部门委托。', holds: [held('Q04', '二类')], licence: '一级注册结构工程师' },
  { name: '档案服务', offers: ['S1404'], count: 4, about: '城建档案整理、数字化与移交。', licence: '档案专业技术人员' },
]
