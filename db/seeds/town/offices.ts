import type { DesignationKind } from '#app/domain/guard/demand.ts'
import { sample, type SampleOrganisation } from '../sample-organisations.ts'

/** What an office is used to asking for, and whether it names an agency along with it. */
export type Habit = { approvalItem: string; demanded: { item: string } | { text: string }; names?: DesignationKind; nobody?: true; /** The kind of project that it asks this of, where there is one. */ fits?: readonly [fact: string, value: string | boolean] }

export type Office = { signInName: string; organisation: SampleOrganisation; habits: readonly Habit[] }

const listed = (approvalItem: string, item: string, more: Partial<Habit> = {}): Habit => ({ approvalItem, demanded: { item }, ...more })
const words = (approvalItem: string, text: string, more: Partial<Habit> = {}): Habit => ({ approvalItem, demanded: { text }, ...more })

const office = (signInName: string, name: string, serial: number, habits: readonly Habit[]): Office => ({ signInName, organisation: sample('office', `长春市示例${name}`, serial), habits })

const NOBODY = { nobody: true } as const

/** Ten offices of the city; the district's and the park's counters are people one can be (`authority`, `park`). */
export const OFFICES: readonly Office[] = [
  office('office-reform', '发展和改革委员会', 211, [listed('A02', 'S0102', NOBODY), listed('A05', 'R04', NOBODY), listed('A02', 'S0104', NOBODY), listed('A03', 'R01'), words('A04', '项目备案咨询报告')]),
  office('office-planning', '规划和自然资源局', 212, [listed('A07', 'S0302'), listed('A24', 'S0203'), listed('A24', 'S0204'), listed('A25', 'S0301'), listed('A19', 'S0801'), listed('A51', 'S0304'), words('A24', '规划方案第三方技术审查报告')]),
  office('office-environment', '生态环境局', 213, [listed('A12', 'S0601', { ...NOBODY, fits: ['eia.class', 'report'] }), listed('A13', 'S0602', { ...NOBODY, fits: ['eia.class', 'form'] }), listed('A13', 'S0602', { names: 'short-list' }), listed('A13', 'S0602', NOBODY), words('A61', '竣工环保验收监测报告')]),
  office('office-water', '水务局', 214, [listed('A10', 'S0701', { ...NOBODY, fits: ['soil.class', 'report'] }), listed('A14', 'S0706', { ...NOBODY, fits: ['site.floodZone', true] }), listed('A60', 'S0704', NOBODY), listed('A11', 'S0702'), listed('A10', 'S0701', { names: 'local-only' })]),
  office('office-housing', '住房和城乡建设局', 215, [listed('A39', 'S0401'), listed('A53', 'S1202'), listed('A58', 'S1205'), listed('A39', 'S0501'), listed('A40', 'S1401'), listed('A53', 'S1202', { names: 'one-seal-only' }), words('A58', '竣工预验收咨询报告')]),
  office('office-shelter', '人民防空办公室', 216, [listed('A55', 'S0306', { fits: ['build.civilAirDefence', true] }), listed('A55', 'S1204', { fits: ['build.civilAirDefence', true] }), listed('A28', 'S0306'), words('A55', '人防工程专项评估')]),
  office('office-forest', '林业和园林局', 217, [listed('A16', 'S0901', { fits: ['site.forestLand', true] }), listed('A30', 'S0407'), listed('A45', 'S0902'), words('A16', '林木采伐作业区调查设计')]),
  office('office-transport', '交通运输局', 218, [listed('A38', 'S0205'), listed('A35', 'S1001'), listed('A35', 'S1001', NOBODY), words('A35', '交通组织第三方评估')]),
  office('office-emergency', '应急管理局', 219, [listed('A31', 'S1101', NOBODY), listed('A31', 'S1101', { fits: ['build.hazardousChemicals', false] }), words('A32', '安全生产咨询服务')]),
  office('office-weather', '气象局', 220, [listed('A56', 'S1203', NOBODY), listed('A23', 'S0804'), words('A56', '防雷装置年检', { names: 'pre-printed' })]),
]

/** What the two counters ask for that can be played. */
export const COUNTER_HABITS: Record<'authority' | 'park', readonly Habit[]> = {
  authority: [listed('A10', 'S0701'), listed('A40', 'S1401'), listed('A12', 'S0601', NOBODY), listed('A19', 'S0801'), listed('A39', 'S0401'), listed('A53', 'S1202'), words('A40', '质量安全监督服务费'), listed('A07', 'S0302')],
  park: [listed('A10', 'S0701'), listed('A19', 'S0801'), listed('A05', 'R04', NOBODY), listed('A13', 'S0602', { ...NOBODY, fits: ['eia.class', 'form'] }), listed('A24', 'S0203')],
}

/** What was asked for in these last weeks and never before, so that a regulator always finds something that was refused lately. */
export const LATELY_ASKED: readonly Pick<Office, 'signInName' | 'habits'>[] = [
  { signInName: 'authority', habits: [words('A40', '施工扬尘监测方案')] },
  { signInName: 'park', habits: [words('A24', '园区建筑风貌评审意见')] },
  { signInName: 'office-planning', habits: [words('A24', '沿街立面咨询报告')] },
  { signInName: 'office-transport', habits: [words('A35', '占道施工影响咨询报告')] },
  { signInName: 'office-forest', habits: [words('A30', '绿化方案专家评审报告')] },
  { signInName: 'office-emergency', habits: [words('A32', '应急预案第三方评审报告')] },
  { signInName: 'office-weather', habits: [words('A56', '雷电灾害风险咨询报告')] },
]
