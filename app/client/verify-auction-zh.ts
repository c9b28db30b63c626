import { auctionZh } from '#verify/auction-sentences-zh.ts'
import { auction } from '#verify/auction.ts'
import { openingZh } from '#verify/opening-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ auction }, { opening: openingZh, auction: auctionZh })
