import { receipt } from '#verify/receipt.ts'
import { receiptEn } from '#verify/receipt-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ receipt }, { receipt: receiptEn })
