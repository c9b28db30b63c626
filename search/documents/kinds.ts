import type { Database } from '#app/domain/context.ts'
import type { Kind } from '#app/domain/search/found.ts'
import type { SearchDocument } from '../search.ts'
import { agencyDocuments, agencySubjects } from './agency.ts'
import { tenderSubjects } from './published-tenders.ts'
import { resultDocuments } from './result.ts'
import { serviceDocuments, serviceSubjects } from './service.ts'
import { tenderDocuments } from './tender.ts'

type Source = {
  /** The documents that these subjects have now; a subject that may not be found has none. */
  load: (db: Database, subjects: readonly string[]) => Promise<SearchDocument[]>
  /** The subjects behind one, in order, for a whole rebuild. */
  behind: (db: Database, from: { after: string; limit: number }) => PromiseLike<string[]>
}

export const SOURCES: Record<Kind, Source> = {
  service: { load: serviceDocuments, behind: serviceSubjects },
  agency: { load: agencyDocuments, behind: agencySubjects },
  tender: { load: tenderDocuments, behind: tenderSubjects },
  result: { load: resultDocuments, behind: (db, from) => tenderSubjects(db, { ...from, ended: true }) },
}
