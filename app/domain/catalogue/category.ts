/** `statutory-candidate`: may be demanded only where a listing with a carrying basis is in force. */
export type CategoryNature = 'statutory-candidate' | 'authority-commissioned' | 'market'

/** A group of services (two digits) or a kind of service (four digits). */
export type Category = {
  code: string
  parentCode: string | null
  name: string
  /** The first letters of its pinyin, for looking up. */
  initials: string
  nature: CategoryNature | null
  approvalItems: string[]
  source: string
}
