import { direct } from '#verify/direct.ts'
import { directEn } from '#verify/direct-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ direct }, { direct: directEn })
