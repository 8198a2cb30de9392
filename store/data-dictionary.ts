import type { Localised } from '#domain/localised.ts'
import { GIVE_UP_AFTER } from '#domain/printer.ts'
import { SESSION_LIFE } from './sessions.ts'

/** Whom an entry is about: a resident, somebody who works here, or nobody. */
export type About = 'resident' | 'staff' | 'nobody'

/** Why it may be kept at all. */
export type Basis = keyof typeof BASES

/** How long it is kept. */
export type Kept = keyof typeof KEPT

/** Who may read it; whoever runs the machine can read what is not sealed. */
export type Reader = keyof typeof READERS

/** How long, and what it is counted from: a column that names a moment, ms, or a business day. */
export type Keeping =
  | { kept: Exclude<Kept, keyof typeof KEPT_FOR>; since?: never }
  | { kept: keyof typeof KEPT_FOR; since: string }

/** Some columns of a table, kept for one purpose. */
export type Entry = Keeping & Columns

interface Columns {
  table: string
  columns: readonly string[]
  /** Of a sealed column, what is inside. */
  inside?: readonly string[]
  about: About
  what: Localised
  why: Localised
  basis: Basis
  readers: readonly Reader[]
}

export const BASES = {
  task: { 'zh-CN': '办理您来办的事', en: 'to do what you came for' },
  consent: { 'zh-CN': '您自己愿意告诉我们', en: 'because you chose to tell us' },
  duty: { 'zh-CN': '事后可以核查', en: 'so that it can be examined afterwards' },
  running: { 'zh-CN': '系统运行需要', en: 'because the program needs it to run' },
} satisfies Record<string, Localised>

export const KEPT = {
  'day-over': {
    'zh-CN': '当天业务结束、您办完事后删除，最迟到第二天中午',
    en: 'removed when the day is over and your visit is, at noon of the next day at the latest',
  },
  'with-it': {
    'zh-CN': '和它打开的资料一起删除',
    en: 'removed together with what it opens',
  },
  printed: { 'zh-CN': '打印后删除，最多一分钟', en: 'removed when it is printed, after a minute at most' },
  'ran-out': { 'zh-CN': '过期后删除', en: 'removed when it has run out' },
  day: { 'zh-CN': '一天后删除', en: 'removed after a day' },
  week: { 'zh-CN': '一周后删除', en: 'removed after a week' },
  'two-days': { 'zh-CN': '两天后删除', en: 'removed after two days' },
  'two-months': { 'zh-CN': '六十天后删除', en: 'removed after sixty days' },
  session: { 'zh-CN': '退出登录或一天后删除', en: 'removed at sign-out or after a day' },
  audit: { 'zh-CN': '至少六个月', en: 'six months at least' },
  record: {
    'zh-CN': '作为号码记录保留，不含姓名和身份',
    en: 'kept as the record of a number, without name or identity',
  },
  working: { 'zh-CN': '在职期间及留作记录', en: 'while somebody works here, and as the record of it' },
  hall: { 'zh-CN': '随大厅设置保留', en: 'as long as the hall is set up so' },
} satisfies Record<string, Localised>

const DAY = 86_400_000

/** What is removed so long after what it is counted from, ms; of business days whole ones. [DATA4] */
export const KEPT_FOR = {
  'ran-out': 0,
  printed: GIVE_UP_AFTER,
  day: DAY,
  session: SESSION_LIFE,
  // No screen repeats a command of the day before yesterday.
  'two-days': 2 * DAY,
  // Time to follow up what was written, a weekend between.
  week: 7 * DAY,
  'two-months': 60 * DAY,
} satisfies Partial<Record<Kept, number>>

