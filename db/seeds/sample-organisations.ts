import { organisationCheckDigit, usccCheckDigit } from '#app/domain/accounts/uscc.ts'
import { DEMO_DIVISION } from './catalogue.ts'

/** The district of the demo city in which its first authority sits. */
export const DEMO_DISTRICT = '220106'
/** The park of the demo city, a division of its own in GB/T 2260, which was assessed once for everybody inside. */
export const DEMO_PARK = '220173'

/** Who registers under which beginning of a code: an office, a public institution, a company. */
const KINDS = { office: '11', institution: '12', company: '91' } as const

export type SampleOrganisation = { name: string; uscc: string | null; divisionCode: string; address: string; phone: string }

type Place = { divisionCode?: string; city?: string }

/** A code that passes both checks. `DEM` stands where a registered body has digits, so that no real one is met. */
function uscc(kind: keyof typeof KINDS, division: string, serial: number): string {
  const body = `MADEM${serial}`
  const seventeen = KINDS[kind] + division + body + organisationCheckDigit(body)
  return seventeen + usccCheckDigit(seventeen)
}

/** An organisation that does not exist; its serial number of three digits makes its code, address and telephone its own. */
export function sample(kind: keyof typeof KINDS, name: string, serial: number, { divisionCode = DEMO_DIVISION, city = '长春市' }: Place = {}): SampleOrganisation {
  return { name, uscc: uscc(kind, divisionCode, serial), divisionCode, address: `${city}示例路${serial}号`, phone: `0431-80000${serial}` }
}
