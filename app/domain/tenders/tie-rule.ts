/** What puts equal prices in order: the verifiable draw, or the numbers that the bidders themselves gave with their prices (电子抽签号). The usual one first. */
export const TIES = ['draw', 'electronic-lot'] as const
export type TieRule = (typeof TIES)[number]
