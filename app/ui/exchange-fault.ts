import type { CheckedLine } from '#app/domain/exchange/checked-line.ts'
import type { Mend } from '#app/domain/exchange/mend.ts'
import type { RowFault } from '#app/domain/exchange/row-faults.ts'
import { paths } from '#app/paths.ts'
import type { Words } from '#app/words/words.ts'

/** What the one who looks may open. */
export type Reader = { seesCases: boolean; mayName: boolean }

/** Where a fault is mended, if this reader may go there. */
export function placeOfMend({ at }: Mend, line: Pick<CheckedLine, 'caseId' | 'agency' | 'number' | 'serviceCode' | 'itemKey'>, { seesCases, mayName }: Reader): string | null {
  switch (at) {
    case 'case':
      return seesCases ? paths.case(line.caseId) : null
    case 'agency':
      return line.agency ? paths.agency(line.agency.uscc) : null
    case 'tender':
      return paths.tender(line.number)
    case 'service-code':
      return mayName ? paths.nationalCodes({ kind: 'service', key: line.serviceCode }) : null
    case 'item-code':
      return mayName ? paths.nationalCodes({ kind: 'item', key: line.itemKey }) : null
    case 'project':
      return null
  }
}

/** What exactly is wrong, where the fault's name does not say it. */
export function faultDetail({ details, stepNames }: Words['exchange'], { fault, params }: Pick<RowFault, 'fault' | 'params'>): string | null {
  if (fault === 'too-long') return details.long(Number(params.length), Number(params.most))
  if (fault === 'step-order') return details.order(stepNames[Number(params.step)] ?? String(params.step), stepNames[Number(params.before)] ?? String(params.before))
  if (fault === 'step-missing') return details.missing(stepNames[Number(params.step)] ?? String(params.step))
  const { value } = params
  return value === undefined || value === '' ? null : details.value(String(value))
}
