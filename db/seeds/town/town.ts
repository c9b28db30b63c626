import type { Member } from '#app/domain/accounts/actor.ts'
import { withdrawOffering } from '#app/domain/agencies/withdraw-offering.server.ts'
import type { MoneySource } from '#app/domain/projects/project.ts'
import { listOfferingsOf } from '#db/views/agencies.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { DEMO_PEOPLE } from '../demo-people.ts'
import { DEMO_DISTRICT, DEMO_PARK } from '../sample-organisations.ts'
import { townAgencies } from './agencies.ts'
import { planChanged } from './changes.ts'
import { planCheck, type Fate } from './checks.ts'
import { planCorrections } from './corrections.ts'
import { planDemands, type Met } from './demands.ts'
import { planGrades } from './credit.ts'
import { planGovernance } from './governance.ts'
import { diceFor } from './dice.ts'
import { planGivenDirectly } from './directs.ts'
import { enrol, enrolColleague } from './enrolment.ts'
import { planInboxes } from './inboxes.ts'
import { planInquiries } from './inquiries.ts'
import { planKeys } from './keys.ts'
import { planMerits } from './merits.ts'
import { everyPerson } from './names.ts'
import { COUNTER_HABITS, LATELY_ASKED, OFFICES } from './offices.ts'
import { planOutages } from './outages.ts'
import { KINDS, TOWN_OWNERS, type Building } from './owners.ts'
import { projectCode, registerBuilding } from './projects.ts'
import { serviceOf } from './services.ts'
import { planAsked, planShadows } from './shadows.ts'
import { planDiscarded, planLately, planOfficePurchases, planTooLarge } from './specials.ts'
import { daysBefore, type Stage } from './stage.ts'
import { draftOnce, planTender, type Rival } from './tenders.ts'

/** The buildings of those who can be played; the first is the one of the story. */
const PLAYED: readonly { signInName: string; money: MoneySource; buildings: readonly Building[] }[] = [
  { signInName: 'owner', money: 'private', buildings: [{ kind: 'factory', name: '长春示例置业绿园厂房项目', divisionCode: DEMO_DISTRICT, investment: 4_800, facts: { 'site.hilly': true, 'soil.class': 'report', 'site.mineralDeposit': false } }] },
  { signInName: 'school', money: 'fiscal', buildings: [{ kind: 'school', name: '绿园区示例实验学校扩建工程', divisionCode: DEMO_DISTRICT, investment: 8_600, facts: { 'eia.class': 'registration' } }] },
  { signInName: 'person', money: 'private', buildings: [{ kind: 'house', name: '自建房翻建', divisionCode: DEMO_DISTRICT, investment: 38 }] },
]

/**
 * Plans the town's whole year: who came when, what is built, what was asked for, bought and drawn. Everything happens
 * through the verbs, at the instants of the story.
 *
 * @param scale 1 for the whole town; 0 brings those who can be played, and nothing of the year
 */
export function planTown(stage: Stage, { scale, officePassword }: { scale: number; officePassword: string }): void {
  for (const person of DEMO_PEOPLE) {
    stage.plan(`enrol/${person.signInName}`, daysBefore(stage, person.came, diceFor(`came/${person.signInName}`)), () => ('colleagueOf' in person && person.colleagueOf ? enrolColleague(stage, { ...person, colleagueOf: person.colleagueOf }, officePassword) : enrol(stage, person, officePassword).then(() => {})))
  }
  const rivals = planAgencies(stage, scale, officePassword)
  const managers = everyPerson().slice(400)
  if (scale > 0) for (const [place, office] of OFFICES.entries()) {
    const newcomer = { ...office, displayName: managers[place]!, role: 'authority' as const }
    stage.plan(`enrol/${office.signInName}`, daysBefore(stage, 399, diceFor(`came/${office.signInName}`)), () => enrol(stage, newcomer, officePassword).then(() => {}))
  }
  const met = planOwners(stage, scale, officePassword, rivals, managers.slice(20))
  if (scale > 0) {
    planSpecials(stage, met, rivals)
    planMerits(stage, { met, rivals, password: officePassword })
    planKeys(stage, { met, rivals, password: officePassword })
    planGivenDirectly(stage, met, rivals)
    planChanged(stage, met, rivals)
    planOutages(stage)
    planGovernance(stage)
    planCorrections(stage)
    planInquiries(stage, met)
    planInboxes(stage)
  }
  for (const office of OFFICES) planDemands(stage, office, met, Math.round(14 * scale))
  if (scale > 0) for (const office of LATELY_ASKED) planDemands(stage, office, office.signInName === 'park' ? met.filter(({ divisionCode }) => divisionCode === DEMO_PARK) : met, 1, { days: [2, 26], scene: 'demand/lately' })
  planDemands(stage, { signInName: 'authority', habits: COUNTER_HABITS.authority }, met.filter(({ divisionCode }) => divisionCode === DEMO_DISTRICT), Math.round(24 * scale))
  planDemands(stage, { signInName: 'park', habits: COUNTER_HABITS.park }, met.filter(({ divisionCode }) => divisionCode === DEMO_PARK), Math.round(16 * scale))
}

