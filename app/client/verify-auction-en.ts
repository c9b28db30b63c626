import { auctionEn } from '#verify/auction-sentences.ts'
import { auction } from '#verify/auction.ts'
import { openingEn } from '#verify/opening-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ auction }, { opening: openingEn, auction: auctionEn })
