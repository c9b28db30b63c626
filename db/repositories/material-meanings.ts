import type { Knex } from 'knex'

/** What the name of a document of a case was read as: a service of the list, or none; exactly, or by likeness. */
export type MaterialMeaning = { material: string; name: string; writtenUnder: string | null; service: string | null; isExact: boolean }

/** What the names of a case's documents were read as when they were last read. */
export async function listMeanings(trx: Knex.Transaction, caseId: string): Promise<MaterialMeaning[]> {
  return trx('material_meanings').where({ case_id: caseId }).select<MaterialMeaning[]>({ material: 'material_code', name: 'name', writtenUnder: 'written_under', service: 'listing_code', isExact: 'is_exact' })
}

/** Keeps what names of a case's documents are read as now, each in the place of what the same document was read as before. */
export async function saveMeanings(trx: Knex.Transaction, caseId: string, meanings: readonly MaterialMeaning[]): Promise<void> {
  await trx('material_meanings')
    .insert(meanings.map(({ material, name, writtenUnder, service, isExact }) => ({ case_id: caseId, material_code: material, name, written_under: writtenUnder, listing_code: service, is_exact: isExact })))
    .onConflict(['case_id', 'material_code'])
    .merge()
}