function planAgencies(stage: Stage, scale: number, officePassword: string): Rival[] {
  const rivals: Rival[] = DEMO_PEOPLE.filter(({ role }) => role === 'agency').map(({ signInName, offers = [], came }) => ({
    get member() { return stage.cast.get(signInName)! },
    offers,
    areas: ['220100'],
    since: daysBefore(stage, came, diceFor(`came/${signInName}`)),
  }))
  const agencies = townAgencies(scale, dayOf(stage.toldAt))
  const latest = agencies.filter(({ came }) => came > 6).sort((one, other) => one.came - other.came).map(({ signInName }) => signInName)
  for (const { signInName, role, came, organisation } of DEMO_PEOPLE) {
    if (role === 'agency') planCheck(stage, { signInName, uscc: organisation.uscc!, since: daysBefore(stage, came, diceFor(`came/${signInName}`)), fate: 'passed' })
  }
  planShadows(stage, agencies)
  for (const agency of agencies) {
    const { signInName, manager, came } = agency
    const dice = diceFor(`came/${signInName}`)
    const since = daysBefore(stage, came, dice)
    stage.plan(`enrol/${signInName}`, since, () => enrol(stage, { ...agency, displayName: manager, role: 'agency' }, officePassword).then(() => {}))
    planCheck(stage, { signInName, uscc: agency.organisation.uscc!, since, fate: LAST_FATES[latest.indexOf(signInName)] ?? 'passed' })
    let { offers } = agency
    if (offers.length > 2 && came > 60 && dice.next() < 0.2) {
      const given = offers.at(-1)!
      offers = offers.slice(0, -1)
      stage.plan(`withdraw/${signInName}`, daysBefore(stage, dice.between(3, 40), dice), () => giveUp(stage, signInName, given))
    }
    rivals.push({ get member() { return stage.cast.get(signInName)! }, offers, areas: agency.areas, since })
  }
  return rivals
}

/** How the formal check stands with those that came last. */
const LAST_FATES: readonly Fate[] = ['waiting', 'returned', 'waiting', 'answered']

/** An agency takes an offering off the market again. */
async function giveUp(stage: Stage, signInName: string, code: string): Promise<void> {
  const member = stage.cast.get(signInName)!
  const offering = (await listOfferingsOf(stage.db, { agencyId: member.organisationId, on: dayOf(stage.toldAt) })).find(({ listingCode }) => listingCode === code)
  if (offering) await stage.act(`withdraw/${signInName}/${code}`, member, (context) => withdrawOffering(context, { offeringId: offering.id }))
}

function planOwners(stage: Stage, scale: number, officePassword: string, rivals: readonly Rival[], managers: readonly string[]): Met[] {
  const met: Met[] = []
  let serial = 17
  const building = (owner: () => Member, signInName: string, money: MoneySource, one: Building, came: Date) => {
    serial += 1
    const dice = diceFor(`project/${one.name}`)
    const days = Math.floor((stage.toldAt.getTime() - came.getTime()) / 86_400_000)
    const registeredAt = latest(new Date(came.getTime() + 3_600_000), daysBefore(stage, dice.between(Math.ceil(days * 0.85), days), dice))
    const code = projectCode(one, registeredAt, money, serial)
    stage.plan(`project/${code}`, registeredAt, () => registerBuilding(stage, owner(), one, { code, money }))
    met.push({ code, divisionCode: one.divisionCode, registeredAt, owner: signInName, one })
    if (scale > 0) planPurchases(stage, { owner, name: signInName, one, code, registeredAt, rivals })
  }
  for (const { signInName, money, buildings } of PLAYED) {
    const came = daysBefore(stage, DEMO_PEOPLE.find((person) => person.signInName === signInName)!.came, diceFor(`came/${signInName}`))
    for (const one of buildings) building(() => stage.cast.get(signInName)!, signInName, money, one, came)
  }
  for (const [place, { signInName, organisation, money, buildings }] of TOWN_OWNERS.slice(0, Math.ceil(TOWN_OWNERS.length * scale)).entries()) {
    const dice = diceFor(`came/${signInName}`)
    const came = daysBefore(stage, dice.between(260, 400), dice)
    stage.plan(`enrol/${signInName}`, came, () => enrol(stage, { signInName, displayName: managers[2 * place]!, legalRepresentative: managers[2 * place + 1]!, role: 'owner', organisation }, officePassword).then(() => {}))
    for (const one of buildings) building(() => stage.cast.get(signInName)!, signInName, money, one, came)
  }
  return met
}

