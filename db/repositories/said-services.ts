import type { Knex } from 'knex'
import type { SaidPlace } from '#app/domain/guard/services-said.ts'

/** Words of an office that name a service which no document of their case is; `services` are the codes of the list that it could be. */
export type SaidInCase = { id: string; place: SaidPlace; text: string; words: string; services: string[]; saidAt: Date }

/** Keeps what an office's words name; the same words at the same kind of place, said again, stand with their last text and time. */
export async function saveSaidServices(trx: Knex.Transaction, caseId: string, said: readonly SaidInCase[]): Promise<void> {
  if (!said.length) return
  await trx('said_services')
    .insert(said.map(({ saidAt, ...one }) => ({ ...one, case_id: caseId, said_at: saidAt })))
    .onConflict(['case_id', 'place', 'words'])
    .merge(['text', 'services', 'said_at'])
}
