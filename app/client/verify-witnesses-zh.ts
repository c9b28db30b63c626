import { witnesses } from '#verify/witnesses.ts'
import { witnessesZh } from '#verify/witness-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ witnesses }, { witnesses: witnessesZh })
