import { drawn, entryOf, evident, exactly, instant, list, object, orNull, period, placed, resultShape, some, text, uuid, whole } from './shape.ts'

/** What a bundle of a shortlist by credit has: every eligible leaf carries its grade, and a pick may still be to come. */
export const shortlistShape = resultShape(
  'credit-shortlist',
  'shortlist',
  {
    procedure: object({
      method: text(), drawDelay: period, bigList: whole(2), smallList: whole(1), pick: object({ within: period, otherwise: exactly('first-drawn') }),
      credit: object({ at: exactly('freeze'), unrated: some, balls: list(object({ grade: some, balls: whole(1) }), 1) }),
    }, { open: true }),
  },
  {
    draw: entryOf('shortlist.drawn', { draw: object({ ...drawn, purpose: exactly('shortlist'), pickBy: instant }, evident) }),
    holds: list(entryOf('tender.resumed', { picking: object({ draw: uuid, since: instant, fromPickBy: instant, pickBy: instant }) }), 1),
    order: list(object({ ...placed, balls: whole(1) })),
    pick: orNull(entryOf('shortlist.picked', { pick: object({ draw: uuid, label: some, place: whole(1), by: exactly('owner', 'first-drawn'), reason: some }, { maybe: ['reason'] }) })),
  },
  { leaf: { credit: orNull(object({ grade: some, entry: orNull(uuid) })) } },
)
