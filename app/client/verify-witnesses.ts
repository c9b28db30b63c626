import { witnesses } from '#verify/witnesses.ts'
import { bring } from './verify.ts'

bring({ witnesses })
