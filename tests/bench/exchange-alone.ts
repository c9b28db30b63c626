import { measureExchange } from './exchange.ts'
import { layGround } from './ground.ts'
import { printExchange } from './table.ts'

const ground = await layGround()
try {
  printExchange(await measureExchange(ground))
} finally {
  await ground.clear()
}
