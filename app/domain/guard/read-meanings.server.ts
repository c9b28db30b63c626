import type { Knex } from 'knex'
import type { Case } from '#app/domain/cases/case.ts'
import type { Day } from '#app/domain/calendar.ts'
import { listMeanings, saveMeanings } from '#db/repositories/material-meanings.ts'
import { listCandidates } from '#db/views/guard-candidates.ts'
import { meantService } from './meant-service.ts'

/**
 * Reads what the names of a case's documents mean, each once under one name and code: what it meant when it was written, it means while it stands
 * so. A document that is taken over from another case is that case's to judge, and is not read.
 *
 * @param saved the case as it was just written in this transaction
 * @param before what stood under its number
 * @param on the day of the list
 */
export async function readMeanings(trx: Knex.Transaction, { saved, before, on }: { saved: Case; before: Case | undefined; on: Day }): Promise<void> {
  const own = saved.materials.filter(({ source }) => source !== 'shared')
  if (!own.length) return
  const standing = await listMeanings(trx, saved.id)
  const unread = own.filter(({ code, name, listingCode }) => !standing.some((one) => one.material === code && one.name === name && one.writtenUnder === listingCode))
  if (!unread.length) return
  const candidates = await listCandidates(trx, { divisionCode: saved.divisionCode, on, approvalItem: saved.approvalItem })
  const wasOf = (code: string) => {
    const was = before?.materials.find((one) => one.code === code)
    const service = was && (was.listingCode ?? standing.find((one) => one.material === code)?.service)
    return service ? { name: was.name, service } : null
  }
  await saveMeanings(trx, saved.id, unread.map((material) => {
    const meant = meantService(material, candidates, wasOf(material.code))
    return { material: material.code, name: material.name, writtenUnder: material.listingCode, service: meant?.service ?? null, isExact: meant?.isExact ?? false }
  }))
}
