import { receipt } from '#verify/receipt.ts'
import { bring } from './verify.ts'

bring({ receipt })
