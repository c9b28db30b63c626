import type { Member } from '#app/domain/accounts/actor.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { registerProject } from '#app/domain/projects/register-project.server.ts'
import type { MoneySource } from '#app/domain/projects/project.ts'
import { REGIONAL_ASSESSMENTS, type ProjectFacts } from '#app/domain/projects/project-facts.ts'
import { findProject } from '#db/repositories/projects.ts'
import { DEMO_PARK } from '../sample-organisations.ts'
import { diceFor } from './dice.ts'
import { KINDS, type Building } from './owners.ts'
import type { Stage } from './stage.ts'

/** What the park had assessed once, so that no single project there is asked again (优化营商环境条例 42). */
const DONE_IN_PARK = REGIONAL_ASSESSMENTS.filter((assessment) => ['soil-and-water', 'geological-hazard', 'mineral-deposits', 'earthquake', 'climate'].includes(assessment))

const KIND_CODES: Record<MoneySource, string> = { fiscal: '01', 'state-owned': '02', private: '03' }

export function projectCode({ divisionCode, kind }: Pick<Building, 'divisionCode' | 'kind'>, at: Date, money: MoneySource, serial: number): string {
  return `${dayOf(at).slice(0, 4)}-${divisionCode}-${KINDS[kind].sector}-${KIND_CODES[money]}-${String(serial).padStart(6, '0')}`
}

/** Registers a building as its owner's project, with what its owner would know of site and size. */
export async function registerBuilding(stage: Stage, owner: Member, building: Building, { code, money }: { code: string; money: MoneySource }): Promise<void> {
  if (await findProject(stage.db, code)) return
  const { name, kind, divisionCode, investment } = building
  await stage.act(`project/${code}`, owner, (context) =>
    registerProject(context, { code, name, divisionCode, flowType: KINDS[kind].flow, moneySource: money, investmentFen: investment * 10_000_00, facts: factsOf(building) }),
  )
}

function factsOf({ name, divisionCode, investment, facts = {} }: Building): ProjectFacts {
  const dice = diceFor(`facts/${name}`)
  const site = Math.round(investment * (2 + 4 * dice.next())) * 2
  const known: ProjectFacts = {
    'site.areaSquareMetres': site,
    'build.areaSquareMetres': Math.round(site * (0.5 + dice.next())),
    'site.earthworkCubicMetres': Math.round(site * (0.3 + dice.next())),
    'site.heritage': false,
    ...(divisionCode === DEMO_PARK ? { 'site.regionalAssessments': DONE_IN_PARK } : dice.next() < 0.7 && { 'site.regionalAssessments': [] }),
    // What an owner has not found out yet is left open: then the guard says which fact it needs.
    ...(dice.next() < 0.6 && { 'site.hazardZone': false }),
    ...(dice.next() < 0.6 && { 'site.mineralDeposit': false }),
    ...(dice.next() < 0.5 && { 'site.forestLand': false }),
    ...(dice.next() < 0.5 && { 'site.hilly': false, 'soil.class': 'none' as const }),
    ...facts,
  }
  return known
}
