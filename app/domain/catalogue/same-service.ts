import type { ListingWording } from './listing.ts'

/** What a service is known by, whatever code it stands under: lists word one service twice. */
export type KnownService = Pick<ListingWording, 'code' | 'name'> & Pick<ListingWording['rules'], 'material' | 'duplicateOf' | 'mergedInto'>

/** What a listing says its service is. */
export function knownBy({ code, name, rules: { material, duplicateOf, mergedInto } }: Pick<ListingWording, 'code' | 'name' | 'rules'>): KnownService {
  return { code, name, material, duplicateOf, mergedInto }
}

/** Letters, digits and characters only, so that brackets, blanks and full-width forms make no difference. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** How two listings are known to mean one service, the surest first. */
export type Sameness = 'code' | 'duplicate' | 'material' | 'name'

/**
 * Do two entries mean one service? By their code, by an entry that says what it duplicates (one may duplicate the other, or both a third),
 * by the code of the document that they yield, or by a name that differs at most in signs and in 编制. Likeness is not enough: it
 * would refuse a demand that the law allows.
 *
 * @returns how it is known, null where nothing says so
 */
export function sameness(one: KnownService, other: KnownService): Sameness | null {
  if (one.code === other.code) return 'code'
  if ((one.duplicateOf ?? one.code) === (other.duplicateOf ?? other.code)) return 'duplicate'
  if (one.material && one.material.code === other.material?.code) return 'material'
  return namesOf(one).some((name) => namesOf(other).includes(name)) ? 'name' : null
}

/**
 * Does a result of one service answer a demand for another? Of the same one, and of a combined service for what was merged into it;
 * a part does not answer for the whole (国办发〔2015〕31号: what was combined is done once).
 */
export function answersFor(result: KnownService, wanted: KnownService): boolean {
  return wanted.mergedInto === result.code || sameness(result, wanted) !== null
}

/** The result that answers for a service, the first of its own code before any other's. */
export function resultFor<R extends { service: KnownService }>(results: readonly R[], wanted: KnownService): R | undefined {
  const good = results.filter(({ service }) => answersFor(service, wanted))
  return good.find(({ service }) => service.code === wanted.code) ?? good[0]
}

/** Is this what a service or its document is called? */
export function isCalled(name: string, service: KnownService): boolean {
  return namesOf(service).includes(bare(name))
}

/** A service is named by what is done or by what it yields: 水土保持方案报告书编制 is 水土保持方案报告书. */
export function namesOf({ name, material }: KnownService): string[] {
  return [name, ...(material ? [material.name] : [])].map(bare)
}

function bare(name: string): string {
  return plain(name).replace(/编制$/, '')
}