/** What a visitor should find on the day of the telling: see specials.ts. */
function planSpecials(stage: Stage, met: readonly Met[], rivals: readonly Rival[]): void {
  const school = met.find(({ owner }) => owner === 'school')!
  planTooLarge(stage, school.code)
  planDiscarded(stage, school.code)
  planAsked(stage, { code: school.code, one: school.one, signInName: 'school' }, rivals)
  planOfficePurchases(stage, rivals)
  planGrades(stage, rivals, 'S0402')
  planLately(stage, LATELY.flatMap(({ building, ...late }) => {
    const found = met.find(({ one }) => one.name === building)
    return found ? [{ ...late, signInName: found.owner, code: found.code, one: found.one }] : []
  }), rivals)
}

const LATELY = [
  { building: '示例家园保障性租赁住房', listingCode: 'S1404', days: 1, bidders: 1 },
  { building: '示例大街南延线', listingCode: 'S1403', days: 1, bidders: 4, priced: 'lowest-price' },
  { building: '鲜食玉米加工车间', listingCode: 'S1404', days: 2, bidders: 3, priced: 'average-price' },
  { building: '新能源公交停保场', listingCode: 'S1404', days: 7, bidders: 5, priced: 'live-auction' },
  { building: '镇中心小学宿舍楼', listingCode: 'S1201', days: 3, bidders: 5 },
  { building: '疫苗佐剂车间', listingCode: 'S1201', days: 1, bidders: 6 },
  { building: '城北分拨中心', listingCode: 'S1201', days: 2, bidders: 0 },
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S0407', days: 2, bidders: 3, leftOpen: true },
  { building: '铝合金轻量化部件生产线', listingCode: 'S1201', days: 8, bidders: 5, declines: true },
  // By credit: one whose owner has picked, one whose small list waits for the school's manager, and one that takes bids.
  { building: '疫苗佐剂车间', listingCode: 'S0402', days: 32, bidders: 6, shortlist: 'picked' },
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S0402', days: 7, bidders: 6, shortlist: 'to-pick' },
  { building: '城北分拨中心', listingCode: 'S0402', days: 1, bidders: 4, shortlist: 'to-pick' },
  // Owners who let a question lie: their tenders cannot close, and the regulator is led to them. Both can be played, and answer.
  { building: '绿园区示例实验学校扩建工程', listingCode: 'S1201', days: 9, bidders: 4, leftOpen: true },
  { building: '自建房翻建', listingCode: 'S0312', days: 12, bidders: 3, leftOpen: true },
] as const

/** How a purchase is decided that is not given directly: mostly drawn, some by price. */
const METHODS = [undefined, undefined, undefined, 'lowest-price', 'average-price'] as const

function latest(one: Date, other: Date): Date {
  return one > other ? one : other
}

type Purchases = { owner: () => Member; name: string; one: Building; code: string; registeredAt: Date; rivals: readonly Rival[] }

/** What one building needed so far, spread over its life in the order of the approvals, and mostly a draft that nobody has published yet. */
function planPurchases(stage: Stage, { owner, name, one, code, registeredAt, rivals }: Purchases): void {
  const dice = diceFor(`purchases/${one.name}`)
  const services = KINDS[one.kind].services
  const life = Math.floor((stage.toldAt.getTime() - registeredAt.getTime()) / 86_400_000)
  const count = dice.between(2, Math.min(5, services.length))
  for (const [place, listingCode] of services.slice(0, count).entries()) {
    const { work, requirements, days, yuan } = serviceOf(listingCode)
    const ceiling = Math.round((yuan[0] + (yuan[1] - yuan[0]) * dice.next() ** 1.6) / 500) * 500_00
    const play = `tender/${name}/${one.name}/${listingCode}`
    const draft = { projectCode: code, listingCode, method: 'random' as const, title: `${one.name}${work}`, requirements, serviceDays: dice.between(...days), ceiling }
    const begun = (place + 0.05 + 0.7 * dice.next()) / count
    const at = latest(new Date(registeredAt.getTime() + 3_600_000), daysBefore(stage, Math.max(1, Math.round(life * (1 - begun))), dice))
    const isLast = place === count - 1
    if (!isLast || dice.next() < 0.6) planTender(stage, at, { name: play, get owner() { return owner() }, draft, divisionCode: one.divisionCode, rivals, direct: ceiling <= 50_000_00 && dice.next() < 0.3, priced: diceFor(`${play}/method`).pick(METHODS) })
    else stage.plan(`${play}/draft`, at, () => draftOnce(stage, { name: play, owner: owner(), draft }).then(() => {}))
  }
}
