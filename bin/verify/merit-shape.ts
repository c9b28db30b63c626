import { failedOpening, openedOf, opening, pricedOf, REASONS } from './price-shape.ts'
import { drawn, entryOf, evident, exactly, hash, instant, list, object, orFailed, placed, some, tagged, text, uuid, whole } from './shape.ts'

const seat = whole(1)
const judge = (kind: string) => entryOf(kind, { seat })
/** What the log may say of a judge, by its kind. */
const judging = list(tagged('kind', {
  'judge.invited': judge('judge.invited'),
  'judge.declared': judge('judge.declared'),
  'judge.stepped-back': judge('judge.stepped-back'),
  'judge.silent': judge('judge.silent'),
  'judge.replaced': entryOf('judge.replaced', { seat, by: exactly('absent', 'silent') }),
  'sheet.committed': entryOf('sheet.committed', { seat, sheet: hash }),
}))
const criterion = object({ code: some, name: text(), weight: whole(1), kind: exactly('price', 'judged') })
const mark = object({ bid: uuid, criterion: some, points: whole(), reason: some })
const sheet = object({ format: exactly('mingdan-score-sheet/v1'), tender: some, seat, marks: list(mark), salt: hash })

const published = pricedOf({ criteria: list(criterion, 2), judges: whole(1), planCharacters: whole(1), plans: exactly('sealed', 'opened') })

/** What a bundle by merit has. Where too few bids were valid no judge gave a mark. */
export const meritShape = orFailed('merit', published, { before: {
  seated: judging,
  opening,
  opened: openedOf(['offer', 'plan'], [...REASONS, 'no-plan']),
}, after: {
  judged: judging,
  reveal: entryOf('sheets.revealed', { reveal: object({ opening: uuid, sheets: whole(1), decidesAfter: instant }) }),
  sheets: list(object({ seat, hash, sheet }), 1),
  result: entryOf('bids.ranked', { result: object({ ...drawn, opening: uuid, reveal: uuid, purpose: exactly('tie') }, evident) }),
  order: list(object({ ...placed, bid: uuid, value: whole(), price: whole(), points: object({ price: whole(), judged: whole(), total: whole() }) })),
} }, failedOpening)
