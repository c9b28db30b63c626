import { distinct } from './reading.ts'
import type { Reading } from './question.ts'

/** Parts of a statement over `search_documents`: what fits, in which of `WAYS` (by its place), how well. */
export type Conditions = { fits: string; way: string; score: string; bindings: Record<string, unknown> }

/** Three characters make a trigram; for fewer the index of parts would be read whole. */
const TRIGRAM = 3

/**
 * The exact reading: by name, other name, beginning, words, letters. Every text in it holds letters and digits only,
 * so that no sign can mean anything to LIKE or to a query of words.
 */
export function exactly({ plain, words, letters }: Reading): Conditions {
  const bindings: Record<string, unknown> = { plain, beginning: `${plain}%`, words: allOf(words) }
  const inside = [...plain].length >= TRIGRAM ? 'name like :inside' : 'false'
  if (inside !== 'false') bindings.inside = `%${plain}%`
  const byLetters = letters && letters.length > 1 ? `latin like :letters${letters.length >= TRIGRAM ? ' or latin like :lettersInside' : ''}` : 'false'
  if (letters) Object.assign(bindings, { letters: `% ${letters}%`, lettersInside: `%${letters}%`, wholeLetters: `% ${letters} %` })
  const byWords = `words @@ cast(:words as tsquery) or ${inside}`
  bindings.nameWords = allOf(words, 'A')
  return {
    fits: `name = :plain or code = :plain or aliases @> array[cast(:plain as text)] or name like :beginning or ${byWords} or ${byLetters}`,
    way: `case when name = :plain or code = :plain then 0 when aliases @> array[cast(:plain as text)] then 1 when name like :beginning then 2
               when ${byWords} then 3 else 4 end`,
    // By words: together before apart, in the name before elsewhere. By letters: a whole name before a beginning before a middle.
    score: `case when way = 3 then case when ${inside} then 2 when words @@ cast(:nameWords as tsquery) then 1 else 0 end
                 ${letters ? `when latin like :wholeLetters then 2 when latin like :letters then 1` : ''} else 0 end`,
    bindings,
  }
}

/**
 * The near reading, behind the exact one: what sounds the same, or words with a wrong character in them.
 *
 * @param loosely nothing was found exactly: most of the words will do
 */
export function nearly(reading: Reading, { loosely }: { loosely: boolean }): Conditions {
  const exact = exactly(reading)
  const { plain, words, sound } = reading
  const spaced = words.join(' ')
  const telling = words.filter((word) => [...word].length > 1)
  const bindings: Record<string, unknown> = { ...exact.bindings, spaced }
  const near = [`spaced %> :spaced`]
  if (loosely && telling.length) {
    near.push('words @@ cast(:most as tsquery)')
    bindings.most = mostOf(telling)
  }
  const sounds = [...plain].length > 1 && sound.length >= TRIGRAM
  if (sounds) {
    near.push('latin like :sound')
    bindings.sound = `%${sound}%`
  }
  return {
    fits: `${exact.fits} or ${near.join(' or ')}`,
    way: exact.way.replace(/else 4 end$/, `${reading.letters && reading.letters.length > 1 ? `when ${lettersOnly(exact.fits)} then 4` : ''} else 5 end`),
    score: `case when way <= 4 then ${exact.score} else word_similarity(:spaced, spaced) ${sounds ? '+ case when latin like :sound then 1 else 0 end' : ''} end`,
    bindings,
  }
}

function lettersOnly(fits: string): string {
  return fits.includes(':lettersInside') ? '(latin like :letters or latin like :lettersInside)' : 'latin like :letters'
}

/** As a query of words, the last one perhaps not typed to its end. */
function allOf(words: readonly string[], weight = ''): string {
  return words.map((word, place) => `'${word}':${place === words.length - 1 ? '*' : ''}${weight}`.replace(/:$/, '')).join(' & ')
}

/** Any of two words, any two of more. */
function mostOf(words: readonly string[]): string {
  if (words.length < 3) return words.map((word) => `'${word}'`).join(' | ')
  return distinct(words.flatMap((one, place) => words.slice(place + 1).map((other) => `('${one}' & '${other}')`))).join(' | ')
}
