import type { Match, NearestListing } from './judgement.ts'

/** What a listing is known by. */
export type Candidate = { code: string; name: string; aliases: readonly string[]; approvalItems: readonly string[] }

export type Matching = { code: string | null; match: Match; nearest: NearestListing[] }

/**
 * Below this likeness nobody would say that two wordings mean one service. Measured on the real list: a wording of the same
 * service scores above 0.6, the nearest different one below it (tests/domain/guard/match-words.test.ts).
 */
export const THRESHOLD = 0.6

/** Two services that are almost equally near are a guess, and a guess is never made silently. */
const MARGIN = 0.08

const NEAREST = 3
const WORTH_SHOWING = 0.15

/**
 * Finds the listed service that an officer's words mean: by code, name, alias, then by likeness. Where several are
 * equally near, the one that serves the approval item is meant.
 *
 * @param item the approval item's codes and names, as far as they are known
 * @returns the code where one service is meant; null where none or more than one could be, with the nearest to choose from
 */
export function matchWords(text: string, candidates: readonly Candidate[], item: readonly string[] = []): Matching {
  const wanted = plain(text)
  for (const [by, same] of EXACTLY) {
    const found = theOne(candidates.filter((candidate) => same(candidate, wanted)), item)
    if (found) return { code: found.code, match: { by, score: 1 }, nearest: [] }
  }
  const scored = candidates
    .map((candidate) => ({ ...candidate, score: scoreOf(wanted, candidate) }))
    .filter(({ score }) => score >= WORTH_SHOWING)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
  const nearest = scored.slice(0, NEAREST).map(({ code, name, score }) => ({ item: code, name, score }))
  const highest = scored[0]?.score ?? 0
  const best = highest < THRESHOLD ? undefined : theOne(scored.filter(({ score }) => score >= THRESHOLD && highest - score < MARGIN), item)
  return best ? { code: best.code, match: { by: 'score', score: best.score }, nearest } : { code: null, match: null, nearest }
}

/** The only one, or the only one of them that serves the approval item. */
function theOne<C extends Candidate>(found: readonly C[], item: readonly string[]): C | undefined {
  if (found.length < 2) return found[0]
  const serving = found.filter(({ approvalItems }) => approvalItems.some((one) => item.includes(one)))
  return serving.length === 1 ? serving[0] : undefined
}

const EXACTLY: [by: 'code' | 'name' | 'alias', same: (candidate: Candidate, wanted: string) => boolean][] = [
  ['code', ({ code }, wanted) => plain(code) === wanted],
  ['name', ({ name }, wanted) => plain(name) === wanted],
  ['alias', ({ aliases }, wanted) => aliases.some((alias) => plain(alias) === wanted)],
]

function scoreOf(wanted: string, { name, aliases }: Candidate): number {
  const best = Math.max(...[name, ...aliases].map((known) => likeness(gist(wanted), gist(plain(known)))))
  return Math.round(best * 100) / 100
}

/** Dice's coefficient over pairs of neighbouring characters: 1 for the same pairs, 0 for none in common. */
export function likeness(one: string, other: string): number {
  const left = pairsOf(one)
  const right = pairsOf(other)
  if (!left.length || !right.length) return one !== '' && one === other ? 1 : 0
  const rest = new Map<string, number>()
  for (const pair of right) rest.set(pair, (rest.get(pair) ?? 0) + 1)
  let common = 0
  for (const pair of left) {
    const count = rest.get(pair) ?? 0
    if (count > 0) common++
    rest.set(pair, count - 1)
  }
  return (2 * common) / (left.length + right.length)
}

function pairsOf(text: string): string[] {
  const signs = [...text]
  return signs.slice(1).map((sign, at) => signs[at]! + sign)
}

/** Letters, digits and characters only, so that brackets, blanks and full-width forms make no difference. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

// How an office words the asking, which says nothing about what is asked.
const ASKING = /请|必须|应当|委托|聘请|具有|具备|相应|有资质的?|中介|第三方|机构|单位|公司|编制|出具|提交|提供|开展|办理|一份|的|服务/g

function gist(text: string): string {
  return text.replace(ASKING, '') || text
}
