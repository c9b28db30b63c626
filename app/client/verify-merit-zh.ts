import { meritZh } from '#verify/merit-sentences-zh.ts'
import { merit } from '#verify/merit.ts'
import { openingZh } from '#verify/opening-sentences-zh.ts'
import { sealedZh } from '#verify/sealed-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ merit }, { opening: openingZh, sealed: sealedZh, merit: meritZh })
