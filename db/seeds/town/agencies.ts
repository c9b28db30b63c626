import type { PractitionerFields } from '#app/domain/agencies/practitioner.ts'
import type { QualificationFields } from '#app/domain/agencies/qualification.ts'
import { addDays, type Day } from '#app/domain/calendar.ts'
import { sample, type SampleOrganisation } from '../sample-organisations.ts'
import { diceFor } from './dice.ts'
import { everyPerson, everyStem } from './names.ts'
import { TRADES, type Trade } from './services.ts'

export type TownAgency = {
  signInName: string
  organisation: SampleOrganisation
  manager: string
  legalRepresentative: string
  about: string
  offers: readonly string[]
  /** Where it serves; the whole city unless it says less. */
  areas: readonly string[]
  /** How many days before the telling it came. */
  came: number
  qualifications: QualificationFields[]
  practitioners: PractitionerFields[]
}

/** Most are from the city itself, the others from wherever they like: a seat gives nobody an advantage. */
const SEATS: readonly [city: string, code: string, share: number][] = [
  ['长春', '220100', 62], ['吉林', '220200', 12], ['四平', '220300', 6], ['沈阳', '210100', 7], ['哈尔滨', '230100', 6], ['大连', '210200', 4], ['济南', '370100', 3],
]
/** In this trade two firms have one person behind them: where both bid they are one ticket. */
const RELATED = '工程检测'
const NORTH = ['220122', '220182', '220183']

/** The agencies of the town, each of one trade, as many of each as the scale leaves. */
export function townAgencies(scale: number, today: Day): TownAgency[] {
  const [stems, people] = [everyStem(), everyPerson()]
  const agencies: TownAgency[] = []
  for (const trade of TRADES) {
    for (let place = 0; place < Math.ceil(trade.count * scale); place++) {
      const serial = 310 + agencies.length
      const dice = diceFor(`agency/${serial}`)
      const [city, code] = seatBy(dice.next() * 100)
      const stem = stems[agencies.length]!
      agencies.push({
        signInName: `agency-${serial}`,
        organisation: sample('company', `${city}${stem}${trade.name}有限公司`, serial, { divisionCode: code, city: `${city}市` }),
        manager: people[2 * agencies.length]!,
        legalRepresentative: place === 1 && trade.name === RELATED ? agencies.at(-1)!.legalRepresentative : people[2 * agencies.length + 1]!,
        about: trade.about,
        offers: trade.offers.length < 3 ? trade.offers : dice.some(trade.offers, dice.between(trade.offers.length - 1, trade.offers.length)),
        areas: dice.next() < 0.1 ? NORTH : ['220100'],
        ...papersOf(trade, serial, people.slice(500 - serial % 100, 504 - serial % 100), today),
        came: dice.next() < 0.75 ? dice.between(300, 392) : dice.between(8, 300),
      })
    }
  }
  return agencies
}

/** The certificates and the people of a firm; here and there a certificate has run out lately. */
function papersOf({ holds = [], licence }: Trade, serial: number, people: readonly string[], today: Day): Pick<TownAgency, 'qualifications' | 'practitioners'> {
  const dice = diceFor(`papers/${serial}`)
  const qualifications = holds.map(({ kind, grade, issuer }) => ({
    kind,
    grade,
    scope: '',
    issuer,
    number: `示例${kind}-${serial}`,
    validUntil: addDays(today, dice.next() < 0.05 ? -dice.between(3, 20) : dice.between(90, 1500)),
  }))
  const practitioners = people.slice(0, dice.between(1, 4)).map((name, place) => ({ name, proof: dice.next() < 0.9 ? ('social-insurance' as const) : ('retired' as const), licences: [{ kind: licence, number: `DEM${serial}${place}` }] }))
  return { qualifications, practitioners }
}

function seatBy(throwOf100: number): readonly [city: string, code: string] {
  let left = throwOf100
  for (const [city, code, share] of SEATS) {
    left -= share
    if (left < 0) return [city, code]
  }
  return [SEATS[0]![0], SEATS[0]![1]]
}
