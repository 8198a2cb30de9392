import * as decide from '#domain/decide.ts'
import { Refusal } from '#domain/refusal.ts'
import { execute } from '#line/execute.ts'
import { ticketCode, tokenHash } from '#store/tokens.ts'
import { DEMO_SITE } from './demo.ts'
import type { Running } from './start.ts'

/** Prints where everything is, and in a demo hall how to get in. */
export async function printLinks(running: Running, out: NodeJS.WritableStream): Promise<void> {
  const { url, parts, demoPassword, setupCode, anyHall, clockHeld } = running
  const rows: [string, string, string][] = [
    ['取号机', 'Kiosk', `${url}/kiosk/`],
    ['大厅屏', 'Hall display', `${url}/display/`],
    ['1 号窗口', 'Console of counter 1', `${url}/console/?counter=c1`],
    ['2 号窗口', 'Console of counter 2', `${url}/console/?counter=c2`],
    ['咨询台', 'Reception', `${url}/console/?reception`],
    ['叫号器', 'Call pad', `${url}/pad/`],
    ['大厅主管', 'Hall supervisor', `${url}/manage/`],
  ]
  if (parts.demo) rows.push(['手机', 'Phone (a sample ticket)', `${url}/phone/${await samplePlace(running)}`])
  else rows.push(['手机', 'Phone', `${parts.publicUrl ?? url}/phone/`])
  rows.push(['接口', 'API', `${url}/api/docs/`])
  const lines = [
    '',
    '  暖号 Nuanhao',
    '',
    ...rows.map(([zh, en, link]) => `  ${pad(zh, 10)}${pad(en, 26)}${link}`),
    '',
  ]
  if (parts.demo) {
    lines.push(`  演示账号 Demo accounts     counter1 … counter6, volunteer, supervisor, admin`)
    lines.push(
      `  密码 Password             ${demoPassword ?? 'as printed at the first start; set DEMO_PASSWORD for a new one'}`,
    )
    lines.push('')
  }
  if (setupCode !== null) {
    lines.push(
      '  第一次启动：用下面的一次性安装码建立管理员 First start: make an administrator with this one-time code',
    )
    lines.push(
      `  安装码 Setup code         ${setupCode}`,
      `  ${pad('设置', 10)}${pad('Set up', 26)}${url}/manage/#setup`,
      '',
    )
  }
  if (!anyHall) {
    lines.push('  还没有大厅 No hall yet    npm run hall -- apply hall.yaml   (examples/hall.yaml)', '')
  }
  for (const site of clockHeld) {
    lines.push(
      `  ${site}: this machine's clock is behind the last event. No tickets are issued until a supervisor`,
    )
    lines.push('  confirms the time at a console. If the clock is wrong, set it right and start again.', '')
  }
  out.write(`${lines.join('\n')}\n`)
}

/** Chinese characters take two columns. */
function pad(words: string, columns: number): string {
  const width = [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
  return words + ' '.repeat(Math.max(columns - width, 1))
}

/** Without a phone at hand the phone's page can still be tried: a real ticket in the line nobody tries first. */
async function samplePlace({ parts }: Running): Promise<string> {
  const { hall, keys } = parts
  const [waiting] = await hall.database.query<{ ticket: string }>(
    `select ticket_id as ticket from nuanhao.leg
      where site_id = $1 and service_id = 'legal-advice' and state = 'waiting' order by n limit 1`,
    [DEMO_SITE.id],
  )
  if (waiting) return `#${ticketCode(waiting.ticket, keys.codes)}`
  const id = crypto.randomUUID()
  const codeHash = tokenHash(ticketCode(id, keys.codes))
  const wanted = {
    serviceId: 'legal-advice',
    credit: 0,
    ticket: { id, codeHash, language: 'zh-CN', private: null } as const,
  }
  const author = { principal: 'chore:demo', key: id, digest: id }
  try {
    await execute(hall, { siteId: DEMO_SITE.id }, author, (situation, now) =>
      decide.issue(situation, wanted, now),
    )
    return `#${ticketCode(id, keys.codes)}`
  } catch (error) {
    // No tickets now, because the clock waits to be confirmed: then there is no sample either.
    if (error instanceof Refusal) return ''
    throw error
  }
}
