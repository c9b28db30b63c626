/* What the checks of sealed prices and of shares say: a page loads them together with the checks. */

export const pricesEn = {
  money: (fen: number) => `¥${(fen / 100).toFixed(2)}`,
  discount: (basisPoints: number) => `${(basisPoints / 100).toFixed(2)} % off`,
  released: 'The holders showed their shares as the log has it, each once.',
  releasedAlone: 'Publication names a holder who opens alone: nobody had shares to show.',
  tooFewReleased: (threshold: number) => `${threshold} holders have to show their shares.`,
  otherReleases: (count: number) => `The log has ${count} of them.`,
  holderTwice: 'A holder stands here twice.',
  strangeHolder: 'This is not the holder that showed them.',
  otherShares: 'These shares do not hash to what the log has.',
  strangeShare: 'There is a share of a bid that was not opened, or a second one of the same.',
  together: (threshold: number) => `Put together again, ${threshold} of the right shares give the published key of every bid that has one, and of the others none.`,
  otherKey: 'The shares that were shown give another key, or none.',
  holdersInstead: (holders: string) => `The shares that were not the promised ones, or were missing, are of: ${holders || '–'}.`,
  ranked: {
    'lowest-price': 'Ranking again, the lowest price first, gives the same order and the same winner.',
    'average-price': 'Ranking again, the price nearest to the mean from below first, gives the same order and the same winner.',
  },
  rankedByLot: {
    'lowest-price': 'Ranking again, the lowest price first and equal ones by the electronic lot of their numbers, gives the same order and the same winner.',
    'average-price': 'Ranking again, the price nearest to the mean from below first and equal ones by the electronic lot of their numbers, gives the same order and the same winner.',
  },
  lot: (lot: number) => `lot ${String(lot).padStart(3, '0')}`,
  noLot: 'This tender asked no bidder for a number.',
}
