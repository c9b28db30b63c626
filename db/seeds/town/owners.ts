import type { FlowType, MoneySource } from '#app/domain/projects/project.ts'
import { DEMO_PARK, sample, type SampleOrganisation } from '../sample-organisations.ts'

/** What is built, in the words of the story. `investment` in ten thousand yuan (万元). */
export type Building = { name: string; kind: BuildingKind; divisionCode: string; investment: number; facts?: Record<string, boolean | string> }

export type BuildingKind = 'school' | 'clinic' | 'road' | 'water' | 'renovation' | 'factory' | 'housing' | 'energy' | 'storehouse' | 'green' | 'house' | 'highway' | 'mall'

export type TownOwner = { signInName: string; organisation: SampleOrganisation; money: MoneySource; buildings: readonly Building[] }

/** Per kind of building: its flow, the industry in its project code, and the services it is likely to need, in their order. */
export const KINDS: Record<BuildingKind, { flow: FlowType; sector: string; services: readonly string[] }> = {
  school: { flow: 'government-building', sector: '83', services: ['R26', 'S0302', 'R15', 'S0402', 'R19', 'R20', 'S1205', 'S0312', 'S1404'] },
  clinic: { flow: 'government-building', sector: '84', services: ['R26', 'S0104', 'R15', 'R36', 'R20', 'S1205', 'S1403'] },
  road: { flow: 'government-infrastructure', sector: '48', services: ['R26', 'S0301', 'R28', 'S0308', 'S0703', 'S0704', 'R14'] },
  water: { flow: 'water', sector: '76', services: ['R26', 'R38', 'R28', 'R27', 'R15', 'R46'] },
  renovation: { flow: 'renovation', sector: '47', services: ['R26', 'S0308', 'S1403', 'R20', 'S1201', 'S1404'] },
  factory: { flow: 'industrial', sector: '36', services: ['R36', 'R28', 'R34', 'R15', 'R37', 'S1102', 'R04', 'R19', 'R20'] },
  housing: { flow: 'private-with-design', sector: '70', services: ['S0203', 'S0204', 'S0301', 'R15', 'S0303', 'S0605', 'R21', 'R20', 'S0312', 'R18'] },
  energy: { flow: 'energy', sector: '44', services: ['R04', 'R36', 'R37', 'R15', 'R26', 'S0301'] },
  storehouse: { flow: 'private-small', sector: '59', services: ['R28', 'R36', 'R15', 'R19', 'R20', 'S0312'] },
  highway: { flow: 'transport', sector: '54', services: ['R26', 'S0301', 'S0302', 'R28', 'R14', 'S0703', 'S0704'] },
  mall: { flow: 'private-general', sector: '51', services: ['S0203', 'S0301', 'R15', 'S0605', 'R21', 'R20', 'S0312'] },
  house: { flow: 'private-small', sector: '47', services: ['S0301', 'S0303', 'R32'] },
  green: { flow: 'government-infrastructure', sector: '78', services: ['S0301', 'S0902', 'S0407', 'R29', 'S1403'] },
}

const PARK_DONE = { 'site.park': '长春高新技术产业开发区' }

const build = (kind: BuildingKind, name: string, divisionCode: string, investment: number, facts: Building['facts'] = {}): Building =>
  ({ kind, name, divisionCode, investment, facts: divisionCode === DEMO_PARK ? { ...PARK_DONE, ...facts } : facts })

let serial = 110
const owner = (type: 'institution' | 'company' | 'office', money: MoneySource, name: string, ...buildings: Building[]): TownOwner => {
  serial += 1
  return { signInName: `owner-${serial}`, organisation: sample(type, name, serial, { divisionCode: buildings[0]?.divisionCode ?? '220100' }), money, buildings }
}

