import { parseProjectCode } from '#app/domain/projects/project-code.ts'
import { isTenderNumber } from '#app/domain/tenders/tender.ts'
import { LISTING_CODE } from '#app/domain/catalogue/listing.ts'
import { isUuid } from '#app/domain/uuid.ts'

/** What a number may be, told by its shape alone; whether there is such a thing the database says. */
export type NumberKind = 'tender' | 'project' | 'organisation' | 'listing' | 'id' | 'hash' | 'trace' | 'key' | 'leaf' | 'signInName'

/** One reading of what was typed, in the spelling under which that kind is kept. */
export type Reading = { kind: NumberKind; value: string }

const LONGEST = 100
const HEX = { hash: /^[0-9a-f]{64}$/, trace: /^[0-9a-f]{32}$/, key: /^[0-9a-f]{16}$/ } as const
/** As a `traceparent` header writes it. */
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/
const LEAF = /^(?:#|第)?(\d{1,12})(?:条)?$/
const USCC = /^[0-9A-Z]{18}$/
const SIGN_IN_NAME = /^[a-z0-9\p{Script=Han}][a-z0-9\p{Script=Han}._@-]{2,63}$/u
/** Codes are read by their shape, whenever they were given. */
const ANY_DAY = '9999-12-31'
/** What is one of these is no sign-in name as well, although its signs would do. */
const UNMISTAKABLE: readonly NumberKind[] = ['tender', 'project', 'id', 'hash', 'trace']

/** Whatever somebody pasted, as it was meant: plain signs for full-width ones, no blanks, one kind of hyphen. */
export function normaliseNumber(text: string): string {
  return text.slice(0, LONGEST * 4).normalize('NFKC').replace(/[\s\p{C}]/gu, '').replace(/[\u2010-\u2015\u2212]/g, '-')
}

/**
 * What the number may be, the likeliest first.
 *
 * @param text as typed; NFKC and blanks do not matter
 * @returns no reading where it has no shape of ours
 */
export function whatNumber(text: string): Reading[] {
  const plain = normaliseNumber(text)
  if (plain === '' || plain.length > LONGEST) return []
  const [upper, lower] = [plain.toUpperCase(), plain.toLowerCase()]
  const readings: Reading[] = []
  const read = (kind: NumberKind, value: string | undefined | false) => void (value && readings.push({ kind, value }))
  read('tender', isTenderNumber(upper) && upper)
  read('id', isUuid(lower) && lower)
  read('hash', HEX.hash.test(lower) && lower)
  read('trace', HEX.trace.test(lower) ? lower : TRACEPARENT.exec(lower)?.[1])
  read('id', HEX.trace.test(lower) && lower.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
  const parsed = parseProjectCode(plain, ANY_DAY)
  read('project', 'project' in parsed && parsed.project.code)
  read('organisation', USCC.test(upper) && upper)
  read('key', HEX.key.test(lower) && lower)
  read('leaf', LEAF.exec(plain)?.[1])
  read('listing', LISTING_CODE.test(upper) && upper)
  const certain = readings.some(({ kind }) => UNMISTAKABLE.includes(kind))
  read('signInName', !certain && SIGN_IN_NAME.test(lower) && lower)
  return readings
}
