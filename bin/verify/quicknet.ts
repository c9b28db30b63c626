/** drand's quicknet as this verifier knows it by itself: what a bundle says of the chain is held against this. */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  /** The point that drand writes in 96 bytes as 83cf0f28…f5ece45a, by its coordinates. */
  publicKey: {
    x: ['d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a', '3cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451'],
    y: ['e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273', '1a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68b'],
  } as const,
  /** Milliseconds: when round 1 appeared, and from one round to the next. */
  genesis: 1_692_803_367_000,
  period: 3_000,
}
