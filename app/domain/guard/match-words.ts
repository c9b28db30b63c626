import { plain } from '#app/domain/catalogue/same-service.ts'
import type { Match, NearestListing } from './judgement.ts'

/** What a listing is known by, and whether it is listed for the approval in question. */
export type Candidate = { code: string; name: string; aliases: readonly string[]; serves: boolean }

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
 * Finds the listed service that an officer's words mean: by code, name, alias, then by likeness. Lists word one service
 * twice: of those that are about equally near, the one listed for the approval in question is meant.
 *
 * @returns the code where one service is meant; null where none or more than one could be, with the nearest to choose from
 */
export function matchWords(text: string, candidates: readonly Candidate[]): Matching {
  const wanted = plain(text)
  const coded = candidates.find(({ code }) => plain(code) === wanted)
  if (coded) return { code: coded.code, match: { by: 'code', score: 1 }, nearest: [] }

  const scored = candidates
    .map((candidate) => ({ ...candidate, score: scoreOf(wanted, candidate) }))
    .filter(({ score }) => score >= WORTH_SHOWING)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
  const highest = scored[0]?.score ?? 0
  const near = highest < THRESHOLD ? [] : scored.filter(({ score }) => score >= THRESHOLD && highest - score < MARGIN)
  const serving = near.filter(({ serves }) => serves)
  const meant = only(serving) ?? only(near.filter((candidate) => sameName(candidate, wanted))) ?? only(near.filter((candidate) => sameAlias(candidate, wanted))) ?? only(near)
  const nearest = scored.slice(0, NEAREST).map(({ code, name, score }) => ({ item: code, name, score }))
  if (!meant) return { code: null, match: null, nearest }
  const by = sameName(meant, wanted) ? 'name' : sameAlias(meant, wanted) ? 'alias' : 'score'
  return { code: meant.code, match: { by, score: meant.score }, nearest: by === 'score' ? nearest : [] }
}

/**
 * For many texts against one list: those of the list that {@link matchWords} could take a text for, found by an index of their pairs of characters.
 *
 * @returns of a text every candidate that is at least as near as the threshold, and few others
 */
export function nearbyIn<C extends Candidate>(candidates: readonly C[]): (text: string) => C[] {
  const holders = new Map<string, Set<C>>()
  const hold = (part: string, candidate: C) => holders.set(part, (holders.get(part) ?? new Set()).add(candidate))
  for (const candidate of candidates) {
    for (const whole of [candidate.code, candidate.name, ...candidate.aliases]) hold(`=${plain(whole)}`, candidate)
    for (const known of [candidate.name, ...candidate.aliases]) for (const pair of pairsOf(gist(plain(known)))) hold(pair, candidate)
  }
  return (text) => {
    const pairs = pairsOf(gist(plain(text)))
    const shared = new Map<C, number>([...(holders.get(`=${plain(text)}`) ?? [])].map((candidate) => [candidate, pairs.length]))
    for (const pair of pairs) for (const candidate of holders.get(pair) ?? []) shared.set(candidate, (shared.get(candidate) ?? 0) + 1)
    // Dice's coefficient is at most twice the common pairs over those of the text alone; scores are rounded to hundredths.
    return [...shared].filter(([, common]) => 2 * common >= (THRESHOLD - 0.01) * pairs.length).map(([candidate]) => candidate)
  }
}

/** Do the words fit several listings alike? Then none was taken, and one of them may well be meant. */
export function isAmbiguous({ listing, match, nearest }: { listing: unknown; match: Match; nearest: readonly NearestListing[] }): boolean {
  return !listing && !match && (nearest[0]?.score ?? 0) >= THRESHOLD
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}

function sameName({ name }: Candidate, wanted: string): boolean {
  return plain(name) === wanted
}

function sameAlias({ aliases }: Candidate, wanted: string): boolean {
  return aliases.some((alias) => plain(alias) === wanted)
}

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

// How an office words the asking, which says nothing about what is asked.
const ASKING = /请|必须|应当|委托|聘请|具有|具备|相应|有资质的?|中介|第三方|机构|单位|公司|编制|出具|提交|提供|开展|办理|一份|的|服务/g

function gist(text: string): string {
  return text.replace(ASKING, '') || text
}
