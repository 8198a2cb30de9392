import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkHall, writeProblem } from './hall-check.ts'
import { exportHall } from './hall-export.ts'

const example = readFileSync(new URL('../examples/hall.yaml', import.meta.url), 'utf8')

/** A hall of one lane, each line of which a test may replace. */
const LINES = [
  'site: small',
  'name: { zh-CN: 小厅, en: Small hall }',
  'time-zone: Asia/Shanghai',
  'hours: { Mon-Fri: "09:00-12:00, 13:30-17:00" }',
  'skills: [{ id: sign, name: 手语 }]',
  'lanes: [{ id: general, letter: A, name: 综合 }]',
  'services:',
  '  - { id: passport, lane: general, name: 护照, department: 公安, takes: 6 min, materials: [身份证] }',
  'counters:',
  '  - { id: c1, number: 1, primary: [general] }',
  'accounts:',
  '  - { username: boss, name: 主管, role: supervisor, skills: [sign] }',
]
const file = (...replaced: [RegExp, string][]) =>
  LINES.map((line) => replaced.find(([what]) => what.test(line))?.[1] ?? line).join('\n')
const errorsOf = (text: string) => checkHall(text).errors.map((problem) => writeProblem('hall.yaml', problem))
const warningsOf = (text: string) =>
  checkHall(text).warnings.map((problem) => writeProblem('hall.yaml', problem))

