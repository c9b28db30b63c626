export const forms = {
  refusals: {
    invalid_type: '请填写这一项。',
    too_small: (issue: { minimum: number }) => (issue.minimum > 1 ? `太短了，至少 ${issue.minimum} 个字。` : '请填写这一项。'),
    too_big: (issue: { maximum: number }) => `太长了，最多 ${issue.maximum} 个字。`,
    invalid_format: '格式不对，请核对。',
    invalid_value: '请从给出的选项中选择。',
    custom: '请核对这一项。',
    required: '请填写这一项。',
    date: '请填写真实存在的日期，例如 2026-11-22。',
    money: '请填写金额（元），最多两位小数，例如 12000 或 12000.50。',
    number: '请填写整数。',
  },
}
