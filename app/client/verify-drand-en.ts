import { drand } from '#verify/drand-checks.ts'
import { drandEn } from '#verify/drand-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ drand }, { drand: drandEn })
