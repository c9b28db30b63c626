import { merit } from '#verify/merit.ts'
import { bring } from './verify.ts'

bring({ merit })
