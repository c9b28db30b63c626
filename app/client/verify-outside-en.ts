import { outside } from '#verify/outside-en.ts'
import { bring } from './verify.ts'

bring({ outside })
