import type { Policies } from '#app/domain/divisions/policy.ts'
import type { Fen } from '#app/domain/money.ts'

/** The ways in which the law lets a service be bought. */
export const ROUTES = ['marketplace', 'free', 'exempt', 'central-catalogue', 'government-procurement', 'mandatory-tender'] as const
export type Route = (typeof ROUTES)[number]

/** Why a purchase may pass every rule of procurement; the reason is recorded with it. */
export const EXEMPTIONS = ['disaster', 'accident-inquiry', 'state-secret'] as const
export type Exemption = (typeof EXEMPTIONS)[number]

export type Purchase = {
  categoryCode: string | null
  moneySource: 'fiscal' | 'state-owned' | 'private'
  /** The most that is to be paid, in fen. */
  ceilingFen: Fen
  /** What the same owner published in the same category since 1 January in Beijing, without this purchase, in fen. */
  yearTotalFen: Fen
  exemption: Exemption | null
}

export type RouteLimits = Pick<Policies, 'procurementLimit' | 'mandatoryTender' | 'mandatoryTenderCategories' | 'centralCatalogue'>

/** The route, the sum that was compared and the limit it was compared with, both in fen. */
export type RouteFinding = { route: Route; sumFen: Fen; limitFen: Fen | null }

/**
 * How must this service be bought? Fiscal money that is neither in the central catalogue nor at a limit must use the
 * marketplace; everybody else is free to. A purchase counts together with what the same owner bought in the same category
 * this year, so that splitting it changes nothing (政府采购法实施条例 28; 必须招标的工程项目规定 5).
 *
 * @param limits thresholds of the division on the day; a sum that equals one has reached it
 */
export function routeOf(purchase: Purchase, limits: RouteLimits): RouteFinding {
  const { moneySource, categoryCode, exemption } = purchase
  const sumFen = purchase.ceilingFen + purchase.yearTotalFen
  const found = (route: Route, limitFen: Fen | null = null): RouteFinding => ({ route, sumFen, limitFen })

  if (exemption) return found('exempt')
  if (moneySource === 'private') return found('free')
  if (among(limits.mandatoryTenderCategories.value, categoryCode) && sumFen >= limits.mandatoryTender.value) return found('mandatory-tender', limits.mandatoryTender.value)
  if (moneySource === 'state-owned') return found('free')
  if (among(limits.centralCatalogue.value, categoryCode)) return found('central-catalogue')
  if (sumFen >= limits.procurementLimit.value) return found('government-procurement', limits.procurementLimit.value)
  return found('marketplace')
}

/** A group's two digits stand for every category in it. */
function among(categories: readonly string[], code: string | null): boolean {
  return code !== null && categories.some((category) => code.startsWith(category))
}
