import type { Category, CategoryNature } from '#app/domain/catalogue/category.ts'
import type { Database } from '#app/domain/context.ts'

type Row = { code: string; parent_code: string | null; name: string; initials: string; nature: CategoryNature | null; approval_items: string[]; source: string }

/** All groups and kinds of services, by code: a group stands before its kinds. */
export async function listCategories(db: Database): Promise<Category[]> {
  const rows = await db<Row>('categories').orderBy('code')
  return rows.map(({ parent_code, approval_items, ...same }) => ({ ...same, parentCode: parent_code, approvalItems: approval_items }))
}

/** Writes categories, replacing what their codes said before; groups must come before their kinds. */
export async function saveCategories(db: Database, categories: readonly Category[]): Promise<void> {
  const rows = categories.map(({ parentCode, approvalItems, ...same }) => ({ ...same, parent_code: parentCode, approval_items: approvalItems }))
  await db<Row>('categories').insert(rows).onConflict('code').merge()
}
