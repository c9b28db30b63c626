import type { Database } from '#app/domain/context.ts'
import type { SaidPlace } from '#app/domain/guard/services-said.ts'

/** What an office's words in a case name, and the service of the list that they may mean. */
export type SaidInWords = { place: SaidPlace; text: string; words: string; service: { code: string; name: string } | null }

/** The name of a listing by its code as the list above or at a division last had it. */
const NAME_OF = `select listing.name from listings listing where listing.code = said.services[1] and starts_with(file.division_code, rtrim(listing.division_code, '0')) order by listing.in_force_from desc limit 1`

/**
 * What still stands in a case of services that its office's own words name: the text is there yet, and nothing of it is a document of the case or a
 * demand on record. The oldest first.
 */
export async function listSaidInWords(db: Database, caseId: string): Promise<SaidInWords[]> {
  const { rows } = await db.raw<{ rows: (Omit<SaidInWords, 'service'> & { code: string | null; name: string | null })[] }>(
    `select said.place, said.text, said.words, said.services[1] as code, (${NAME_OF}) as name
       from standing_said_services said join cases file on file.id = said.case_id
      where said.case_id = :caseId order by said.said_at, said.ordinal`,
    { caseId },
  )
  return rows.map(({ code, name, ...said }) => ({ ...said, service: code === null ? null : { code, name: name ?? code } }))
}
