import { prices } from '#verify/prices.ts'
import { bring } from './verify.ts'

bring({ prices })
