import type { WordingField } from '#app/domain/catalogue/fields.ts'
import type { FileItem } from '#app/domain/governance/list-file.ts'
import { wordsOf, type Words } from '#app/words/words.ts'

export type Cell = { write: (value: never, words: Words) => string; read: (text: string) => unknown }

const BAR = /\s*[|｜]\s*/
const both = [wordsOf('zh'), wordsOf('en')]

/** What a cell may say for one of our own words: the word, or what either language calls it. Anything else stays and is found to be wrong. */
const ownWord = (names: (words: Words) => Record<string, string>) => (text: string) =>
  both.flatMap((words) => Object.entries(names(words))).find(([own, name]) => own === text || name === text)?.[0] ?? text

/** The word that a reader knows it by; where two are called alike, our own, so that it is read back as what it was. */
const called = (names: Record<string, string>, value: string) => (Object.values(names).filter((name) => name === names[value]).length === 1 ? names[value]! : value)

const plain: Cell = { write: (value: string | null) => value ?? '', read: (text) => text || null }
const list = (by: string): Cell => ({ write: (values: string[]) => values.join(by), read: (text) => (by === '\n' ? text.split('\n') : text.split(/[\s,，、]+/)).map((one) => one.trim()).filter(Boolean) })
const yesNo: Cell = { write: (value: boolean | null, words) => (value === null ? '' : value ? words.governance.yes : words.governance.no), read: (text) => (text === '' ? null : both.some(({ governance }) => governance.yes === text) ? true : both.some(({ governance }) => governance.no === text) ? false : text) }
const named = (names: (words: Words) => Record<string, string>): Cell => ({ write: (value: string, words) => called(names(words), value), read: ownWord(names) })
/** Several texts in one cell, the last of which may have the bar in it. */
const parts = (text: string, count: number): string[] => {
  const found = text.split(BAR)
  return found.length > count ? [...found.slice(0, count - 1), found.slice(count - 1).join('｜')] : found
}

const natures = (words: Words): Record<string, string> => words.catalogue.natures
const stages = (words: Words): Record<string, string> => words.catalogue.stages
const types = (words: Words): Record<string, string> => words.catalogue.basisTypes
const audits = (words: Words): Record<string, string> => words.catalogue.audits

type BasisRow = FileItem['rules']['bases'][number]

/** How each field of a wording stands in one cell, and is read from it. */
export const CELLS: Record<WordingField, Cell> = {
  name: { write: (value: string) => value, read: (text) => text },
  aliases: list('\n'),
  categoryCode: plain,
  nature: named(natures),
  approvalItems: list(' '),
  stages: { write: (values: string[], words) => values.map((one) => called(stages(words), one)).join('\n'), read: (text) => text.split('\n').map((one) => one.trim()).filter(Boolean).map(ownWord(stages)) },
  bases: {
    write: (bases: BasisRow[], words) => bases.map(({ type, title, articles, repealedOn }) => [called(types(words), type), title, articles ?? '', repealedOn ?? ''].join('｜').replace(/｜+$/, '')).join('\n'),
    read: (text) =>
      text.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
        const [type = '', title = '', articles = '', repealedOn = ''] = line.split(BAR)
        return { type: ownWord(types)(type), title, articles: articles || null, repealedOn: repealedOn || null }
      }),
  },
  appliesWhen: {
    write: (condition: unknown) => (condition === null ? '' : JSON.stringify(condition)),
    read: (text) => {
      try {
        return text === '' ? null : (JSON.parse(text) as unknown)
      } catch {
        return text
      }
    },
  },
  selfPrepare: yesNo,
  commissioner: named((words) => words.governance.commissioners),
  material: { write: (value: { code: string; name: string } | null) => (value ? `${value.code}｜${value.name}` : ''), read: (text) => (text === '' ? null : (([code = '', name = '']) => ({ code, name }))(parts(text, 2))) },
  regionalAssessment: plain,
  mergedInto: plain,
  duplicateOf: plain,
  itemCancelledOn: plain,
  freeDownload: plain,
  validYears: { write: (value: number | null) => (value === null ? '' : String(value)), read: (text) => (text === '' ? null : /^\d+(\.\d+)?$/.test(text) ? Number(text) : text) },
  department: plain,
  approvalItem: plain,
  timeLimit: plain,
  feeBasis: plain,
  qualification: plain,
  legalBasis: plain,
  sourceTitle: plain,
  sourceUrl: plain,
  audit: { write: (value: { status: string; why: string } | null, words) => (value ? `${called(audits(words), value.status)}｜${value.why}` : ''), read: (text) => (text === '' ? null : (([status = '', why = '']) => ({ status: ownWord(audits)(status), why }))(parts(text, 2))) },
  sample: yesNo,
}
