import { consistency } from '#verify/consistency.ts'
import { bring } from './verify.ts'

bring({ consistency })
