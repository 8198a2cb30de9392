import type { Localised } from '#domain/localised.ts'
import { isVirtual } from './accounts.ts'
import type { Options } from './options.ts'

/** What whoever started a practice hall is told. */
export interface Started {
  url: string
  options: Options
  counters: readonly { id: string; name: Localised }[]
  accounts: readonly { username: string }[]
  password: string
  /** The code of somebody who waits; null when nobody does. */
  code: string | null
}

/** Where everything is, who may sign in, and that nothing of it is real. */
export function linesOf({ url, options, counters, accounts, password, code }: Started): string {
  const [counter] = counters
  const people = accounts.map(({ username }) => username).filter((name) => !isVirtual(name))
  const { speed, seed, data } = options
  return [
    '',
    '  暖号 Nuanhao · 练习大厅 Practice hall',
    '',
    ...(
      [
        ['取号机', 'Kiosk', `${url}/kiosk/`],
        ['大厅屏', 'Hall display', `${url}/display/`],
        [counter?.name['zh-CN'] ?? '', 'Console', `${url}/console/?counter=${counter?.id}`],
        ['大厅主管', 'Hall supervisor', `${url}/manage/`],
        ['手机', 'Phone (one who waits)', `${url}/phone/${code === null ? '' : `#${code}`}`],
      ] as const
    ).map(([zh, en, link]) => `  ${pad(zh, 12)}${pad(en, 24)}${link}`),
    '',
    `  账号 Accounts    ${people.join(', ')}`,
    `  密码 Password    ${password}`,
    '',
    '  来办事的和窗口里的都是虚拟人；谁接班哪个窗口，那个窗口就归谁。',
    '  Residents and clerks are virtual. Sign in at a console and take over a counter: it is yours alone until you close it.',
    `  ${speed === 1 ? 'They take their time, as real people do' : `They are ${speed} times as fast as real people (--speed)`}; seed ${seed}. ${
      data === null
        ? 'Ctrl-C ends the hall, and nothing of it is kept.'
        : `Ctrl-C ends the hall; it is kept in ${data}.`
    }`,
    '',
  ].join('\n')
}

/** Chinese characters take two columns. */
function pad(words: string, columns: number): string {
  const width = [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0)
  return words + ' '.repeat(Math.max(columns - width, 1))
}
