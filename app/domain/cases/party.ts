/** For whom time runs. `intake` is when an office has a case and has not accepted it (行政许可法 32); `supplement` (补正) is when an office waits for papers that nobody else is at work on; `special` is a hearing, a notice or a review by experts (行政许可法 45). */
export const PARTIES = ['agency', 'owner', 'intake', 'authority', 'supplement', 'special'] as const
export type Party = (typeof PARTIES)[number]