export const READERS = {
  counter: { 'zh-CN': '为您办理的窗口', en: 'the counter that serves you' },
  supervisor: { 'zh-CN': '大厅主管', en: 'the hall’s supervisor' },
  staff: { 'zh-CN': '大厅工作人员', en: 'the hall’s staff' },
  desk: {
    'zh-CN': '窗口和服务台的工作人员、大厅主管',
    en: 'staff at the counters and the desk, and the hall’s supervisor',
  },
  auditor: { 'zh-CN': '审计员', en: 'the auditor' },
  administrator: { 'zh-CN': '系统管理员', en: 'the administrator' },
  yourself: { 'zh-CN': '您自己', en: 'you' },
  everybody: { 'zh-CN': '大厅里所有人', en: 'everybody in the hall' },
  program: { 'zh-CN': '只有程序', en: 'the program alone' },
} satisfies Record<string, Localised>

const SEALED = ['key_id', 'nonce', 'sealed']
const hall = (table: string, columns: readonly string[], what: Localised): Entry => ({
  ...{ table, columns, about: 'nobody', what, basis: 'running', readers: ['staff'], kept: 'hall' },
  why: { 'zh-CN': '让大厅按设置运行', en: 'so that the hall works as it is set up' },
})
const inner = (table: string, columns: readonly string[], keeping: Keeping = { kept: 'hall' }): Entry => ({
  ...keeping,
  ...{ table, columns, about: 'nobody', basis: 'running', readers: ['program'] },
  what: { 'zh-CN': '程序自己的计数和记录', en: 'counts and notes of the program itself' },
  why: { 'zh-CN': '保证不重号、不漏号', en: 'so that no number is lost or given twice' },
})

/**
 * Every column there is: what it holds, why, on what basis, who reads it and how long it is kept. The page about privacy is made
 * of it, and a column that it does not name does not pass the tests. [DATA1]
 */
