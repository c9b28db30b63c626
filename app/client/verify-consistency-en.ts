import { consistency } from '#verify/consistency.ts'
import { consistencyEn } from '#verify/consistency-sentences.ts'
import { bring } from './verify-parts.ts'

bring({ consistency }, { consistency: consistencyEn })
