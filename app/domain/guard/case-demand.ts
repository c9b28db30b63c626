import { z } from 'zod'
import { DEMAND_FIELDS, withCommissioner } from './demand.ts'

/** The body of `POST /api/v1/cases/{caseNumber}/demands`: what is demanded; the case says the rest. */
export const CaseDemandInput = z.strictObject(DEMAND_FIELDS).transform(withCommissioner)
export type CaseDemandInput = z.output<typeof CaseDemandInput>