describe('a hall’s file', () => {
  it('[HALL1] the smallest, the example and the demo are right, without a doubt', () => {
    const demo = readFileSync(new URL('../demo/hall.yaml', import.meta.url), 'utf8')
    for (const text of [file(), example, demo]) {
      expect(checkHall(text)).toMatchObject({ errors: [], warnings: [], hall: { site: {} } })
    }
  })

  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]).toString(
    'base64',
  )
  const pictured = (picture: string) => `${file()}\nnotices:\n  - { zh-CN: 一, en: one, picture: ${picture} }`
  const found = (data: string) => ({ 'a.png': { data } })

  it('[PICTURE1] a picture is known by its content, whatever its name, and named by it', () => {
    const { hall, pictures, errors } = checkHall(pictured('a.png'), found(png))
    expect(errors).toEqual([])
    expect(pictures).toMatchObject([{ type: 'image/png', data: png }])
    expect(hall?.site.notices[0]?.picture).toBe(pictures[0]?.id)
    const kept = 'ab'.repeat(32)
    expect(checkHall(pictured(`kept:${kept}`)).hall?.site.notices[0]?.picture).toBe(kept)
  })

  it('[PICTURE1] one that is not there, too large, or no picture is said with its line', () => {
    const wrong = (pictures: Parameters<typeof checkHall>[1]) =>
      checkHall(pictured('a.png'), pictures).errors.map(({ line, message }) => `${line} ${message}`)
    expect(wrong({})).toEqual([expect.stringMatching(/^14 a.png is not there/)])
    expect(wrong(found(Buffer.from('<svg onload="x()"/>').toString('base64')))).toEqual([
      expect.stringContaining('no JPEG, PNG or WebP'),
    ])
    expect(wrong(found(Buffer.alloc(300_001, 'x').toString('base64')))).toEqual([
      expect.stringContaining('at most 300 kB'),
    ])
    expect(wrong({ 'a.png': { problem: 'must be the name of a file beside this one' } })).toEqual([
      expect.stringContaining('beside this one'),
    ])
    const seven = Array.from({ length: 7 }, (_, i) => `  - { zh-CN: 一, en: one, picture: ${i}.png }`)
    const beside = Object.fromEntries(seven.map((_, i) => [`${i}.png`, { data: png }]))
    expect(checkHall([file(), 'notices:', ...seven].join('\n'), beside).errors).toMatchObject([
      { message: expect.stringContaining('one too many') },
    ])
  })

  it('[IDENT1] [IDENT8] a hall says how residents may show who they are; what is wrong with it stands at its line', () => {
    const saying = (...lines: string[]) =>
      [file(), 'identity:', ...lines.map((line) => `  ${line}`)].join('\n')
    const service = ['service:', '  url: http://127.0.0.1:8000/readCard', '  method: POST']
    const right = saying(
      'keyboard: true',
      ...service,
      '  body: { cmd: read }',
      '  paths: { number: info.idCode }',
    )
    expect(checkHall(right)).toMatchObject({
      errors: [],
      warnings: [],
      hall: {
        site: {
          identity: {
            keyboard: true,
            service: {
              body: { text: '{"cmd":"read"}', json: true },
              paths: { number: 'info.idCode', name: null },
            },
          },
        },
      },
    })
    expect(checkHall(file()).hall?.site.identity).toBeNull()
    expect(errorsOf(saying('keyboard: false')).join()).toContain('14:3 identity: names no reader')
    expect(errorsOf(saying('keybord: true')).join()).toContain('did you mean keyboard?')
    expect(
      errorsOf(saying('service:', '  url: http://reader.example/', '  body: x', '  paths: { number: a..b }')),
    ).toEqual([
      expect.stringContaining('hall.yaml:15:10 identity.service.url: must be on the kiosk’s own machine'),
      expect.stringContaining('hall.yaml:17:22 identity.service.paths.number: must be a path such as'),
    ])
    expect(
      errorsOf(saying('service:', '  url: http://[::1]/', '  body: x', '  paths: { number: a }')),
    ).toEqual([
      expect.stringContaining('hall.yaml:16:11 identity.service.body: is sent with method: POST only'),
    ])
    expect(errorsOf(saying('service:', '  url: http://[::1]/')).join()).toContain('paths: is missing')
    const far = saying('service:', '  url: http://192.168.1.9/', '  paths: { number: a }')
    expect(errorsOf(far)).toEqual([])
    expect(warningsOf(far)).toEqual([
      expect.stringContaining('hall.yaml:15:10 identity.service.url: is on another'),
    ])
    for (const text of [
      right,
      far,
      saying('keyboard: true', ...service, '  body: read', '  paths: { number: a, name: b }'),
    ]) {
      const { hall } = checkHall(text)
      if (!hall) throw new Error('it is right')
      expect(checkHall(exportHall(hall)).hall).toEqual(hall)
    }
  })

  it('[WALL9] [WALL13] zones name what there is; distance and screen are within reason', () => {
    const display = (said: string) => errorsOf(`${file()}\ndisplay: ${said}`).join()
    expect(
      display('{ one: yi, reading-distance: 6, screen: 55, zones: [{ id: a, name: 东, lanes: [general] }] }'),
    ).toBe('')
    expect(display('{ zones: [{ id: a, name: 东, lanes: [genral] }] }')).toContain('did you mean general?')
    expect(display('{ zones: [{ id: a, name: 东, counters: [c9] }] }')).toContain('there is no counter c9')
    expect(display('{ zones: [{ id: a, name: 东 }] }')).toContain('names no lane and no counter')
    expect(
      display('{ zones: [{ id: a, name: 东, lanes: [general] }, { id: a, name: 西, lanes: [general] }] }'),
    ).toContain('a is there already')
    expect(display('{ reading-distance: 0.2 }')).toContain('1 to 40 metres')
    expect(display('{ screen: 900 }')).toContain('10 to 200 inches')
    expect(display('{ one: yo }')).toContain('must be yao or yi')
    expect(display('{ voices: x }')).toContain('did you mean voice?')
    expect(display('{ voice: ../etc }')).toContain('a folder within VOICE_DIR')
  })

  it('[PRACTICE1] is a hall to practise in when the file says so, and the file of such a hall says so again', () => {
    expect(checkHall(file()).hall?.site.practice).toBe(false)
    const { hall } = checkHall(`${file()}\npractice: true\n`)
    expect(hall?.site.practice).toBe(true)
    expect(hall && checkHall(exportHall(hall)).hall).toEqual(hall)
    expect(errorsOf(`${file()}\npractice: perhaps\n`).join()).toContain('must be true or false')
  })

  it('[HALL1] means what it says, and has the usual settings where it says nothing', () => {
    const { hall } = checkHall(file())
    expect(hall?.site).toMatchObject({
      id: 'small',
      name: { 'zh-CN': '小厅', en: 'Small hall' },
      careCredit: 1_800_000,
      hardCap: 2_700_000,
      offerFor: null,
      days: {},
      services: [
        { id: 'passport', laneId: 'general', minutes: 6, quota: null, targetWait: null, guide: null },
      ],
      counters: [
        {
          id: 'c1',
          number: '1',
          name: { 'zh-CN': '1 号窗口', en: 'Counter 1' },
          lanes: [{ laneId: 'general', rank: 'primary', threshold: null }],
        },
      ],
    })
    expect(hall?.site.hours[0]).toEqual([
      { from: 540, to: 720 },
      { from: 810, to: 1020 },
    ])
    expect(hall?.site.hours.slice(5)).toEqual([[], []])
    expect(hall?.accounts).toEqual([
      {
        username: 'boss',
        name: { 'zh-CN': '主管', en: '主管' },
        role: 'supervisor',
        counterId: null,
        skills: ['sign'],
      },
    ])
  })

  it('[HALL1] says everything that is wrong at once, in the order of the file, each with its line and column', () => {
    const text = file(
      [/^name/, 'nam: 小厅'],
      [/^time-zone/, 'time-zone: Asia/Shangai'],
      [
        /passport/,
        '  - { id: passport, lane: genral, name: 护照, department: 公安, takes: 6 min, quota: 0 }',
      ],
    )
    expect(errorsOf(text)).toEqual([
      'hall.yaml:1:1 name: is missing',
      'hall.yaml:2:1 nam: is no key that is known here; did you mean name?',
      'hall.yaml:3:12 time-zone: is no time zone such as Asia/Shanghai',
      'hall.yaml:8:27 services[0].lane: there is no lane genral; did you mean general?',
      'hall.yaml:8:82 services[0].quota: must be a whole number from 1 to 100000',
    ])
    expect(checkHall(text).hall).toBeNull()
  })

  it('[HALL1] what is no YAML, or no hall, is said too', () => {
    expect(errorsOf('site: small\nname: {\n')[0]).toMatch(/^hall\.yaml:\d+:\d+ /)
    expect(errorsOf('site: small\nsite: other\n')[0]).toBe('hall.yaml:1:1 name: is missing')
    expect(errorsOf('site: small\nsite: other\n')).toContain(
      'hall.yaml:2:1 site is said twice in the same place',
    )
    for (const text of ['', '- a', 'hello', '42']) {
      expect(errorsOf(text)).toEqual(['hall.yaml:1:1 is not a hall: it begins with "site: " and an id'])
    }
    expect(errorsOf(file([/^lanes/, 'lanes: []']))[0]).toBe('hall.yaml:6:8 lanes: must not be empty')
    expect(errorsOf('x'.repeat(1_000_001))).toEqual(['hall.yaml:1:1 is longer than a megabyte'])
  })

  it('[HALL1] a small file that would unfold into a huge one is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i++) {
      const [before, name] = [String.fromCharCode(96 + i), String.fromCharCode(97 + i)]
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
    }
    expect(errorsOf(bomb.join('\n'))[0]).toMatch(/alias/i)
  })

  it.each<[string, [RegExp, string], string]>([
    ['an id', [/^site/, 'site: Lake_Street'], '1:7 site: must be 1 to 40 small letters, digits and hyphens'],
    ['a letter taken', [/^lanes/, 'lanes: [{ id: general, letter: A, name: x }, { id: other, letter: A, name: y }]'],
      '6:67 lanes[1].letter: A is taken by general'],
    ['an id taken', [/^lanes/, 'lanes: [{ id: general, letter: A, name: x }, { id: general, letter: B, name: y }]'],
      '6:52 lanes[1].id: general is there already'],
    ['a material twice', [/passport/, '  - { id: passport, lane: general, name: x, department: y, takes: 6 min, materials: [z, { zh-CN: z, en: w, where: q }] }'],
      '8:89 services[0].materials[1]: z is there already'],
    ['a material without a name', [/passport/, '  - { id: passport, lane: general, name: x, department: y, takes: 6 min, materials: [{ where: q, en: w }] }'],
      '8:86 services[0].materials[0].zh-CN: is missing'],
    ['a skill for what nobody prepares', [/^skills/, 'skills: [{ id: sign, name: x, for: signing }]'],
      '5:36 skills[0].for: must be sign-language or written or wheelchair-counter or companion or with-child'],
    ['two letters', [/^lanes/, 'lanes: [{ id: general, letter: AB, name: x }]'], '6:32 lanes[0].letter: must be one capital letter, A to Z'],
    ['hours that overlap', [/^hours/, 'hours: { Mon: "09:00-12:00, 11:00-13:00" }'],
      '4:15 hours.Mon: openings overlap, or the earlier one is not first'],
    ['hours out of order', [/^hours/, 'hours: { Mon: "13:00-14:00, 09:00-12:00" }'],
      '4:15 hours.Mon: openings overlap, or the earlier one is not first'],
    ['hours that end first', [/^hours/, 'hours: { Mon: "12:00-09:00" }'], '4:15 hours.Mon: 12:00-09:00 ends before it begins'],
    ['no time of day', [/^hours/, 'hours: { Mon: "09:00-24:30" }'], '4:15 hours.Mon: 24:30 is no time of day'],
    ['a weekday twice', [/^hours/, 'hours: { Mon-Fri: "09:00-12:00", Fri: "09:00-11:00" }'], '4:39 hours.Fri: Fri is said twice'],
    ['no weekday', [/^hours/, 'hours: { Mo: closed }'], '4:14 hours.Mo: Mo is not a weekday or a range such as Mon-Fri'],
    ['no day', [/^time-zone/, 'time-zone: Asia/Shanghai\ndays: { 2026-02-30: closed }'],
      '4:21 days.2026-02-30: 2026-02-30 is no day such as 2026-10-01'],
    ['a bare number', [/passport/, '  - { id: passport, lane: general, name: x, department: y, takes: 6, materials: [z] }'],
      '8:67 services[0].takes: must be a duration such as 30 min, 24 h or 20 s'],
    ['a credit of more than a day', [/^time-zone/, 'time-zone: Asia/Shanghai\ncredits: { care: 25 h }'],
      '4:18 credits.care: must be 0 min to 24 h'],
    ['an unknown need', [/^time-zone/, 'time-zone: Asia/Shanghai\ncredits: { needs: { tall: 1 min } }'],
      '4:21 credits.needs.tall: is no key that is known here'],
    ['a pattern without end', [/^time-zone/, 'time-zone: Asia/Shanghai\ncredits: { cards: [{ need: other, pattern: "A+" }] }'],
      '4:20 credits.cards[0]: must not repeat without end: write {1,20} for + and {0,20} for *'],
    ['a counter without lanes', [/id: c1/, '  - { id: c1, number: 1 }'], '10:5 counters[0]: serves no lane'],
    ['a counter with a lane nobody has', [/id: c1/, '  - { id: c1, number: 1, primary: [general], secondary: { x: never } }'],
      '10:62 counters[0].secondary.x: there is no lane x'],
    ['a lane that is both', [/id: c1/, '  - { id: c1, number: 1, primary: [general], secondary: { general: 5 min } }'],
      '10:68 counters[0].secondary.general: general is already a primary lane of this counter'],
    ['a threshold of a primary lane', [/id: c1/, '  - { id: c1, number: 1, primary: { general: 5 min } }'],
      '10:35 counters[0].primary: must be a list of lanes'],
    ['an unknown skill', [/boss/, '  - { username: boss, name: x, role: supervisor, skills: [sing] }'],
      '12:59 accounts[0].skills[0]: there is no skill sing; did you mean sign?'],
    ['an unknown role', [/boss/, '  - { username: boss, name: x, role: chief, skills: [sign] }'],
      '12:38 accounts[0].role: must be staff or volunteer or supervisor or director or auditor or administrator'],
    ['a password', [/boss/, '  - { username: boss, name: x, role: supervisor, skills: [sign], password: secret }'],
      '12:66 accounts[0].password: is no key that is known here'],
  ])('[HALL2] %s is wrong', (_, replaced, error) => {
    expect(errorsOf(file(replaced))).toEqual([`hall.yaml:${error}`])
  }) // biome-ignore format: one case a line reads best

  it.each(['\\d{17}[\\dX]', 'LA-\\d{4,6}', 'A?B[*+]\\.', '(?:A|B)\\d{3}'])(
    '[HALL2] %s is a pattern of a card',
    (pattern) => {
      const text = file([
        /^time-zone/,
        `time-zone: UTC\ncredits: { by: [card], cards: [{ need: other, pattern: '${pattern}' }] }`,
      ])
      expect(checkHall(text)).toMatchObject({ errors: [], hall: { site: { cards: [{ pattern }] } } })
    },
  )

  it.each([
    '',
    '(',
    '.*',
    'a{2,}',
    '(a{1,9}){1,9}',
    '(a|a)?',
    '(a)\\1',
    '(?=a)b',
    'a?b?c?d?',
    'x'.repeat(101),
  ])('[HALL2] %s is none', (pattern) => {
    const text = file([
      /^time-zone/,
      `time-zone: UTC\ncredits: { by: [card], cards: [{ need: other, pattern: '${pattern}' }] }`,
    ])
    expect(errorsOf(text)).toHaveLength(1)
  })

  it('[HALL10] doubts what is right and perhaps not meant', () => {
    const text = file(
      [
        /^time-zone/,
        'time-zone: UTC\ncredits: { care: 45 min, needs: { pregnant: 50 min, infant: 45 min }, by: [card] }',
      ],
      [/^skills/, 'skills: [{ id: sign, name: 手语 }, { id: dialect, name: 方言 }]'],
      [/^lanes/, 'lanes: [{ id: general, letter: A, name: x }, { id: spare, letter: B, name: y }]'],
      [/passport/, '  - { id: passport, lane: general, name: x, department: y, takes: 6 min }'],
      [/boss/, '  - { username: boss, name: x, role: staff, skills: [sign] }'],
    )
    const always =
      'is no shorter than the hard cap of 45 min: always first, and the ordinary wait is no longer protected'
    expect(warningsOf(text)).toEqual([
      `hall.yaml:4:18 credits.care: ${always}`,
      'hall.yaml:4:45 credits.needs.pregnant: differs from the head start of care: staff can tell this need by its head start',
      `hall.yaml:4:45 credits.needs.pregnant: ${always}`,
      'hall.yaml:4:75 credits.by: names card, but there are no cards',
      'hall.yaml:6:34 skills[1]: nobody has the skill dialect',
      'hall.yaml:7:46 lanes[1]: spare is a primary lane of no counter',
      'hall.yaml:7:46 lanes[1]: spare is the lane of no service',
      'hall.yaml:9:5 services[0]: passport names no materials to bring',
      'hall.yaml:13:3 accounts: there is no supervisor: nobody can enrol screens or confirm the time',
    ])
    expect(checkHall(text)).toMatchObject({ errors: [], hall: { site: { careCredit: 2_700_000 } } })
  })

  it('[PRINT12] a printer is reached by its address or is the browser’s, and no kiosk has two', () => {
    const printers = (...lines: string[]) =>
      file([/^accounts/, ['printers:', ...lines, 'accounts:'].join('\n')])
    expect(
      checkHall(
        printers(
          '  - { id: front, address: 192.168.1.50, paper: 58 }',
          '  - { id: side, address: "printer.hall:9101", paper: 80, characters: raster, kiosks: [K2, K3] }',
          '  - { id: own, address: browser, paper: 80, kiosks: [ K4 ] }',
          '  - { id: six, address: "[fd00::5]:9100", paper: 58, kiosks: [ K5 ] }',
        ),
      ).hall?.site.printers,
    ).toEqual([
      {
        id: 'front',
        address: { host: '192.168.1.50', port: 9100 },
        paper: 58,
        characters: 'gb18030',
        kiosks: [],
      },
      {
        id: 'side',
        address: { host: 'printer.hall', port: 9101 },
        paper: 80,
        characters: 'raster',
        kiosks: ['K2', 'K3'],
      },
      { id: 'own', address: 'browser', paper: 80, characters: 'gb18030', kiosks: ['K4'] },
      {
        id: 'six',
        address: { host: 'fd00::5', port: 9100 },
        paper: 58,
        characters: 'gb18030',
        kiosks: ['K5'],
      },
    ])
    const wrong = errorsOf(
      printers(
        '  - { id: a, address: "http://printer/", paper: 58 }',
        '  - { id: b, address: 10.0.0.1:70000, paper: 70, kiosks: [kiosk] }',
        '  - { id: c, paper: 58 }',
        '  - { id: d, address: 10.0.0.1, paper: 58, kiosks: [ K1 ] }',
        '  - { id: e, address: 10.0.0.2, paper: 58, kiosks: [K2, K1] }',
        '  - { id: f, address: 10.0.0.3, paper: 58 }',
        '  - { id: g, address: 10.0.0.4, paper: 58 }',
      ),
    ).map((error) => error.replace(/^hall\.yaml:\d+:\d+ /, ''))
    expect(wrong).toEqual([
      'printers[0].address: must be an address such as 192.168.1.50, host:9100, or browser',
      'printers[1].address: must be an address such as 192.168.1.50, host:9100, or browser',
      'printers[1].paper: must be 58 or 80',
      'printers[1].kiosks[0]: must be the name of a kiosk, such as K1',
      'printers[2].address: is missing',
      'printers[4].kiosks[1]: K1: printed by d already',
      'printers[6]: all other kiosks: printed by f already',
    ])
  })
})
