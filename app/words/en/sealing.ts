import type { Words } from '../zh.ts'

export const sealing: Words['sealing'] = {
  invalid: {
    'key-not-recovered': 'Its sealed key does not open; it may have been sealed to somebody else.',
    'other-commitment': 'Its key is not the one that was promised with the bid.',
    'not-decrypted': 'The sealed text was changed and does not decrypt.',
    'not-canonical': 'What was sealed is not canonical JSON.',
    'no-offer': 'What was sealed is no price.',
    'other-bid': 'What was sealed speaks of another bid.',
    'other-kind': 'The price is not named in the way the tender wants it.',
    'over-ceiling': 'The price is above the ceiling.',
    'outside-bounds': 'The discount is outside the bounds of the tender.',
  },
  low: { 'of-mean': 'far below the mean of the valid prices', 'of-next': 'far below the next lowest price', 'of-ceiling': 'far below the ceiling' },
  refusals: {
    needed: 'This tender wants a sealed price. Please fill in the price form.',
    'not-sealed': 'This tender wants no price.',
    malformed: 'The sealed price cannot be read. Reload the page and fill it in again.',
    'too-long': 'The sealed price is too long.',
    'other-tender': 'This price was sealed for another tender and cannot be moved.',
    'other-bidder': 'This price was not sealed by your agency.',
    'other-bid': 'The number of this price differs from the form. Reload the page and fill it in again.',
    'other-holders': 'This price is not sealed to those whom the tender names. Reload the page and fill it in again.',
    'other-parts': 'Something is missing from what was sealed. Reload the page and fill it in again.',
    'bid-known': 'This form was sent before, and what it said then stands. To change your price, open the form again and send it.',
    'other-kind': 'The price is not named in the way the tender wants it.',
    'over-ceiling': 'The price may not be above the ceiling.',
    'outside-bounds': 'The discount is outside the bounds of the tender.',
  },
}
