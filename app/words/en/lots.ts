import type { Words } from '../zh.ts'

/** Words of the electronic lot (電子くじ): equal prices put in order by numbers that the bidders gave themselves. */
export const lots: Words['lots'] = {
  title: 'How equal prices were put in order',
  tie: 'How equal prices are put in order',
  ties: {
    draw: { label: 'A random value that anybody recomputes', hint: 'A value that appears only after the deadline decides; nobody can know or steer it. The usual choice.' },
    'electronic-lot': { label: 'Electronic lot', hint: 'Each bidder gives a number of three digits, sealed with the price. Among equal prices these numbers and the milliseconds of receipt are added up, and the remainder decides: a sum for pencil and paper.' },
  },
  fact: 'Decided by the electronic lot of the numbers that bidders gave themselves',
  factNote: 'Each bidder gives three digits, sealed with the price. The lot is that number plus the milliseconds of receipt, its last three digits. Equal prices are numbered from 0 as they arrived; the sum of their lots divided by how many they are leaves the number that comes first.',
  field: 'Lot number',
  hint: 'Any three digits, 000 to 999, sealed with the price and public once opened. It counts only where your price equals another; no number is better than another.',
  lead: 'A bidder’s lot is the three digits given with the price plus the milliseconds at which the bid was received, of which the last three digits count. Equal prices are numbered from 0 as they arrived. The sum of their lots divided by how many they are leaves a remainder: the bidder of that number comes first, then those numbered after it, and round again from 0.',
  resultOrder: (method) => (method === 'lowest-price' ? 'Valid prices from the lowest up; equal ones by the electronic lot of their bidders’ numbers.' : 'Prices nearest to the mean from below first, those above it after them; equal ones by the electronic lot of their bidders’ numbers.'),
  none: 'No two prices were equal, so the numbers were not needed.',
  group: (price, count) => `${count} bidders at ${price}`,
  number: 'No.',
  agency: 'Agency',
  given: 'Given',
  millisecond: 'Millisecond',
  lot: 'Lot',
  place: 'Place',
  sum: (sum, count, remainder) => `The lots add up to ${sum}; divided by ${count} bidders that leaves ${remainder}: `,
  first: (name) => `${name} comes first`,
  refusals: {
    needed: 'Give a lot number of three digits, 000 to 999.',
    'three-digits': 'A lot number is three digits from 000 to 999, such as 042.',
    'not-asked': 'This tender uses no lot numbers.',
  },
}
