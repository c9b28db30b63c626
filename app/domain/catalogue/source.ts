/** Words by which a collection remembers where a copy lies; they help nobody who reads. */
const INTERNAL = /github|索引|仓库|file-id/i

/** Where an entry of a list was read, as a reader may see it: what the source says of itself, and an address only where a browser can open it. `collected`: nothing but a copy is known. */
export type ReadableSource = { title: string | null; url: string | null; collected: boolean }

/**
 * The source of a wording without what only its collector understands: a note about the copy is taken out of the title,
 * and a locator is no address. The document's name, its authority and its day stay as they are written.
 */
export function readableSource({ sourceTitle, sourceUrl }: { sourceTitle: string | null; sourceUrl: string | null }): ReadableSource {
  const url = sourceUrl && /^https?:\/\//.test(sourceUrl) ? sourceUrl : null
  const title = sourceTitle?.replace(/（([^（）]*)）/g, (whole, inner: string) => {
    if (!INTERNAL.test(inner)) return whole
    const kept = inner.split('；').filter((part) => !INTERNAL.test(part))
    return kept.length ? `（${kept.join('；')}）` : ''
  })
  const said = title && !INTERNAL.test(title) ? title : null
  return { title: said, url, collected: url === null && (sourceTitle !== null || sourceUrl !== null) }
}

/** How collectors noted where a fact was read, and how a reader is told. What a copy lies in is left out. */
const NOTES: [RegExp, { zh: string; en: string }][] = [
  [/LawRefBook\/Laws@[0-9a-f]+:\s*/g, { zh: '', en: '' }],
  [/\s*\([^()]*\b[\w.-]+\.(?:com|cn)(?: copy)?\)|\s*\([^()]*catalogue-real\.json\)|, quoted at [^()]* copy/g, { zh: '', en: '' }],
  [/observed duration in a third-party demo page, gh:\d+ \(city unnamed, unverified\)/g, { zh: '第三方演示页面上的时长（城市不详，未核实）', en: 'a duration seen on a demonstration page of a third party (city unnamed, unverified)' }],
  [/gh:\d+/g, { zh: '一份收集的公开清单', en: 'a collected public list' }],
  [/general knowledge/g, { zh: '一般知识', en: 'general knowledge' }],
  [/(?:merged )?item(?: name)?(?: described)? in /g, { zh: '事项名称见', en: 'the name of the item is in ' }],
  [/\barts?\. (\d[\d, -]*\d|\d)/g, { zh: '第 $1 条', en: 'art. $1' }],
  [/\bpromised: /g, { zh: '承诺时限：', en: 'promised: ' }],
]
/** What only one of the languages needs to be told. */
const IN_CHINESE: [RegExp, string][] = [
  [/(\d+(?:\/\d+)?) working days/g, '$1 个工作日'],
  [/(\d+) days also in /g, '$1 日另见'],
  [/service time /g, '服务时限 '],
  [/service listed by ([^;]+?) and ([^;]+)/g, '$1、$2 的清单列有这项服务'],
  [/ read in (\S+) list/g, '见$1清单'],
  [/\(other provinces differ\)|; other provinces differ/g, '（各省不同）'],
  [/materials in /g, '材料见'],
  [/scope in /g, '范围见'],
  [/duty in /g, '义务见'],
  [/qualification: /g, '资质：'],
  [/merged acceptance and one survey: /g, '联合验收、一次测绘：'],
  [/ wd\b/g, ' 个工作日'],
  [/; /g, '；'],
]

/** A collector's note on where facts were read, as a reader may see it in either language. */
export function readableNote(note: string): { zh: string; en: string } {
  const said = (locale: 'zh' | 'en') => NOTES.reduce((text, [pattern, words]) => text.replace(pattern, words[locale]), note).trim()
  return { zh: IN_CHINESE.reduce((text, [pattern, words]) => text.replace(pattern, words), said('zh')), en: said('en') }
}
