import { openingEn } from '#verify/opening-sentences.ts'
import { pricesEn } from '#verify/price-sentences.ts'
import { prices } from '#verify/prices.ts'
import { sealedEn } from '#verify/sealed-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ prices }, { opening: openingEn, sealed: sealedEn, prices: pricesEn })