export const DATA_DICTIONARY: readonly Entry[] = [
  // What residents confide. Sealed for its ticket, and gone when the day and the visit are over.
  {
    ...{ table: 'private_record', columns: ['ticket_id', ...SEALED], about: 'resident' },
    inside: ['need', 'accommodations', 'contact.name', 'contact.phone'],
    what: {
      'zh-CN': '关怀的原因、需要的协助、联系人和电话',
      en: 'why you need care, what help you need, a contact and a phone number',
    },
    why: { 'zh-CN': '让窗口提前准备', en: 'so that the counter can prepare' },
    ...{ basis: 'consent', readers: ['counter', 'supervisor'], kept: 'day-over' },
  },
  {
    ...{ table: 'data_key', columns: ['ticket_id', 'kept', 'key_id', 'nonce', 'wrapped'], about: 'resident' },
    what: {
      'zh-CN': '打开您资料的密钥（本身也加密，只属于这一次来访）',
      en: 'the key to what you confided, itself locked, of this one visit',
    },
    why: {
      'zh-CN': '销毁它，您的资料就再也打不开',
      en: 'once it is destroyed nobody opens what you confided',
    },
    ...{ basis: 'consent', readers: ['program'], kept: 'with-it' },
  },
  {
    ...{ table: 'identity', columns: ['ticket_id', 'site_id', ...SEALED], about: 'resident' },
    inside: ['number', 'name'],
    what: { 'zh-CN': '身份证号和姓名', en: 'the number of your identity card, and your name' },
    why: { 'zh-CN': '不必在窗口再说一遍', en: 'so that you need not say it again at the counter' },
    ...{ basis: 'consent', readers: ['counter', 'supervisor'], kept: 'day-over' },
  },
  {
    ...{ table: 'identity', columns: ['mark', 'offered_to', 'offered_at'], about: 'resident' },
    what: {
      'zh-CN': '身份证号的当天标记，不能还原成号码',
      en: 'a mark of your identity card for this day, which leads back to no number',
    },
    why: {
      'zh-CN': '已经取过号时把原来的号还给您',
      en: 'to give your number back to you when you already have one',
    },
    ...{ basis: 'consent', readers: ['program'], kept: 'day-over' },
  },
  {
    ...{ table: 'material_check', about: 'resident' },
    columns: ['ticket_id', 'service_id', 'said_by', 'at', 'author', ...SEALED],
    inside: ['here', 'missing'],
    what: {
      'zh-CN': '带了哪些材料、还缺哪些',
      en: 'which documents you have with you and which you have not',
    },
    why: { 'zh-CN': '排队之前就告诉您缺什么', en: 'to say before the wait what is missing' },
    ...{ basis: 'task', readers: ['counter', 'supervisor'], kept: 'day-over' },
  },
  {
    ...{ table: 'note', about: 'resident' },
    columns: ['id', 'site_id', 'ticket_id', 'leg_id', 'at', 'author', ...SEALED],
    inside: ['text'],
    what: {
      'zh-CN': '转到下一个窗口时工作人员写的话',
      en: 'what staff write for the next counter when they pass you on',
    },
    why: { 'zh-CN': '您不必从头再讲', en: 'so that you need not begin again' },
    ...{ basis: 'task', readers: ['counter', 'supervisor'], kept: 'day-over' },
  },
  {
    ...{
      table: 'suggestion',
      columns: ['ticket_id', 'site_id', 'day', 'at', 'read_at', ...SEALED],
      about: 'resident',
    },
    inside: ['text'],
    what: { 'zh-CN': '您写给主管的意见', en: 'what you wrote to the supervisor' },
    why: { 'zh-CN': '改进服务', en: 'to do better' },
    ...{ basis: 'consent', readers: ['supervisor'], kept: 'week', since: 'day' },
  },
  {
    ...{ table: 'rating', columns: SEALED, about: 'resident' },
    inside: ['text'],
    what: { 'zh-CN': '评价里写的话', en: 'the words of a rating' },
    why: { 'zh-CN': '改进服务', en: 'to do better' },
    ...{ basis: 'consent', readers: ['supervisor'], kept: 'week', since: 'day' },
  },
  {
    table: 'rating',
    columns: [
      'leg_id',
      'seq',
      'site_id',
      'day',
      'service_id',
      'counter_id',
      'given_by',
      'given_at',
      'level',
      'tags',
      'read_at',
    ],
    about: 'resident',
    what: { 'zh-CN': '评价的星级和标签', en: 'the level and tags of a rating' },
    why: {
      'zh-CN': '按业务统计满意度，五个以上才显示',
      en: 'how content people are with a service, shown from five on',
    },
    ...{ basis: 'consent', readers: ['supervisor'], kept: 'record' },
  },
  // A visit: a number, without who it was.
  {
    ...{ table: 'ticket', about: 'resident' },
    columns: ['id', 'site_id', 'day', 'number', 'lane_id', 'language', 'issued_at', 'farewell'],
    what: { 'zh-CN': '号码、语言和取号时间', en: 'your number, your language and when you took it' },
    why: { 'zh-CN': '叫号', en: 'to call you' },
    ...{ basis: 'task', readers: ['everybody'], kept: 'record' },
  },
  {
    ...{ table: 'ticket', columns: ['code_hash'], about: 'resident' },
    what: {
      'zh-CN': '号票二维码的校验值，不能还原成链接',
      en: 'a check of the code on your ticket, which leads back to no link',
    },
    why: { 'zh-CN': '只有您能在手机上看自己的号', en: 'so that only you see your number on a phone' },
    ...{ basis: 'task', readers: ['program'], kept: 'record' },
  },
  {
    ...{ table: 'leg', about: 'resident' },
    columns: [
      ...['id', 'ticket_id', 'site_id', 'number', 'language', 'lane_id', 'service_id', 'state'],
      ...[
        'counter_id',
        'assigned_counter_id',
        'assigned_staff_id',
        'calls',
        'call_id',
        'call_counter_id',
        'arrived_at',
      ],
      ...['called_at', 'started_at', 'ended_at', 'held_at'],
    ],
    what: {
      'zh-CN': '办什么业务、等了多久、在哪个窗口',
      en: 'what you came for, how long you waited and at which counter',
    },
    why: { 'zh-CN': '排队、叫号和统计', en: 'for the line, the call and the figures' },
    ...{ basis: 'task', readers: ['staff', 'yourself'], kept: 'record' },
  },
  {
    ...{ table: 'leg', about: 'resident' },
    columns: [...['version', 'next', 'hold', 'hold_overdue', 'papers', 'waits_until'], 'on_paper'],
    what: {
      'zh-CN': '还要办什么、为什么暂缓、材料是否留在窗口',
      en: 'what you still came for, why it is on hold, and whether your papers are kept at a counter',
    },
    why: { 'zh-CN': '接着为您办理', en: 'so that your matter goes on' },
    ...{ basis: 'task', readers: ['desk', 'auditor', 'yourself'], kept: 'record' },
  },
  {
    ...{ table: 'leg', about: 'resident' },
    columns: ['credit', 'v', 'n', 'stint', 'skill', 'noted', 'prepare'],
    what: {
      'zh-CN': '是否优先照顾、是否需要手语等、是否要提前准备或有留言',
      en: 'whether you go earlier, whether you need sign language or the like, and whether something is to be prepared or was noted',
    },
    why: { 'zh-CN': '早一点叫到您，大屏上不显示', en: 'to call you earlier; no screen shows it' },
    ...{ basis: 'consent', readers: ['desk', 'auditor'], kept: 'record' },
  },
  {
    ...{
      table: 'interval',
      columns: ['leg_id', 'seq', 'state', 'from_at', 'to_at', 'actor', 'counter_id'],
      about: 'resident',
    },
    what: { 'zh-CN': '号码每一步的时间', en: 'the time of each step of a number' },
    why: { 'zh-CN': '说明为什么等了这么久', en: 'to say why a wait was long' },
    ...{ basis: 'task', readers: ['staff'], kept: 'record' },
  },
  {
    ...{ table: 'event', about: 'resident' },
    columns: ['site_id', 'seq', 'at', 'shifted', 'day', 'type', 'payload', 'counter_id', 'undo'],
    what: {
      'zh-CN': '大厅里发生的每一件事，只有号码',
      en: 'everything that happens in the hall, by number alone',
    },
    why: { 'zh-CN': '所有屏幕保持一致', en: 'so that all screens say the same' },
    ...{ basis: 'task', readers: ['desk', 'auditor'], kept: 'record' },
  },
  {
    ...{ table: 'print_job', about: 'resident' },
    columns: [
      ...[
        'id',
        'site_id',
        'ticket_id',
        'printer_id',
        'device_id',
        'reprint',
        'ahead',
        'open',
        'free',
        'state',
      ],
      ...['attempts', 'asked_at', 'done_at', 'why_before'],
    ],
    what: { 'zh-CN': '号票的打印', en: 'the printing of your ticket' },
    why: { 'zh-CN': '每个号只打一张', en: 'so that each number is printed once' },
    ...{ basis: 'task', readers: ['program'], kept: 'record' },
  },
  {
    ...{ table: 'print_job', columns: ['picture'], about: 'resident' },
    what: {
      'zh-CN': '等着打印的号票图样（加密）',
      en: 'the drawn ticket that waits for the printer, sealed',
    },
    why: { 'zh-CN': '打印机没有的字也能打印', en: 'so that what the printer cannot write is printed too' },
    ...{ basis: 'task', readers: ['program'], kept: 'printed', since: 'asked_at' },
  },
  {
    ...{
      table: 'idempotency',
      columns: ['site_id', 'principal', 'key', 'digest', 'outcome', 'at'],
      about: 'resident',
    },
    what: { 'zh-CN': '已经做过的操作', en: 'what was already done' },
    why: { 'zh-CN': '按两次也只算一次', en: 'so that pressing twice counts once' },
    ...{ basis: 'running', readers: ['program'], kept: 'two-days', since: 'at' },
  },
  {
    ...{ table: 'help_call', about: 'nobody' },
    columns: [
      ...[
        'id',
        'site_id',
        'kiosk',
        'day',
        'state',
        'version',
        'asked_at',
        'escalated_at',
        'answered_at',
        'ended_at',
      ],
      'counter_id',
    ],
    what: { 'zh-CN': '哪台取号机呼叫过帮助', en: 'which kiosk asked for help, and when' },
    why: { 'zh-CN': '尽快有人过来', en: 'so that somebody comes soon' },
    ...{ basis: 'task', readers: ['staff'], kept: 'record' },
  },
  // Those who work here.
  {
    ...{ table: 'account', about: 'staff' },
    columns: [
      'id',
      'site_id',
      'username',
      'name',
      'role',
      'counter_id',
      'skills',
      'active',
      'managed',
      'initial',
    ],
    what: {
      'zh-CN': '工作人员的姓名、岗位和窗口',
      en: 'the name, role and counter of somebody who works here',
    },
    why: { 'zh-CN': '谁可以做什么', en: 'who may do what' },
    ...{ basis: 'task', readers: ['staff'], kept: 'working' },
  },
  {
    ...{ table: 'account', columns: ['password_hash'], about: 'staff' },
    what: { 'zh-CN': '密码的校验值', en: 'a check of a password' },
    why: { 'zh-CN': '登录', en: 'to sign in' },
    ...{ basis: 'running', readers: ['program'], kept: 'working' },
  },
  {
    ...{ table: 'counter', columns: ['staff_id'], about: 'staff' },
    what: { 'zh-CN': '谁在这个窗口在岗', en: 'who sits at a counter' },
    why: { 'zh-CN': '谁在为居民办理', en: 'who serves residents there' },
    ...{ basis: 'task', readers: ['staff'], kept: 'hall' },
  },
  {
    ...{ table: 'site_version', columns: ['accounts', 'applied_by'], about: 'staff' },
    what: {
      'zh-CN': '历次设置里工作人员的姓名和岗位，以及设置是谁改的',
      en: 'names and roles of staff in earlier and coming settings, and who made those',
    },
    why: { 'zh-CN': '可以核对，也可以恢复以前的设置', en: 'so that they can be compared and come back' },
    ...{ basis: 'duty', readers: ['administrator'], kept: 'hall' },
  },
  {
    ...{ table: 'session', about: 'staff' },
    columns: ['id', 'token_hash', 'account_id', 'created_at', 'seen_at', 'origin'],
    what: {
      'zh-CN': '谁在哪种浏览器上登录着，是否在大厅的网络里',
      en: 'who is signed in, in what kind of browser, and whether it is in the hall’s network',
    },
    why: { 'zh-CN': '登录，并发现别人的登录', en: 'to stay signed in, and to find out who else is' },
    ...{ basis: 'running', readers: ['supervisor', 'administrator'], kept: 'session', since: 'created_at' },
  },
  {
    ...{ table: 'sign_in_attempt', columns: ['name_hash', 'failed', 'held_until', 'at'], about: 'staff' },
    what: { 'zh-CN': '登录失败的次数', en: 'how often a sign-in failed' },
    why: { 'zh-CN': '防止猜密码', en: 'so that nobody guesses a password' },
    ...{ basis: 'running', readers: ['program'], kept: 'day', since: 'at' },
  },
  // Its volumes, audit_1 and on, have the same columns.
  {
    ...{ table: 'audit', about: 'staff' },
    columns: [...['volume', 'site_id', 'n', 'at', 'actor', 'origin', 'action', 'subject', 'seq', 'result']],
    what: {
      'zh-CN': '谁在什么时候做了什么，包括谁看过您告诉我们的事',
      en: 'who did what and when, and who read what you confided',
    },
    why: { 'zh-CN': '事后核查，不能修改', en: 'so that it can be examined; nobody can change it' },
    ...{ basis: 'duty', readers: ['auditor', 'supervisor', 'administrator'], kept: 'audit' },
  },
  // The administrator reads it where it is about no ticket. [ROLE7]
  {
    ...{ table: 'audit', columns: ['reason', 'prev', 'hash'], about: 'staff' },
    what: {
      'zh-CN': '为什么这样做，包括为什么看您告诉我们的事',
      en: 'why it was done, and what somebody read what you confided for',
    },
    why: { 'zh-CN': '事后核查，不能修改', en: 'so that it can be examined; nobody can change it' },
    ...{ basis: 'duty', readers: ['auditor', 'supervisor'], kept: 'audit' },
  },
  // Nobody.
  inner('audit_chain', ['site_id', 'n', 'prev', 'hash']),
  inner('audit_head', ['site_id', 'name', 'n', 'hash', 'at', 'bad']),
  inner('audit_volume', ['volume', 'opened_at', 'pruned_at']),
  hall('counter', ['id', 'site_id', 'number', 'status', 'skills', 'version', 'desk', 'since', 'retired'], {
    'zh-CN': '窗口和它们的状态',
    en: 'counters and how they are',
  }),
  hall('counter_lane', ['counter_id', 'lane_id', 'rank', 'threshold'], {
    'zh-CN': '窗口办理的队列',
    en: 'what counters serve',
  }),
  hall(
    'device',
    ['id', 'site_id', 'kind', 'name', 'place', 'token_hash', 'created_at', 'revoked_at', 'seen_at'],
    {
      'zh-CN': '大厅里的屏幕',
      en: 'the screens of the hall',
    },
  ),
  hall(
    'api_key',
    [...['id', 'site_id', 'name', 'scopes', 'key_hash', 'created_at', 'expires_at', 'used_at', 'revoked_at']],
    { 'zh-CN': '可以读取大厅数据的其他系统', en: 'programs that may read figures of the hall' },
  ),
  hall('device', ['build', 'skew', 'error', 'error_at'], {
    'zh-CN': '屏幕的运行状况：版本、时钟、错误的种类',
    en: 'how screens are: their build, their clock, and what kind of error there was last',
  }),
  inner('device', ['token_at', 'next_hash', 'last_hash', 'last_until']),
  inner('pairing', ['secret_hash', 'code_hash', 'kind', 'origin', 'was', 'at', 'until'], {
    ...{ kept: 'ran-out', since: 'until' },
  }),
  inner('device_absence', ['device_id', 'from_at', 'to_at'], { kept: 'two-days', since: 'to_at' }),
  inner('lane_sequence', ['site_id', 'lane_id', 'day', 'last'], { kept: 'two-months', since: 'day' }),
  inner('lane_waiting', ['site_id', 'lane_id', 'waiting']),
  inner('service_day', ['site_id', 'service_id', 'day', 'issued'], { kept: 'two-months', since: 'day' }),
  inner('migration', ['name', 'digest']),
  hall('picture', ['id', 'type', 'data'], { 'zh-CN': '公告图片', en: 'pictures of notices' }),
  hall('printer', ['site_id', 'id', 'state', 'at', 'claimed_until'], {
    'zh-CN': '打印机的状态',
    en: 'how printers are',
  }),
  inner('setup_code', ['code_hash', 'made_at']),
  hall('site', ['id', 'settings', 'revision', 'seq', 'clock', 'clock_held', 'entry', 'day', 'day_seq'], {
    'zh-CN': '大厅的设置',
    en: 'the settings of the hall',
  }),
  hall(
    'site_version',
    [
      ...['id', 'site_id', 'revision', 'settings', 'effective_at', 'applied_at', 'in_force_at'],
      ...['withdrawn_at', 'reverts_to', 'held_up'],
    ],
    { 'zh-CN': '设置的历次版本', en: 'earlier and coming settings' },
  ),
  hall(
    'webhook',
    [
      ...[
        'id',
        'site_id',
        'url',
        'events',
        ...SEALED,
        'active',
        'sent_seq',
        'failures',
        'failing_since',
        'next_at',
      ],
      ...['claimed_until', 'test_at', 'last_at', 'last_status', 'last_error', 'created_at'],
    ],
    { 'zh-CN': '接收叫号消息的其他系统', en: 'programs outside that are told of calls' },
  ),
]
