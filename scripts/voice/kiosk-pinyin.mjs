/**
 * How the kiosk's sentences are read: pinyin with tones, by the key of kiosk/words.ts or kiosk/help-words.ts.
 * @type {Record<string, string>}
 */
export const PINYIN = {
  welcome: 'nin2 yao4 ban4 li3 shen2 me5 ye4 wu4?',
  'welcome-lead': 'qing3 dian3 xuan3 yi2 xiang4',
  missed: 'wo3 guo4 hao4 le5',
  'why-not-yet': 'zen3 me5 hai2 mei2 dao4 wo3?',
  'full-title': 'jin1 tian1 de5 hao4 qu3 wan2 le5',
  'full-lead':
    'qing3 gai3 tian1 zai4 lai2 qu3 hao4. ru2 you3 ji2 shi4, qing3 dao4 zi1 xun2 tai2, gong1 zuo4 ren2 yuan2 hui4 bang1 nin2 xiang3 ban4 fa3.',
  back: 'fan3 hui2',
  home: 'fan3 hui2 shou3 ye4',
  done: 'wan2 cheng2',
  'missed-title': 'nin2 de5 hao4 ma3 shi4 duo1 shao3?',
  'missed-lead': 'xian1 dian3 zi4 mu3, zai4 dian3 shu4 zi4.',
  'missed-find': 'cha2 zhao3',
  'missed-again': 'huan4 ge4 hao4 ma3',
  'missed-rejoin': 'chong2 xin1 pai2 dui4',
  'found-title': 'zhe4 ge5 hao4 guo4 hao4 le5, ke3 yi3 chong2 xin1 pai2 dui4',
  'too-late-title': 'zhe4 ge5 hao4 guo4 hao4 tai4 jiu3, bu4 neng2 zai4 pai2 hui2 qu4 le5',
  'too-late-lead':
    'qing3 chong2 xin1 qu3 hao4, huo4 dao4 zi1 xun2 tai2, wo3 men5 hui4 bang1 nin2 xiang3 ban4 fa3.',
  'not-found-lead':
    'qing3 dui4 zhao4 hao4 ma3 zhi3 huo4 shou3 ji1 zai4 shu1 ru4 yi2 ci4. hao4 ma3 zhi3 zai4 qu3 hao4 dang1 tian1 you3 xiao4.',
  'found-wait-lead':
    'bu4 xu1 yao4 chong2 xin1 pai2 dui4. qing3 liu2 yi4 da4 ping2 mu4 he2 guang3 bo1 jiao4 hao4.',
  'found-go-lead': 'bu4 xu1 yao4 chong2 xin1 pai2 dui4, zhi2 jie1 qu4 jiu4 ke3 yi3.',
  'found-over-lead': 'ru2 xu1 ban4 li3, qing3 chong2 xin1 qu3 hao4, huo4 dao4 zi1 xun2 tai2 wen4 yi5 wen4.',
  'place-next': 'xia4 yi2 wei4 jiu4 shi4 nin2',
  guide: 'yao4 dai4 shen2 me5?',
  'guide-bring': 'qing3 dai4 hao3',
  'guide-short':
    'que1 cai2 liao4 ye3 ke3 yi3 xian1 qu3 hao4, gong1 zuo4 ren2 yuan2 hui4 gao4 su4 nin2 zen3 me5 bu3.',
  'guide-done': 'zhi1 dao4 le5',
  'add-matter': 'hai2 yao4 ban4 bie2 de5 shi4',
  'matters-title': 'jin1 tian1 hai2 yao4 ban4 na3 xie1 shi4?',
  'matters-lead': 'yi2 ge4 hao4 jiu4 gou4. dian3 xuan3 yao4 ban4 de5 shi4, zai4 dian3 yi2 ci4 qu3 xiao1.',
  'matters-one': 'mei2 you3 bie2 de5 le5',
  'have-card': 'wo3 you3 guan1 huai2 ka3',
  'card-title': 'qing3 ba3 ka3 fang4 dao4 du2 ka3 qi4 shang4',
  'card-lead': 'ka3 hao4 bu2 hui4 xian3 shi4, ye3 bu2 hui4 bao3 cun2.',
  'card-unknown-title': 'mei2 you3 ren4 chu1 zhe4 zhang1 ka3',
  'card-unknown-lead':
    'qing3 zai4 fang4 yi2 ci4, huo4 qing3 gong1 zuo4 ren2 yuan2 bang1 mang2. mei2 you3 ka3 ye3 ke3 yi3 qu3 hao4.',
  'card-without': 'bu2 yong4 ka3, zhi2 jie1 qu3 hao4',
  'staff-care-title': 'zhun3 bei4 hao3 le5, qing3 qu3 hao4',
  'staff-care-lead':
    'yun4 fu4, can2 ji2 ren2, du2 ju1 lao3 ren2 deng3 xu1 yao4 you1 xian1 ban4 li3 de5, qing3 zai4 qu3 hao4 hou4 gao4 su4 zi1 xun2 tai2 de5 gong1 zuo4 ren2 yuan2.',
  'take-number': 'qu3 hao4',
  'care-title': 'xu1 yao4 guan1 huai2 fu2 wu4 ma5?',
  'care-lead': 'yun4 fu4, can2 ji2 ren2, du2 ju1 lao3 ren2 deng3 ke3 yi3 you1 xian1 ban4 li3.',
  'care-private': 'bu4 xu1 yao4 shuo1 ming2 yuan2 yin1.',
  'care-yes': 'xu1 yao4',
  'care-yes-note': 'you1 xian1 ban4 li3',
  'care-no': 'bu4 xu1 yao4',
  'care-no-note': 'zhi2 jie1 qu3 hao4',
  'need-title': 'fang1 bian4 gao4 su4 wo3 men5 yuan2 yin1 ma5?',
  'need-lead':
    'ke3 yi3 bu4 xuan3. zhi3 you3 wei4 nin2 ban4 li3 de5 chuang1 kou3 neng2 kan4 dao4, bu2 hui4 xian3 shi4 zai4 da4 ping2 mu4 shang4.',
  'need-none': 'bu4 xuan3, zhi2 jie1 qu3 hao4',
  issuing: 'zheng4 zai4 wei4 nin2 qu3 hao4',
  'your-number': 'nin2 de5 hao4 ma3',
  listen: 'qing3 liu2 yi4 da4 ping2 mu4 he2 guang3 bo1 jiao4 hao4.',
  'no-phone-title': 'qing3 ji4 zhu4 nin2 de5 hao4 ma3',
  'no-phone-lead':
    'ben3 da4 ting1 zan4 bu4 neng2 yong4 shou3 ji1 cha2 kan4 pai2 dui4, qing3 liu2 yi4 da4 ping2 mu4 he2 guang3 bo1, jiao4 dao4 hao4 shi2 qing3 dao4 xiang1 ying4 chuang1 kou3.',
  'qr-title': 'yong4 shou3 ji1 kan4 pai2 dui4 jin4 du4',
  'qr-lead':
    'yong4 wei1 xin4 huo4 shou3 ji1 xiang4 ji1 sao3 yi5 sao3, kuai4 dao4 nin2 shi2 shou3 ji1 hui4 ti2 xing3.',
  'stay-longer': 'duo1 kan4 yi2 hui4 er5',
  'failed-title': 'mei2 neng2 qu3 dao4 hao4',
  'try-again': 'zai4 shi4 yi2 ci4',
  'closed-title': 'xian4 zai4 bu2 zai4 qu3 hao4 shi2 jian1',
  'closed-lead':
    'qing3 zai4 fu2 wu4 shi2 jian1 zai4 lai2. ru2 you3 ji2 shi4, qing3 zi1 xun2 gong1 zuo4 ren2 yuan2.',
  'closed-inside': 'yi3 jing1 qu3 le5 hao4 de5, qing3 an1 xin1 deng3 hou4, wo3 men5 hui4 ban4 wan2.',
  'lost-lead':
    'xian4 zai4 bu4 neng2 zai4 zhe4 li3 qu3 hao4. qing3 dao4 zi1 xun2 tai2, gong1 zuo4 ren2 yuan2 hui4 bang1 nin2 qu3 hao4.',
  'idle-title': 'nin2 hai2 zai4 ma5?',
  'idle-stay': 'wo3 hai2 zai4',
  'read-rest':
    'qi2 yu2 de5 nei4 rong2 qing3 kan4 ping2 mu4, huo4 qing3 gong1 zuo4 ren2 yuan2 du2 gei3 nin2 ting1.',
  help: 'xu1 yao4 bang1 zhu4',
  'help-calling': 'zheng4 zai4 hu1 jiao4 gong1 zuo4 ren2 yuan2',
  'help-ringing': 'yi3 hu1 jiao4 gong1 zuo4 ren2 yuan2, qing3 zai4 zhe4 li3 shao1 deng3.',
  'help-coming': 'gong1 zuo4 ren2 yuan2 zheng4 zai4 guo4 lai2, qing3 zai4 zhe4 li3 shao1 deng3.',
  'help-escalated':
    'hai2 mei2 you3 ren2 hui2 ying4, wo3 men5 yi3 jing1 gao4 su4 da4 ting1 zhu3 guan3. qing3 zai4 shao1 deng3, ye3 ke3 yi3 dao4 zi1 xun2 tai2.',
  'help-done':
    'gong1 zuo4 ren2 yuan2 yi3 jing1 bang1 guo4 nin2 le5. hai2 xu1 yao4 bang1 zhu4, qing3 zai4 dian3 yi2 xia4.',
  'help-desk':
    'xian4 zai4 hu1 jiao4 bu2 dao4 gong1 zuo4 ren2 yuan2. qing3 dao4 zi1 xun2 tai2, wo3 men5 dang1 mian4 bang1 nin2.',
  'help-take-back': 'bu2 yong4 le5',
}
