import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { SCOPES } from '#protocol/api-key.ts'
import type { DeviceKind } from '#protocol/device.ts'
import { DEMO_SITE } from '#server/demo.ts'
import { VIEWS, type Who } from '#server/policy.ts'
import { picturesBeside } from '#setup/pictures.ts'
import type { Asker, Book } from './book.ts'
import { type Mark, secret, type Whom, WORDS } from './marks.ts'
import type { Stage } from './stage.ts'

export const SITE = DEMO_SITE.id
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAKElEQVR4nA3HQQEAAAgCMYIZgjjEIYT9Tn+bkBgRsS+ZMTHrT5mSsj1h2BPtWVzB2QAAAABJRU5ErkJggg=='

/** Who signs in as what. */
const PEOPLE = {
  ...{ counter2: 'counter', counter3: 'counter', counter4: 'other-counter', volunteer: 'volunteer' },
  ...{ supervisor: 'supervisor', director: 'director', auditor: 'auditor', admin: 'administrator' },
} as const satisfies Record<string, Whom>

/** The hall and everybody in it. */
export interface Cast {
  people: Record<keyof typeof PEOPLE, Asker>
  kiosk: Asker
  /** Beside a printer that is sent pictures. */
  drawing: Asker
  display: Asker
  tablet: Asker
  /** The call pad of c2. */
  pad: Asker
  /** A screen that is switched off, by its id. */
  spare: string
  program: Asker
  /** Ids of what the administrator made. */
  hook: string
  apiKey: string
}

/** From an empty database to an open hall: the first administrator, the hall's file, people, screens, programs outside. */
export async function openHall(stage: Stage, book: Book, marks: Mark[]): Promise<Cast> {
  await setUp(stage, book, marks)
  const passwords = await applyFile(stage, book, marks)
  const signIn = async (username: keyof typeof PEOPLE) => {
    const asker = book.asker(PEOPLE[username])
    const current = passwords.get(username) ?? ''
    await asker.signIn(username, current)
    marks.push(secret(`session of ${username}`, asker.cookie.split('=')[1] ?? '', [asker.whom]))
    const password = ownPassword(username)
    marks.push(secret(`own password of ${username}`, password, []))
    await asker.post('/session/password', { current, password })
    const looks = VIEWS.overview.includes(asker.whom as Who)
    book.listen(asker.whom, { view: looks ? 'overview' : 'staff', siteId: SITE, after: null }, asker.cookie)
    return asker
  }
  const people = {} as Cast['people']
  for (const username of Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]) {
    people[username] = await signIn(username)
  }
  await endOtherSignIns(book, people, marks)
  await book.asker('stranger').ask('post', '/session', { username: WORDS.mistyped, password: WORDS.mistyped })
  const kiosk = await letIn('kiosk', {}, people.supervisor, book, marks)
  const drawing = await letIn('kiosk', {}, people.supervisor, book, marks)
  const display = await letIn('display', {}, people.supervisor, book, marks)
  const tablet = await letIn('display', { rate: 'c2' }, people.supervisor, book, marks)
  const pad = await letIn('pad', { counter: 'c2' }, people.supervisor, book, marks)
  const spare = await letIn('display', {}, people.supervisor, book, marks)
  return {
    ...{ people, spare: spare.id, kiosk: kiosk.asker, drawing: drawing.asker },
    ...{ display: display.asker, tablet: tablet.asker, pad: pad.asker },
    ...(await tellOutside(stage, people.admin, book, marks)),
  }
}

/** The one they choose in place of the one that was made up for them. */
const ownPassword = (username: string) => `own-password-mark-${username}`

/** A clerk signs in elsewhere as well; the clerk and the supervisor look where, and end it. */
async function endOtherSignIns(book: Book, people: Cast['people'], marks: Mark[]): Promise<void> {
  const clerk = people.counter3
  const elsewhere = async () => {
    const asker = await book.asker(clerk.whom).signIn('counter3', ownPassword('counter3'))
    marks.push(secret('session elsewhere', asker.cookie.split('=')[1] ?? '', [clerk.whom]))
  }
  const other = async () =>
    (await clerk.get('/sessions')).body.items.find(({ current }: { current: boolean }) => !current).id
  await elsewhere()
  await clerk.delete(`/sessions/${await other()}`)
  await elsewhere()
  await people.supervisor.delete(`/sites/${SITE}/sessions/${await other()}`)
  await people.supervisor.get(`/sites/${SITE}/sessions`)
  await elsewhere()
  await clerk.delete('/sessions')
}

async function setUp({ server }: Stage, book: Book, marks: Mark[]): Promise<void> {
  const code = /Setup code +(\S+)/.exec(server.output())?.[1] ?? ''
  const password = 'first-password-mark-88'
  marks.push(secret('setup code', code, ['operator']), secret('password of first', password, []))
  const first = book.asker('setup')
  await first.post('/setup', { code, username: 'first', password, name: WORDS.firstAdministrator })
  await first.signIn('first', password)
  await first.get('/session')
  await first.delete('/session')
}

