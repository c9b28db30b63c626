import { consistency } from '#verify/consistency.ts'
import { consistencyZh } from '#verify/consistency-sentences-zh.ts'
import { bring } from './verify-parts.ts'

bring({ consistency }, { consistency: consistencyZh })
