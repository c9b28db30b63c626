import type { Material } from '#app/domain/cases/case.ts'
import { isCalled, knownBy, plain, sameness } from '#app/domain/catalogue/same-service.ts'
import type { ListingRules } from '#app/domain/catalogue/listing.ts'
import { likeness, matchWords, THRESHOLD, type Candidate } from './match-words.ts'

/** A listing by which a document may be known: by its name, an alias, or the document that it yields. */
export type KnownListing = Candidate & { rules: ListingRules }

/** The service that a document's name means; `isExact` where it is called just so, or its office had said so before. */
export type MeantService = { service: string; isExact: boolean }

type Named = Pick<Material, 'code' | 'name' | 'listingCode'>

/**
 * What an applicant writes or an office gives out in every approval, and no agency's work: 水土保持方案审批申请表 is near to a service's name and none of
 * its outputs. Only a likeness is not believed of it; what the list calls just so is what the list says.
 */
const ORDINARY = /(?:申请表|申请书|申请函|申请|登记表|登记证|备案表|备案证|承诺书|承诺函|承诺|委托书|授权书|证明|证书|证照|执照|身份证|许可证|批复|批文|批准文件|核准文件|意见|意见书|合同|协议|协议书|发票|凭证|收据|通知书|告知书|决定书|声明|说明|清单|目录|名单|回执|公示|函)$/
/** So called without saying of what, it may be the builder's own as well as any service's. */
export const OF_ANYTHING = /^(?:竣工)?(?:验收|检测|监测|评估|测量|鉴定|咨询|审查|论证)(?:报告|意见)书?$/
const COPY = /(?:原件|复印件|扫描件|电子版|电子件|一份|壹份)+$/

/**
 * Which service of the list a document of a case means by its code or its name, wherever its office says that it comes from. A name is matched as
 * an officer's words are ({@link matchWords}, with its threshold); of a document that the office gave under a service's code, only another service is told.
 *
 * @param candidates the list of the day
 * @param before what the same document was named before, and the service that it was then; an own document that was a service's a moment ago still is, where its name is near
 * @returns null where the name means no service, or the one that its code says
 */
export function meantService({ code, name, listingCode }: Named, candidates: readonly KnownListing[], before: { name: string; service: string } | null = null): MeantService | null {
  const text = bareName(name)
  const known = candidates.map(withOutput)
  const own = candidates.find((one) => one.code === listingCode)
  const found = (listingCode === null && byCode(code, known)) || byName(text, known)
  if (listingCode !== null) return own && found && !isOne(own, found, { text, known }) ? found : null
  if (found || !before) return found
  return plain(before.name) === plain(name) || likeness(plain(before.name), plain(name)) >= THRESHOLD ? { service: before.service, isExact: true } : null
}

/** A listing that is known by the document that it yields too. */
export function withOutput(one: KnownListing): KnownListing {
  return one.rules.material ? { ...one, aliases: [...one.aliases, one.rules.material.name] } : one
}

/** A document's name without signs, and without what says only that a copy of it is meant. */
export function bareName(name: string): string {
  return plain(name).replace(COPY, '')
}

/** Offices give documents numbers of their own; one that is the list's is no chance. */
function byCode(code: string, known: readonly KnownListing[]): MeantService | null {
  const given = plain(code)
  const found = known.filter((one) => [one.code, one.rules.material?.code].some((each) => each !== undefined && plain(each) === given))
  return found.length === 1 ? { service: found[0]!.code, isExact: true } : null
}

/**
 * The service that a name means by itself, if it is one's.
 *
 * @param text as {@link bareName} gives it
 * @param known listings as {@link withOutput} gives them
 */
export function byName(text: string, known: readonly KnownListing[]): MeantService | null {
  const { code, match } = matchWords(text, known)
  if (!code || !match) return null
  const isExact = match.by !== 'score' || match.score === 1
  if (isExact) return { service: code, isExact }
  if (OF_ANYTHING.test(text)) return null
  const [kind] = ORDINARY.exec(text) ?? []
  const { name, aliases } = known.find((one) => one.code === code)!
  return !kind || [name, ...aliases].some((each) => plain(each).replace(/编制$/, '').endsWith(kind)) ? { service: code, isExact } : null
}

/** Is what the name means what the code says: the same service under another code, or one that the name fits as well? */
function isOne(own: KnownListing, { service, isExact }: MeantService, { text, known }: { text: string; known: readonly KnownListing[] }): boolean {
  const meant = known.find(({ code }) => code === service)!
  if (sameness(knownBy(own), knownBy(meant)) || isCalled(text, knownBy(own)) || own.aliases.some((alias) => plain(alias) === text)) return true
  return !isExact && byName(text, known.filter(({ code }) => code === own.code)) !== null
}
