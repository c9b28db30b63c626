import { plain } from '#app/domain/catalogue/same-service.ts'
import { nearbyIn } from './match-words.ts'
import { bareName, byName, OF_ANYTHING, withOutput, type KnownListing } from './meant-service.ts'

/** Where in a case an office writes words of its own: with a state, as the reason of a document, or as a document's name. */
export const SAID_PLACES = ['note', 'reason', 'name'] as const
export type SaidPlace = (typeof SAID_PLACES)[number]
/** A service that somebody's words name: as they say it, and the codes of the list that it could be; none where the list has no such service. */
export type SaidService = { words: string; services: string[] }

/** What makes a sentence an asking. */
const ASKS = /请|须|需|应|必须|要求|补|缺|提供|提交|递交|出具|委托|聘请|未|没有|不齐|附|后方可|方可|才能|才可/
/** What is said of a paper that is there, or that nobody has to bring, or of what the office itself has done. */
const ASKS_NOTHING = /无需|无须|不需|不须|不必|不再要求|不得要求|不要求|免于|免予|免交|已收|已交|已经?提交|已经?提供|已经?具备|已经?补|齐全|自愿|[我本](?:局|委|办|厅|机关|部门|中心)(?:将|已经?)?(?:委托|组织|聘请)/
/** The applicant is sent to an agency: 请委托有资质的第三方机构. */
const SENDS_TO_AGENCY = /(?:(?:委托|聘请|选择|选定|指定)\P{P}{0,30}?(?:机构|公司|中介|设计院|研究院|勘察院|事务所|有资质的?单位)|(?:到|去|由|经|找|联系)\P{P}{0,20}?(?:公司|中介|设计院|研究院|勘察院|事务所|第三方(?:机构|单位|公司)?|有资质的?(?:机构|单位)))/u
/** And is free not to go: 可自行编制，也可委托有关机构编制. */
const LEAVES_FREE = /自行|自主|可以?委托|自己/
/** What is written for money: some technical work, and the paper that comes of it. */
const PAID_WORK = '评估|评价|论证|检测|监测|鉴定|勘察|勘测|测绘|测量|勘界|审计|检验|评审|核查|图审|可研|环评|能评|稳评|安评'
const PAID_PAPER = new RegExp(`(?:${PAID_WORK}|研究|调查|分析)(?:报告书|报告表|报告|方案|成果|意见书|评价书|专章|专篇)$|(?:${PAID_WORK})书?$`)
/** Where it is asked for, every report is looked at but what anybody writes of his own doings. */
const REPORT = /报告(?:书|表)?$/
const OWN_REPORT = /(?:情况|工作|年度|财务|书面|说明|整改|检查)报告$/
/** Who is to do it stands before the doing: 宏达公司编制客流影响评价报告. */
const WHO_DOES = /^.*(?:编制|出具|开展|提供|提交|进行)(?=.{4})/
/** How a sentence leads up to the paper, and what it says after it. */
const LEAD_IN = /^(?:请|尽快|另外?|还|仍|需要?|必须|须|应当?|要求|补充|补正|补交|补齐|补报|补|缺少|缺|提供|提交|递交|上传|出具|委托|聘请|未|没有|取得|完成|编制|开展|进行|组织|做|附上|附|有资质的?|具备?资质的?|相应|第三方|中介|机构|单位|公司|由|经|一份|本项目|该项目|项目|申请人|申报人|业主|建设单位|你单位|贵单位|您|你|先|后|再|并|同时|在|的)+/
const LEAD_OUT = /(?:原件|复印件|一份|后|之后|以后|前|方可|再|才能|才可|才|予以|即可|可以|可|来|到|我局|本局|窗口|受理|办理|审批|核发|申报|提交|报批|报送|备查|一并|等?材料)+$/
const SENTENCE = /[。；;！!？?\n\r]+/
const CLAUSE = /[，,、:：()（）《》〈〉“”"'【】[\]…—]+/
/** Names of services hold some of these, so a clause is split by them only after what the list knows has been taken out of it. */
const AND = /以及|或者|和|及|与|或|并/
/** A permit for a service's output, or an application for that permit, is no output: 水土保持方案审批申请表. */
const OF_AN_OFFICE = /^(?:编制)?(?:的)?(?:审批|批复|批准|核准|备案|许可|申请|审查意见|评审意见|验收意见|回执|承诺|委托书|合同|函)/
/** Shorter names stand inside too many other words. */
const SHORTEST = 4

/** A list that texts are read against. */
export type Reader = { known: readonly KnownListing[]; labels: readonly Label[]; nearby: (text: string) => KnownListing[] }

/** Makes the list of a day ready for many texts. */
export function readerOf(candidates: readonly KnownListing[]): Reader {
  const known = candidates.map(withOutput)
  return { known, labels: labelsOf(known), nearby: nearbyIn(known) }
}

/**
 * Which services a text of an office names as something to bring: those of the list, by what they are called or by likeness, and papers
 * that by their names are an agency's work and that the list does not know; and whether it sends the applicant to an agency.
 * It is a reading of words: it says what was said, and decides nothing.
 *
 * @param text a note or a reason, of some hundred characters
 * @param isAsking whether the text asks for what it names by where it stands, as the reason for turning a paper away does; of another only what asks is read
 * @returns each once, in the order of the text
 */
export function servicesSaid(text: string, { reader, isAsking }: { reader: Reader; isAsking: boolean }): SaidService[] {
  const said = text.normalize('NFKC').split(SENTENCE).flatMap((sentence) => (isAsking || ASKS.test(sentence) ? sentence.split(CLAUSE).flatMap((clause) => (ASKS_NOTHING.test(clause) ? [] : inClause(clause, reader, isAsking || ASKS.test(clause)))) : []))
  return said.filter((one, place) => said.findIndex(({ words }) => words === one.words) === place)
}

/** What a document's name says that fits no listing or several alike: an agency's work by its name; nothing where it is anybody's own paper. */
export function unlistedPaper(name: string, { known }: Reader): SaidService[] {
  const text = bareName(name)
  return !byName(text, known) && PAID_PAPER.test(text) && !OF_ANYTHING.test(text) ? [{ words: name, services: [] }] : []
}

type Label = { text: string; services: string[] }

function inClause(clause: string, { labels, nearby }: Reader, asks: boolean): SaidService[] {
  const found: (SaidService & { at: number })[] = []
  let rest = plain(clause)
  for (const { text, services } of labels) {
    const at = rest.indexOf(text)
    if (at < 0) continue
    if (!OF_AN_OFFICE.test(rest.slice(at + text.length))) found.push({ at, words: text, services })
    rest = rest.slice(0, at) + '|'.repeat(text.length) + rest.slice(at + text.length)
  }
  for (const piece of rest.split(/\|+/).flatMap((part) => part.split(AND))) {
    const words = piece.replace(WHO_DOES, '').replace(LEAD_IN, '').replace(LEAD_OUT, '')
    const meant = words.length >= SHORTEST ? byName(words, nearby(words)) : null
    if (meant) found.push({ at: rest.indexOf(piece), words, services: [meant.service] })
    else if (asks && (PAID_PAPER.test(words) || (words.length >= SHORTEST && REPORT.test(words) && !OWN_REPORT.test(words)))) found.push({ at: rest.indexOf(piece), words, services: [] })
  }
  const [sent] = asks && !LEAVES_FREE.test(clause) ? (SENDS_TO_AGENCY.exec(clause) ?? []) : []
  if (sent) found.push({ at: -1, words: sent, services: [] })
  return found.sort((one, other) => one.at - other.at).map(({ words, services }) => ({ words, services }))
}

/** What the list calls its services, the longest first, so that 防洪影响评价报告 is not read as 防洪影响评价 and a rest. */
function labelsOf(known: readonly KnownListing[]): Label[] {
  const labels = new Map<string, string[]>()
  for (const { code, name, aliases } of known) {
    for (const each of new Set([name, ...aliases].map((one) => plain(one).replace(/编制$/, '')))) if (each.length >= SHORTEST && !OF_ANYTHING.test(each)) labels.set(each, [...(labels.get(each) ?? []), code])
  }
  return [...labels].map(([text, services]) => ({ text, services })).sort((one, other) => other.text.length - one.text.length)
}
