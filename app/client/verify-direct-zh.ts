import { direct } from '#verify/direct.ts'
import { directZh } from '#verify/direct-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ direct }, { direct: directZh })
