import { meritEn } from '#verify/merit-sentences.ts'
import { merit } from '#verify/merit.ts'
import { openingEn } from '#verify/opening-sentences.ts'
import { sealedEn } from '#verify/sealed-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ merit }, { opening: openingEn, sealed: sealedEn, merit: meritEn })
