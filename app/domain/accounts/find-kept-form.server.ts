import { findKeptForm } from '#db/repositories/kept-forms.ts'
import type { Actor } from './actor.ts'
import type { Clock, Database } from '../context.ts'
import { formNameOf, openForm, type FormValues } from './kept-form.ts'

export type KeptForm = { path: string; values: FormValues; keptAt: Date }

/**
 * The form that was kept under a token, for whoever typed it. Nobody else gets it on the same browser, and nobody at all
 * after its half hour.
 */
export async function findOwnKeptForm({ db, clock, actor }: { db: Database; clock: Clock; actor: Actor }, token: string): Promise<KeptForm | null> {
  if (actor.kind !== 'member') return null
  const [at, row] = await Promise.all([clock.read(db), findKeptForm(db, formNameOf(token))])
  if (!row || row.expiresAt <= at || row.accountId !== actor.accountId) return null
  const values = openForm(token, row.path, row.sealed)
  return values && { path: row.path, values, keptAt: row.keptAt }
}
