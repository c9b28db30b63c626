import { atPrice, walkPrices } from './prices.ts'

walkPrices('lowest-price', (prices) => atPrice(prices, Math.min(...prices.values())), true)
