import { lotteryEn } from '#verify/lottery-sentences.ts'
import { lottery } from '#verify/lottery.ts'
import { bring } from './verify-parts.ts'

bring({ lottery }, { lottery: lotteryEn })
