import { witnesses } from '#verify/witnesses.ts'
import { witnessesEn } from '#verify/witness-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ witnesses }, { witnesses: witnessesEn })
