import { memberWho } from '#app/domain/accounts/actor.ts'
import { mayRequire, type QualificationKind } from '#app/domain/agencies/qualification.ts'
import { dayOf, endOf } from '#app/domain/calendar.ts'
import { ListingCode, type Listing } from '#app/domain/catalogue/listing.ts'
import { answersFor, knownBy } from '#app/domain/catalogue/same-service.ts'
import type { Context } from '#app/domain/context.ts'
import { routeOf } from '#app/domain/guard/route.ts'
import { calendarOf } from '#db/repositories/calendar-days.ts'
import { findListing, listListings } from '#db/repositories/listings.ts'
import { findMarketplace } from '#db/repositories/divisions.ts'
import { listQualificationKinds } from '#db/repositories/qualifications.ts'
import { policiesOf } from '#db/repositories/policies.ts'
import { listPurchasesOfTheYear, yearTotalOf } from '#db/views/purchases-of-the-year.ts'
import { listResultsOnFile, type ResultOnFile } from '#db/views/results-on-file.ts'
import { listTenderProjects, type TenderProject } from '#db/views/tender-form.ts'
import { licencesOf } from './conditions.ts'
import { directFault, directYearOf } from './fill-draft.server.ts'
import type { Forecast } from './forecast.ts'
import { methodsFor } from './open-methods.ts'
import { drawDelayUnder, sizesUnder } from './procedure-under.ts'

type Service = Pick<Listing, 'code' | 'name' | 'nature'>
/** What may be asked for beyond what everybody must meet: certificates that a law still lets one require, and the licences behind them. */
export type Askable = { kinds: Pick<QualificationKind, 'code' | 'name' | 'grades'>[]; licences: string[] }
export type Preparation = { askable: Askable; projects: TenderProject[]; services: Service[]; chosen: { project: TenderProject; listing: Service } | null; /** Results of this service, under whatever code, on file for the project and valid today: seen before anybody buys again. */ onFile: ResultOnFile[]; forecast: Forecast | null }

const MOST_SERVICES = 500
const EARLIER_SHOWN = 8

/**
 * What the form for a new tender offers, and, once project and service are chosen, what awaits the purchase.
 *
 * @param ceilingFen the most the owner pays; without it the route is that of the smallest purchase
 */
export async function prepareTender({ db, clock, actor }: Context, { projectCode, listingCode, ceilingFen = 0 }: { projectCode?: string; listingCode?: string; ceilingFen?: number }): Promise<Preparation> {
  const { organisationId: ownerId, divisionCode } = memberWho(actor, 'draft:tender')
  const [at, own] = await Promise.all([clock.read(db), listTenderProjects(db, ownerId)])
  const on = dayOf(at)
  const project = own.find(({ code }) => code === projectCode)
  const place = project?.divisionCode ?? divisionCode
  const [kinds, services, listing] = await Promise.all([
    listQualificationKinds(db),
    listListings(db, { divisionCode: place, on, limit: MOST_SERVICES }),
    ListingCode.safeParse(listingCode).success ? findListing(db, { code: listingCode!, divisionCode: place, on }) : undefined,
  ])
  const brief = ({ code, name, nature }: Listing): Service => ({ code, name, nature })
  return {
    askable: { kinds: kinds.filter((kind) => mayRequire(kind) === null).map(({ code, name, grades }) => ({ code, name, grades })), licences: licencesOf(kinds) },
    // Nobody buys for what was given to somebody else; what was sent for it all the same is refused in words.
    projects: own.filter(({ givenAway }) => !givenAway),
    services: services.map(brief),
    chosen: project && listing ? { project, listing: brief(listing) } : null,
    onFile: project && listing ? (await listResultsOnFile(db, { projectCodes: [project.code], divisionCodes: [place], on })).filter(({ service }) => answersFor(service, knownBy(listing))) : [],
    forecast: project && listing ? await forecast(db, { project, listing, ownerId, ceilingFen, at }) : null,
  }
}

async function forecast(db: Context['db'], { project, listing, ownerId, ceilingFen, at }: { project: TenderProject; listing: Listing; ownerId: string; ceilingFen: number; at: Date }): Promise<Forecast> {
  const on = dayOf(at)
  const kind = { ownerId, categoryCode: listing.categoryCode, listingCode: listing.code, year: Number(on.slice(0, 4)) }
  const [policies, calendar, yearTotalFen, earlier, directYearFen, place] = await Promise.all([
    policiesOf(db, project.divisionCode, on),
    calendarOf(db, project.divisionCode),
    yearTotalOf(db, kind),
    listPurchasesOfTheYear(db, { ...kind, limit: EARLIER_SHOWN }),
    directYearOf(db, { ownerId, listing, project, at }),
    findMarketplace(db, project.divisionCode),
  ])
  const purchase = { categoryCode: listing.categoryCode, moneySource: project.moneySource, ceilingFen, yearTotalFen, exemption: null }
  const closes = endOf(at, policies.application.value, calendar)
  const draws = endOf(closes.at, drawDelayUnder(policies, { demo: place?.demo ?? false }), calendar)
  return {
    ...routeOf(purchase, policies),
    ceilingFen,
    yearTotalFen,
    earlier,
    limits: { procurementLimit: policies.procurementLimit, mandatoryTender: policies.mandatoryTender, directCeiling: policies.directCeiling },
    methods: methodsFor(policies, listing.categoryCode),
    sizes: sizesUnder(policies),
    direct: { fault: await directFault(db, { ownerId, ceilingFen, policies, listing, project, at }), sumFen: directYearFen === null ? null : directYearFen + ceilingFen, closesAt: endOf(at, policies.directAcceptance.value, calendar).at },
    closesAt: closes.at,
    drawsAfter: draws.at,
    minimumBidders: policies.minimumBidders.value,
    uncovered: [...new Set([...closes.uncovered, ...draws.uncovered])],
  }
}
