/** Why a winner may say that it declines. Each has its sentence in the words; what it adds in its own is public too. */
export const DECLINE_REASONS = ['no-capacity', 'staff-left', 'conflict-of-interest', 'terms-changed', 'other'] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]
