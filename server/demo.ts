import { randomInt } from 'node:crypto'
import type { CounterSetting, Lane, Localised, Service, Site } from '#domain/site.ts'
import { type Account, insertAccount, setPassword } from '#store/accounts.ts'
import type { Database } from '#store/database.ts'
import { hashPassword } from '#store/password.ts'
import { insertSite, siteIds } from '#store/sites.ts'

const MINUTE = 60_000
const text = (zh: string, en: string): Localised => ({ 'zh-CN': zh, en })

const lanes: Lane[] = [
  { id: 'household', letter: 'A', name: text('户籍与居住', 'Household and residence') },
  { id: 'insurance', letter: 'B', name: text('社保与医保', 'Social and medical insurance') },
  { id: 'welfare', letter: 'C', name: text('民政与助残', 'Civil affairs and disability') },
  { id: 'housing-law', letter: 'D', name: text('住房与法律', 'Housing and legal advice') },
]

function service(
  id: string,
  laneId: string,
  minutes: number,
  name: Localised,
  department: Localised,
  ...materials: Localised[]
): Service {
  return { id, laneId, minutes, name, department, materials }
}

const idCard = text('居民身份证', 'Resident ID card')
const register = text('户口簿', 'Household register')
const police = text('派出所', 'Police station')
const labour = text('人力资源和社会保障', 'Human resources and social security')
const civil = text('民政', 'Civil affairs')

const services: Service[] = [
  service('birth-registration', 'household', 12, text('出生登记', 'Birth registration'), police,
    text('出生医学证明', 'Medical certificate of birth'), register, text('父母身份证', 'Parents’ ID cards')),
  service('residence-permit', 'household', 10, text('居住证办理', 'Residence permit'), police,
    idCard, text('居住地址证明', 'Proof of address'), text('近期证件照', 'Recent ID photograph')),
  service('social-insurance', 'insurance', 8, text('社会保险', 'Social insurance'), labour,
    idCard, text('社会保障卡', 'Social security card')),
  service('medical-insurance', 'insurance', 8, text('医疗保险', 'Medical insurance'), text('医疗保障', 'Medical security'),
    idCard, text('社会保障卡', 'Social security card'), text('医疗费用票据', 'Medical receipts')),
  service('disability-certificate', 'welfare', 15, text('残疾人证', 'Disability certificate'), text('残疾人联合会', 'Disabled persons’ federation'),
    idCard, register, text('近期证件照', 'Recent ID photograph')),
  service('old-age-allowance', 'welfare', 8, text('高龄津贴', 'Old-age allowance'), civil,
    idCard, register, text('银行卡', 'Bank card')),
  service('housing', 'housing-law', 12, text('住房保障', 'Housing support'), text('住房和城乡建设', 'Housing and construction'),
    idCard, register, text('收入证明', 'Proof of income')),
  service('legal-advice', 'housing-law', 20, text('法律咨询', 'Legal advice'), text('司法', 'Justice'),
    idCard, text('有关材料', 'Papers on the matter')),
] // biome-ignore format: one service a paragraph reads best

const primary = (laneId: string) => ({ laneId, rank: 'primary', threshold: null }) as const
const secondary = (laneId: string, minutes: number) =>
  ({ laneId, rank: 'secondary', threshold: minutes * MINUTE }) as const

const counters: CounterSetting[] = [
  [primary('household'), secondary('insurance', 15)],
  [primary('household')],
  [primary('insurance')],
  [primary('insurance'), secondary('welfare', 15)],
  [primary('welfare'), secondary('housing-law', 15)],
  [primary('housing-law'), secondary('household', 15)],
].map((served, index) => ({
  id: `c${index + 1}`,
  number: String(index + 1),
  name: text(`${index + 1} 号窗口`, `Counter ${index + 1}`),
  lanes: served,
}))

const allDay = [{ from: 0, to: 24 * 60 }]

/** The demo hall: a sub-district government hall, open around the clock so that it is open whenever it is tried. */
export const DEMO_SITE: Omit<Site, 'revision'> = {
  id: 'nuanan',
  name: text('暖安街道政务服务中心', 'Nuan’an Sub-district Service Centre'),
  timeZone: 'Asia/Shanghai',
  hours: [allDay, allDay, allDay, allDay, allDay, allDay, allDay],
  careCredit: 30 * MINUTE,
  hardCap: 45 * MINUTE,
  maxCalls: 3,
  callTimeout: 3 * MINUTE,
  rejoinWithin: 60 * MINUTE,
  services,
  lanes,
  counters,
}

const accounts: Omit<Account, 'id' | 'siteId' | 'passwordHash'>[] = [
  ...counters.map(({ id, number }) => ({
    username: `counter${number}`,
    name: text(`${number} 号窗口工作人员`, `Clerk of counter ${number}`),
    role: 'staff' as const,
    counterId: id,
  })),
  { username: 'supervisor', name: text('大厅主管', 'Hall supervisor'), role: 'supervisor', counterId: null },
  { username: 'admin', name: text('系统管理员', 'Administrator'), role: 'administrator', counterId: null },
]

/** Letters of a made-up password: easy to read and type. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * Makes the demo hall in an empty database.
 *
 * @param wanted the password of all demo accounts; made up when null
 * @returns the password if it is new: it is shown once and kept only as a hash; null when the hall was there already
 */
export async function makeDemo(database: Database, wanted: string | null): Promise<string | null> {
  if ((await siteIds(database)).length > 0) {
    if (wanted !== null) await changePasswords(database, wanted)
    return wanted
  }
  const password = wanted ?? Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  // One hash for all: they share the password, and a hash is made slow on purpose.
  const passwordHash = await hashPassword(password)
  await database.transaction(async (query) => {
    await insertSite(query, DEMO_SITE)
    for (const account of accounts) {
      await insertAccount(query, { ...account, id: crypto.randomUUID(), siteId: DEMO_SITE.id, passwordHash })
    }
  })
  return password
}

/** A demo hall that was there already takes the password the environment asks for now. */
async function changePasswords(database: Database, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  const names = accounts.map(({ username }) => username)
  const rows = await database.query<{ id: string }>(
    'select id from nuanhao.account where site_id = $1 and username = any ($2)',
    [DEMO_SITE.id, names],
  )
  for (const { id } of rows) await setPassword(database, id, passwordHash)
}
