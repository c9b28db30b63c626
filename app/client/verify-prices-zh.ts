import { openingZh } from '#verify/opening-sentences-zh.ts'
import { pricesZh } from '#verify/price-sentences-zh.ts'
import { prices } from '#verify/prices.ts'
import { sealedZh } from '#verify/sealed-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ prices }, { opening: openingZh, sealed: sealedZh, prices: pricesZh })
