import { findDivision } from '#db/repositories/divisions.ts'
import type { Context } from '../context.ts'

/** What a division of GB/T 2260 is called, for anybody; null for a code that is none. */
export async function nameDivision({ db }: Pick<Context, 'db'>, { code }: { code: string }): Promise<string | null> {
  return (await findDivision(db, code))?.name ?? null
}
