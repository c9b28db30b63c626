import type { Words } from '../zh.ts'

export const pricing: Words['pricing'] = {
  title: 'Sealed price',
  terms: 'Your price',
  price: { money: 'Price', discount: 'Discount' },
  hint: {
    money: (ceiling) => `In yuan, at most two decimals, not above the ceiling of CNY ${ceiling}. Thousands and the unit may be written, as in 12,000.50 元.`,
    discount: (least, most) => `How much you take off the ceiling, from ${least} to ${most}, at most two decimals, as in 12.5.`,
  },
  unit: { money: 'yuan', discount: '%' },
  bounds: 'Discount from and to',
  boundsOf: (least, most) => `${least} to ${most}`,
  contributionHint: 'Any sentence, at most 256 bytes, sealed together with your price. It is public after the opening.',
  commitment: 'If selected we sign the contract as published, in its time and at this price; our qualifications and people are real and valid.',
  submit: 'Seal the price and get a receipt',
  replace: 'Seal a new price in place of the earlier one',
  replaceNote: 'The earlier price then no longer counts and is never opened. This page cannot show it: the server has kept none of it.',
  withdrawConsequences: ['A withdrawn price is never opened and not compared; until the deadline you can send another.', 'Bid and withdrawal are in the ledger as hashes, without your name.'],
  honest: {
    door: 'On sending, your price goes to the server over the encrypted connection and is sealed there at once; no plain text is written to the database or to a log.',
    here: 'Your price is sealed in this browser before it is sent; the price itself does not leave this device.',
    cannot: 'This browser cannot seal by itself (the connection is not https, or it is too old), so the server seals on arrival.',
    holder: 'The marketplace holds the key of the opening, and could technically open a price early. Before the opening all bids are frozen under a signed checkpoint; at the opening the key of each is published, and anybody can open it again and compare.',
    kept: 'The server keeps the sealed text, its hash and the time of arrival alone. Before the opening nobody can show you the price again, so please note it down.',
  },
  keptSealed: 'You had sealed a price before you signed in. It is still there and can be sent as it is. To change it, type a new one; left empty, the sealed one is sent.',
  done: { title: 'Your sealed price is received', text: 'Download and keep the receipt. Until the deadline you can replace or withdraw it, and not after.' },
  own: {
    title: 'A copy that you alone have',
    text: 'The price and its key are in the memory of this page alone, and gone once you leave it. With the file you can show at any time what you offered; give it to nobody.',
    download: 'Download my price and its key',
    same: 'The hash that the server received is the one this browser computed.',
    differs: 'The hash that the server shows is not the one this browser computed. Please stay on this page and call the operator.',
    file: 'This is your own copy of your price. Give it to nobody before the opening. The key opens the sealed text in your receipt.',
  },
  live: {
    sealing: 'Sealing…',
    sending: 'Sealed on this device, hash {hash}. Sending…',
    failed: 'It did not arrive. Your price is still above; press again once the network is back. Sent twice it is one bid.',
    broken: 'It could not be sealed, and nothing was sent. Reload the page and try again.',
  },
}
