import { receipt } from '#verify/receipt.ts'
import { receiptZh } from '#verify/receipt-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ receipt }, { receipt: receiptZh })
