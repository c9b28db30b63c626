import { drand } from '#verify/drand-checks.ts'
import { drandZh } from '#verify/drand-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ drand }, { drand: drandZh })
