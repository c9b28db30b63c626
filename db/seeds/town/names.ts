import { diceFor } from './dice.ts'

/** Syllables for people who do not exist; pages say that everybody in the demo is invented. */
const SURNAMES = [...'周吴郑冯陈褚蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻柏苏潘葛范彭鲁韦马方任袁柳唐薛贺倪汤罗郝安常于傅齐康伍余顾孟黄穆萧尹']
const GIVEN = ['雨桐', '思远', '一帆', '晓彤', '海洋', '清扬', '可欣', '文静', '子墨', '明哲', '书妍', '若岚', '嘉树', '景行', '知夏', '云舒', '承泽', '念真', '星野', '沐阳', '锦程', '予安', '佳宁', '立群', '向东', '春生', '建业', '玉华', '秀兰', '国梁', '晨曦', '宏达', '志刚', '丽娜', '永强']

/** Stems of company names that no register is likely to hold. */
const STEMS = ['砚衡', '澍川', '霁岭', '峤石', '沅禾', '屿松', '榆砚', '岚序', '柏澜', '昀野', '朔禾', '黎坪', '汀岸', '芷原', '穆川', '栩木', '晏湖', '禾砚', '珩石', '奚山', '徵羽', '桉野', '沁岭', '棠原', '驿川', '牧砚', '隰禾', '筠石', '缦云', '旸谷', '淞屿', '岑木', '澜序', '苕溪', '珞珩', '樾岭', '翎川', '圻原', '疏桐', '榭山', '漱石', '隽野', '埏禾', '霏岭', '洺川', '岫云', '棣原', '绎石', '弈川', '茗岸', '恺原', '钧野', '峋石', '淳屿', '楹川', '楚岑', '沣岸', '璟石', '骊原', '晔川', '蓁野', '铖石', '溥原', '筱川', '沛岭', '宸野', '泓砚', '瑄石', '煦原', '祺川']

/** Every name once: two organisations with one person behind them would be related bidders. */
export function everyPerson(): string[] {
  return diceFor('names/people').some(SURNAMES.flatMap((surname) => GIVEN.map((given) => surname + given)), 600)
}

export function everyStem(): string[] {
  return diceFor('names/stems').some(STEMS, STEMS.length)
}