async function applyFile(stage: Stage, book: Book, marks: Mark[]): Promise<Map<string, string>> {
  const { front, side } = stage.printers
  const file = join(stage.folder, 'hall.yaml')
  const picture = 'notice.png'
  writeFileSync(join(stage.folder, picture), Buffer.from(PICTURE, 'base64'))
  const said = parse(demoFile(), { maxAliasCount: 1_000 })
  const account = (username: string, role: string, more: object = {}) => ({
    username,
    role,
    name: username,
    ...more,
  })
  const text = stringify({
    ...said,
    identity: { keyboard: true },
    notices: [...said.notices, { 'zh-CN': '图', en: 'picture', picture }],
    printers: [
      { id: 'front', address: front.address, paper: 80 },
      { id: 'side', address: side.address, paper: 58, characters: 'raster', kiosks: ['K2'] },
    ],
    accounts: [
      account('counter2', 'staff', { counter: 'c2', name: WORDS.clerk }),
      account('counter3', 'staff', { counter: 'c3' }),
      account('counter4', 'staff', { counter: 'c4' }),
      ...['volunteer', 'supervisor', 'director', 'auditor'].map((role) => account(role, role)),
      account('admin', 'administrator'),
      // Somebody who forgets their password all day.
      account('forgetful', 'staff'),
    ],
  })
  const { output } = await stage.operate({
    command: 'apply',
    file,
    text,
    pictures: await picturesBeside(file, text),
  })
  const { output: anew } = await stage.operate({ command: 'password', username: 'counter3' })
  const passwords = new Map<string, string>()
  for (const [, username = '', password = ''] of output.matchAll(/^ {2}(\S+) {2}(\S+)$/gm)) {
    passwords.set(username, password)
  }
  passwords.set('counter3', anew.split('\n').at(-1)?.trim() ?? '')
  for (const [username, password] of passwords) {
    marks.push(secret(`password of ${username}`, password, ['operator']))
  }
  book.write({ kind: 'answer', name: 'hall apply', whom: 'operator', text: output })
  return passwords
}

function demoFile(): string {
  return readFileSync(new URL('../../demo/hall.yaml', import.meta.url), 'utf8')
}

/** A screen waits, is approved, and listens. */
async function letIn(
  kind: DeviceKind,
  place: object,
  supervisor: Asker,
  book: Book,
  marks: Mark[],
): Promise<{ asker: Asker; id: string }> {
  const { code, secret: token } = (await book.asker(kind).post('/devices', { kind })).body
  marks.push(secret(`token of a ${kind}`, token, [kind]), secret(`code of a ${kind}`, code, [kind]))
  const waiting = book.listen(kind, { view: 'pairing', token })
  const paired = new Promise((resolve) => waiting.once('paired', resolve))
  await new Promise<void>((resolve) => waiting.once('connect', resolve))
  await supervisor.post(`/sites/${SITE}/pairings`, { code })
  const { device } = (await supervisor.post(`/sites/${SITE}/devices`, { code, place })).body
  await paired
  waiting.close()
  const screen = book.listen(kind, { view: 'public', siteId: SITE, token, after: null })
  screen.on('token', (next) => marks.push(secret(`next token of a ${kind}`, next, [kind])))
  screen.once('connect', () => screen.emit('report', { clock: Date.now(), build: 'dev', error: 'TypeError' }))
  return { asker: book.asker(kind, token), id: device.id }
}

async function tellOutside(
  { receiver }: Stage,
  admin: Asker,
  book: Book,
  marks: Mark[],
): Promise<Pick<Cast, 'program' | 'hook' | 'apiKey'>> {
  const hooked = await admin.post(`/sites/${SITE}/webhooks`, { url: `${receiver.url}?key=${WORDS.hook}` })
  marks.push(secret('secret of a webhook', hooked.body.secret, ['administrator']))
  const hook = hooked.body.webhook.id
  await admin.post(`/sites/${SITE}/webhooks/${hook}/test`)
  const { items } = (await admin.get(`/sites/${SITE}/accounts`)).body
  const { id: forgetful } = items.find(({ username }: { username: string }) => username === 'forgetful')
  const given = await admin.post(`/sites/${SITE}/accounts/${forgetful}/password`)
  marks.push(secret('password given to somebody', given.body.password, ['administrator']))
  const keyed = await admin.post(`/sites/${SITE}/api-keys`, { name: 'wall', scopes: SCOPES, days: 7 })
  marks.push(secret('API key', keyed.body.secret, ['administrator']))
  return { program: book.asker('api-key:report', keyed.body.secret), hook, apiKey: keyed.body.apiKey.id }
}
