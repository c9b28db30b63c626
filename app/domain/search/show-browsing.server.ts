import { listCategories } from '#db/repositories/categories.ts'
import type { Context } from '../context.ts'

/** Where somebody begins who has no word yet: the groups of services, by code. Anybody may see them. */
export async function showBrowsing({ db }: Context): Promise<{ categories: { code: string; name: string }[] }> {
  const categories = await listCategories(db)
  return { categories: categories.filter(({ parentCode }) => parentCode === null).map(({ code, name }) => ({ code, name })) }
}
