import { runThrough } from './findings.ts'
import type { Kept } from './kept-checks.ts'
import { outside as outsideEn } from './outside-en.ts'
import { outside as outsideZh } from './outside-zh.ts'
import { auction } from './auction.ts'
import { consistency } from './consistency.ts'
import { direct } from './direct.ts'
import { merit } from './merit.ts'
import { prices } from './prices.ts'
import { receipt } from './receipt.ts'
import { shortlist } from './shortlist.ts'
import { en, type Sentences } from './sentences.ts'
import { zh } from './sentences-zh.ts'
import { witnesses } from './witnesses.ts'
import { verify, type Given, type Verified } from './verify.ts'

/** Checks everything without a stop, as the command line does. */
export function verifyAtOnce(given: Given, kept: Kept = { keys: [] }, say: Sentences = en): Verified {
  return runThrough(verify(given, kept, say, { prices, auction, shortlist, merit, direct, receipt, consistency, witnesses, outside: say === zh ? outsideZh : outsideEn }))
}

/** The same for a bundle alone. */
export function verifyBundle(text: string, kept?: Kept): Verified {
  return verifyAtOnce({ bundle: text }, kept)
}