/** Who buys in the town: public institutions with the budget's money, companies of the state, private ones. */
export const TOWN_OWNERS: readonly TownOwner[] = [
  owner('institution', 'fiscal', '长春市示例第三中学', build('school', '第三中学综合楼', '220104', 7_800)),
  owner('institution', 'fiscal', '长春市朝阳区示例小学', build('school', '示例小学教学楼加固改造', '220104', 1_900), build('green', '示例小学操场及附属绿化', '220104', 420)),
  owner('institution', 'fiscal', '九台区示例职业技术学校', build('school', '职业技术学校实训楼', '220113', 5_600, { 'site.hilly': true, 'soil.class': 'form' })),
  owner('institution', 'fiscal', '农安县示例镇中心小学', build('school', '镇中心小学宿舍楼', '220122', 1_450)),
  owner('institution', 'fiscal', '长春市示例妇幼保健院', build('clinic', '妇幼保健院门诊楼扩建', '220103', 8_900, { 'eia.class': 'form' })),
  owner('institution', 'fiscal', '二道区示例社区卫生服务中心', build('clinic', '社区卫生服务中心改造', '220105', 860, { 'eia.class': 'registration' })),
  owner('institution', 'fiscal', '榆树市示例人民医院', build('clinic', '人民医院感染楼', '220182', 6_300, { 'eia.class': 'report' })),
  owner('institution', 'fiscal', '长春市示例市政设施建设中心', build('road', '示例大街南延线', '220102', 14_800, { 'site.hilly': false }), build('road', '示例路跨线桥维修', '220103', 3_200), build('road', '城区慢行系统提升', '220106', 2_100)),
  owner('institution', 'fiscal', '长春市示例水利工程建设中心', build('water', '示例河治理二期', '220112', 9_600, { 'site.hilly': true, 'soil.class': 'report', 'site.floodZone': true }), build('water', '示例水库除险加固', '220113', 4_700, { 'site.hilly': true, 'soil.class': 'report' })),
  owner('institution', 'fiscal', '德惠市示例公路管理段', build('highway', '县道示例线改建', '220183', 5_200, { 'site.farmland': true, 'soil.class': 'report', 'site.hilly': true })),
  owner('institution', 'fiscal', '长春市示例园林绿化中心', build('green', '示例公园提升改造', '220105', 2_600, { 'site.forestLand': true }), build('green', '道路林带补植', '220106', 680)),
  owner('institution', 'fiscal', '南关区示例街道办事处', build('renovation', '示例小区老旧管网改造', '220102', 3_400), build('renovation', '社区养老用房改造', '220102', 540)),
  owner('institution', 'fiscal', '公主岭市示例市政公用服务中心', build('renovation', '老城区供热管网改造', '220184', 6_100), build('water', '示例泵站更新', '220184', 1_250)),
  owner('company', 'state-owned', '长春示例城市发展投资有限公司', build('housing', '示例家园保障性租赁住房', '220106', 38_000), build('renovation', '示例片区城市更新', '220104', 12_600), build('road', '示例片区配套道路', '220106', 7_700)),
  owner('company', 'state-owned', '长春示例轨道交通建设有限公司', build('road', '轨道站点接驳工程', '220102', 9_900, { 'site.railTransitZone': true })),
  owner('company', 'state-owned', '长春示例供水有限公司', build('water', '第七净水厂扩建', '220105', 26_000, { 'water.takesDirectly': true }), build('water', '城北供水加压站', '220103', 3_900)),
  owner('company', 'state-owned', '长春示例热力有限公司', build('energy', '热源厂超低排放改造', '220106', 8_400, { 'eia.class': 'report' }), build('energy', '供热一次网延伸', '220104', 4_300)),
  owner('company', 'state-owned', '长春示例公共交通有限公司', build('storehouse', '新能源公交停保场', '220105', 6_800)),
  owner('company', 'state-owned', '长春高新示例产业园运营有限公司', build('factory', '生物医药孵化厂房二期', DEMO_PARK, 31_000, { 'site.hilly': true, 'soil.class': 'report', 'eia.class': 'form' }), build('storehouse', '园区冷链中转库', DEMO_PARK, 5_400)),
  owner('company', 'private', '长春峤川汽车零部件有限公司', build('factory', '铝合金轻量化部件生产线', '220174', 16_500, { 'eia.class': 'form' })),
  owner('company', 'private', '长春屿衡生物制药有限公司', build('factory', '疫苗佐剂车间', DEMO_PARK, 22_000, { 'site.hilly': true, 'soil.class': 'report', 'eia.class': 'report', 'build.hazardousChemicals': false })),
  owner('company', 'private', '长春榆禾食品有限公司', build('factory', '鲜食玉米加工车间', '220122', 5_800, { 'eia.class': 'form', 'site.farmland': false }), build('storehouse', '原料恒温库', '220122', 2_300)),
  owner('company', 'private', '长春柏驿物流有限公司', build('storehouse', '城北分拨中心', '220103', 9_700, { 'soil.class': 'form', 'site.hilly': false })),
  owner('company', 'private', '长春沁岭置业有限公司', build('housing', '沁岭雅苑', '220104', 64_000, { 'build.civilAirDefence': true }), build('housing', '沁岭雅苑配套幼儿园', '220104', 2_900)),
  owner('company', 'private', '长春汀原房地产开发有限公司', build('housing', '汀原河畔', '220102', 52_000, { 'site.floodZone': true, 'build.civilAirDefence': true })),
  owner('company', 'private', '长春朔光新能源有限公司', build('energy', '双阳示例光伏电站', '220112', 18_800, { 'site.hilly': true, 'soil.class': 'report', 'site.grassland': true })),
  owner('company', 'private', '吉林穆野农牧有限公司', build('factory', '肉牛屠宰分割车间', '220183', 7_100, { 'eia.class': 'report' })),
  owner('company', 'private', '长春瑄石光电科技有限公司', build('factory', '光学镜头装配厂房', DEMO_PARK, 12_400, { 'eia.class': 'registration' })),
  owner('company', 'private', '长春恺岸商业管理有限公司', build('mall', '恺岸社区商业中心', '220105', 11_200)),
  owner('company', 'private', '榆树禾砚粮食收储有限公司', build('storehouse', '平房仓及烘干塔', '220182', 3_600, { 'site.hilly': false })),
  owner('company', 'private', '长春绎川精密机械有限公司', build('factory', '数控刀具车间', '220171', 6_900, { 'eia.class': 'form' })),
]
