import type { Day } from '../calendar.ts'
import { usableBases } from '../catalogue/basis.ts'
import type { Listing } from '../catalogue/listing.ts'
import type { Material } from './case.ts'

/** The document that a listed service yields, as a case has it while it is lacking. */
export function materialOf({ code, name, rules: { material } }: Pick<Listing, 'code' | 'name' | 'rules'>): Material {
  return { code: material?.code ?? code, name: material?.name ?? name, source: 'service', listingCode: code, sharedFrom: null, state: 'lacking', reason: '' }
}

/**
 * May every applicant for the approval be asked for it? What depends on the project is for the office to say, and what has no basis, is
 * the office's to pay or is somebody's own wish nobody is asked for (优化营商环境条例 43).
 */
export function isUsual({ nature, rules }: Pick<Listing, 'nature' | 'rules'>, on: Day): boolean {
  const { bases, appliesWhen, commissioner, material, mergedInto, duplicateOf, itemCancelledOn } = rules
  return nature === 'statutory' && commissioner === 'applicant' && appliesWhen === null && material !== null && !mergedInto && !duplicateOf && !(itemCancelledOn && itemCancelledOn <= on) && usableBases(bases, on).length > 0
}
