import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { theConfig } from '#app/config.server.ts'
import type { ApprovalItem } from '#app/domain/catalogue/approval-item.ts'
import type { Category, CategoryNature } from '#app/domain/catalogue/category.ts'
import type { Database } from '#app/domain/context.ts'
import { connect } from '#db/client.ts'
import { saveApprovalItems } from '#db/repositories/approval-items.ts'
import { saveCategories } from '#db/repositories/categories.ts'
import { saveQualificationKinds } from '#db/repositories/qualifications.ts'
import { qualificationKindsOf, type QualificationFact } from './qualification-kinds.ts'
import { saveDivisions } from '#db/repositories/divisions.ts'

/** What says this of itself was not read in any text: it is shown as sample data. */
export const GENERAL_KNOWLEDGE = /^general knowledge/

export type ApprovalItemFact = Omit<ApprovalItem, 'code' | 'sample'> & { code: null }
type CategoryFacts = { source: string; tree: { code: string; name: string; initials: string; children: { code: string; name: string; initials: string; nature: CategoryNature; approvalItems: string[] }[] }[] }

/**
 * Brings what every marketplace rests on up to date: divisions of GB/T 2260, kinds of services, of qualifications, approval items.
 * It may run at every start, in production too: what is there and the same is left alone.
 */
export async function seedReference(db: Database): Promise<void> {
  await saveDivisions(db, readData<[string, string][]>('divisions.json'))
  await saveCategories(db, categoriesOf(readData<CategoryFacts>('categories.json')))
  await saveQualificationKinds(db, qualificationKindsOf(readData<QualificationFact[]>('qualifications.json')))
  await saveApprovalItems(db, approvalItemsOf(readData<ApprovalItemFact[]>('approval-items.json')))
}

/** Approval items with our local codes `A01` … in the order of the file; national codes are a deployment's own. */
export function approvalItemsOf(facts: readonly ApprovalItemFact[]): ApprovalItem[] {
  return facts.map((fact, index) => ({ ...fact, code: `A${String(index + 1).padStart(2, '0')}`, sample: GENERAL_KNOWLEDGE.test(fact.source) }))
}

export function categoriesOf({ source, tree }: CategoryFacts): Category[] {
  return tree.flatMap(({ children, ...group }) => [
    { ...group, parentCode: null, nature: null, approvalItems: [], source },
    ...children.map((kind) => ({ ...kind, parentCode: group.code, source })),
  ])
}

export function readData<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`./data/${file}`, import.meta.url), 'utf8')) as T
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const config = theConfig()
  const db = connect(config.databaseUrl, 'app', { asRole: config.databaseRoles })
  await seedReference(db).finally(() => db.destroy())
}
