import { outside } from '#verify/outside-zh.ts'
import { bring } from './verify.ts'

bring({ outside })
