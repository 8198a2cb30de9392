import type { DeviceKind } from '#protocol/device.ts'
import { forgetAttempts } from '#store/sign-in-attempts.ts'
import { SITE, type TestHall } from '#test/harness/hall.ts'
import { programOfEachScope, programWith, somebodyOfEachRole } from '#test/harness/people.ts'
import type { Fuzzed } from './fuzz.ts'
import type { ApiDocument, Asker } from './requests.ts'

/** A demo hall with somebody of every kind in it. */
export async function setFuzzed(hall: TestHall): Promise<Fuzzed> {
  const { url } = hall.running
  const { database } = hall.running.parts.hall
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as ApiDocument
  const nameOf = await somebodyOfEachRole(hall)
  const kiosk = await hall.enrol('kiosk')
  const display = await hall.enrol('display')
  const pad = await hall.enrol('pad')
  // Of the screens that may be switched off, none that others ask with.
  const spare = (await hall.stranger().post('/devices', { kind: 'display' })).body.id as string
  const programs = await programOfEachScope(hall)
  const issued = (await kiosk.post(`/sites/${SITE}/tickets`, { serviceId: 'residence-permit' })).body
  const code = issued.trackUrl.split('#')[1] as string
  const ids = (query: string) =>
    database.query<{ id: string }>(query).then((rows) => rows.map(({ id }) => id))
  await hall.signIn('counter6')
  const known = {
    site: [SITE],
    ticket: [issued.ticket.id as string],
    number: [issued.ticket.number as string],
    code: [code],
    counter: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'],
    lane: ['household', 'insurance', 'welfare', 'housing-law'],
    service: ['residence-permit', 'birth-registration', 'housing', 'disability-certificate'],
    staff: await ids('select id from nuanhao.account order by username'),
    device: [spare],
    // Whose password may be made up anew, one that nobody asks as.
    account: await ids(`select id from nuanhao.account where username = 'counter6'`),
    apiKey: [(await programWith(hall, ['hall'])).id],
    // Of the sign-ins that may be ended, one that nobody asks with.
    session: await ids(
      `select s.id from nuanhao.session s join nuanhao.account a on a.id = s.account_id where a.username = 'counter6'`,
    ),
  }
  const sessions = new Map<Asker, string>()
  const phone = hall.stranger()
  await phone.get(`/track/${code}`)
  const credential = async (asker: Asker): Promise<Record<string, string>> => {
    if (asker === 'stranger') return {}
    const screen = { kiosk, display, pad }[asker as DeviceKind]
    if (screen) return { authorization: `Bearer ${screen.token}` }
    const program = programs.get(asker)
    if (program) return { authorization: `Bearer ${program.token}` }
    if (asker === 'ticket') return { cookie: phone.cookie }
    const known = sessions.get(asker)
    // What was tried as a present password counts as a sign-in that failed.
    if (!known) await forgetAttempts(database.query, nameOf(asker))
    const cookie = known ?? (await hall.signIn(nameOf(asker))).cookie
    sessions.set(asker, cookie)
    return { cookie }
  }
  const forget = (asker: Asker) => void sessions.delete(asker)
  return { url, database, siteId: SITE, document, credential, forget, known }
}
