import { auction } from './auction.ts'
import { consistency } from './consistency.ts'
import { direct } from './direct.ts'
import { drand } from './drand-checks.ts'
import { runThrough } from './findings.ts'
import type { Kept } from './kept-checks.ts'
import { lottery } from './lottery.ts'
import { merit } from './merit.ts'
import { prices } from './prices.ts'
import { receipt } from './receipt.ts'
import { saidEn, saidZh } from './said-whole.ts'
import { en, type Sentences } from './sentences.ts'
import { zh } from './sentences-zh.ts'
import { shortlist } from './shortlist.ts'
import { verify, type Given, type Verified } from './verify.ts'
import { witnesses } from './witnesses.ts'

const ALL = { prices, auction, shortlist, merit, direct, receipt, consistency, witnesses, drand, lottery }

/** Checks everything without a stop, as the command line does. */
export function verifyAtOnce(given: Given, kept: Kept = { keys: [] }, say: Sentences = en): Verified {
  return runThrough(verify(given, kept, { ...say, ...(say === zh ? saidZh : saidEn) }, ALL))
}

/** The same for a bundle alone. */
export function verifyBundle(text: string, kept?: Kept): Verified {
  return verifyAtOnce({ bundle: text }, kept)
}
