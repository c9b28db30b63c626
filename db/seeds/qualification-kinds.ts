import type { QualificationKind } from '#app/domain/agencies/qualification.ts'

/** A kind as `qualifications.json` says it; codes and the services it is tied to are ours. */
export type QualificationFact = Omit<QualificationKind, 'code' | 'name' | 'categories'> & { kind: string }

/** Services of the list whose law asks for a qualification, by the kind's name. General knowledge, like the kinds themselves. */
const CATEGORIES: Record<string, string[]> = {
  工程勘察资质: ['0401'],
  工程设计资质: ['0402', '0403', '0404'],
  施工图审查机构认定: ['0501'],
  工程监理资质: ['1401'],
  测绘资质: ['0301', '0302', '0303', '0304', '0305', '0307', '0309', '0310', '0312'],
  '测绘资质（工程测量＋界线与不动产测绘）': ['0312'],
  '测绘资质（工程测量）': ['0308', '0309'],
  地质灾害评估和治理工程勘查设计资质: ['0801'],
  安全评价检测检验机构资质: ['1101'],
  职业卫生技术服务机构资质: ['1102'],
  放射卫生技术服务机构资质: ['1103'],
  建设工程质量检测机构资质: ['1201'],
  雷电防护装置检测资质: ['1203'],
  房地产估价机构备案: ['1302'],
  评估机构备案: ['1301', '1303'],
}

/** Kinds with our codes `Q01` … in the order of the file. */
export function qualificationKindsOf(facts: readonly QualificationFact[]): QualificationKind[] {
  return facts.map(({ kind, ...fact }, index) => ({ ...fact, code: `Q${String(index + 1).padStart(2, '0')}`, name: kind, categories: CATEGORIES[kind] ?? [] }))
}
