import { atPrice, walkPrices } from './prices.ts'

/** The lowest price is never above the mean, so that there is always one from below. */
walkPrices('average-price', (prices) => {
  const mean = [...prices.values()].reduce((sum, each) => sum + each, 0) / prices.size
  return atPrice(prices, Math.max(...[...prices.values()].filter((yuan) => yuan <= mean)))
})
