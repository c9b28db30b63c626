import { diceFor } from './dice.ts'

/** Syllables for people who do not exist; pages say that everybody in the demo is invented. */
const SURNAMES = [...'周吴郑冯陈褚蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏苏潘葛范彭鲁韦马方任袁柳唐薛贺倪汤罗郝安常于傅齐康伍余顾孟黄穆萧尹']
const GIVEN = ['雨桐', '思远', '一帆', '晓彤', '海洋', '清扬', '可欣', '文静', '子墨', '明哲', '书妍', '若岚', '嘉树', '景行', '知夏', '云舒', '承泽', '念真', '星野', '沐阳', '锦程', '予安', '佳宁', '立群', '向东', '春生', '建业', '玉华', '秀兰', '国梁', '晨曦', '宏达', '志刚', '丽娜', '永强']

/** Stems of company names, put together of signs that no register is likely to hold side by side. */
const FIRST = [...'砚澍霁峤沅屿榆岚柏昀朔黎汀芷穆栩晏珩奚筠缦淞岑苕樾翎圻漱隽霏洺岫棣绎弈茗恺钧淳楹沣璟骊晔蓁铖溥筱沛宸泓瑄煦祺']
const SECOND = [...'石川原野岭岸序禾坪衡']

/** Every name once: two organisations with one person behind them would be related bidders. */
export function everyPerson(): string[] {
  return diceFor('names/people').some(SURNAMES.flatMap((surname) => GIVEN.map((given) => surname + given)), 600)
}

export function everyStem(): string[] {
  return diceFor('names/stems').some(FIRST.flatMap((first) => SECOND.map((second) => first + second)), 200)
}
