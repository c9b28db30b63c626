import { direct } from '#verify/direct.ts'
import { bring } from './verify.ts'

bring({ direct })
