/** Words of sealed bids and of what opening them shows. */
export const sealing = {
  /** Why an opened bid does not count. */
  invalid: {
    'key-not-recovered': '密封的钥匙打不开，可能不是封给本平台的。',
    'other-commitment': '钥匙与投标时承诺的不一致。',
    'not-decrypted': '密文被改动，解不开。',
    'not-canonical': '解开后不是规范的 JSON。',
    'no-offer': '解开后不是一份报价。',
    'other-bid': '报价写的是另一份投标。',
    'other-kind': '报价方式与公告不一致。',
    'over-ceiling': '报价超过最高限价。',
    'outside-bounds': '下浮率超出公告规定的范围。',
  },
  low: { 'of-mean': '明显低于有效报价的平均值', 'of-next': '明显低于次低报价', 'of-ceiling': '明显低于最高限价' },
  refusals: {
    needed: '这次采购要密封报价，请在报价页填写。',
    'not-sealed': '这次采购不需要报价。',
    malformed: '密封的报价格式不对，请刷新页面重新填写。',
    'too-long': '密封的报价太长。',
    'other-tender': '这份报价是为另一份公告密封的，不能挪用。',
    'other-bidder': '这份报价不是您的机构密封的。',
    'other-bid': '这份报价的编号与表单不一致，请刷新页面重新填写。',
    'other-holders': '这份报价没有封给公告写明的开标人，请刷新页面重新填写。',
    'other-parts': '密封的内容不完整，请刷新页面重新填写。',
    'bid-known': '这份表单已经提交过一次，那一次有效。要改报价，请重新打开报价页再提交。',
    'other-kind': '报价方式与公告不一致。',
    'over-ceiling': '报价不能超过最高限价。',
    'outside-bounds': '下浮率超出公告规定的范围。',
  },
}
