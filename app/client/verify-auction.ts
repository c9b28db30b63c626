import { auction } from '#verify/auction.ts'
import { bring } from './verify.ts'

bring({ auction })
