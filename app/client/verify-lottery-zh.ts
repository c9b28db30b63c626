import { lotteryZh } from '#verify/lottery-sentences-zh.ts'
import { lottery } from '#verify/lottery.ts'
import { bring } from './verify-parts.ts'

bring({ lottery }, { lottery: lotteryZh })
