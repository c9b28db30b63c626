import { measureBids } from './bids.ts'
import { layGround } from './ground.ts'
import { printBids } from './table.ts'

const ground = await layGround()
try {
  printBids(await measureBids(ground))
} finally {
  await ground.clear()
}
