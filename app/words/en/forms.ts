import type { Words } from '../zh.ts'

export const forms: Words['forms'] = {
  optional: 'optional',
  choose: 'Choose one',
  wrong: (count) => (count === 1 ? 'One thing needs changing; what you typed is kept' : `${count} things need changing; what you typed is kept`),
  labelled: (label, sentence) => `${label}: ${sentence}`,
  cannotBeUndone: 'This cannot be undone:',
  closeAgain: 'To leave it as it is, press the button above again.',
  askFirst: (title) => `${title}…`,
  uploading: (name) => `Uploading ${name}`,
  refusals: {
    invalid_type: 'Fill this in.',
    too_small: (issue) => (issue.minimum > 1 ? `Too short: at least ${issue.minimum} characters.` : 'Fill this in.'),
    too_big: (issue) => `Too long: at most ${issue.maximum} characters.`,
    invalid_format: 'The format is not right; check it again.',
    invalid_value: 'Choose one of the given options.',
    custom: 'Check this again.',
    required: 'Fill this in.',
    date: 'Give a date that exists, such as 2026-11-22.',
    money: 'Give an amount in yuan with at most two decimals, such as 12000 or 12000.50.',
    'money-decimals': 'An amount has at most two decimals (to the fen).',
    'money-negative': 'An amount cannot be negative.',
    'money-large': 'That amount is too large; check the unit: yuan, not ten thousands of yuan.',
    number: 'Give a whole number.',
  },
}
