import type { SiteView } from '#protocol/api.ts'
import type { DeviceItem } from '#protocol/device.ts'
import { dayAt } from '#ui/hours.ts'
import { createI18n, dayAndWeekday, hourMinute } from '#ui/i18n.ts'
import type { Alert } from './alerts.ts'

export const { t, messages } = createI18n({
  'zh-CN': {
    'alerts-title': '需要处理',
    'alert-silent': '{name} 已有 {minutes} 分钟没有消息。请看它是否通电、联网；不再使用的请在这里停用。',
    'alert-paper-low': '打印机 {name} 的纸快用完了，请备好新纸。',
    'alert-paper-out': '打印机 {name} 没有纸了，请换纸。',
    'alert-cover-open': '打印机 {name} 的盖子没关好，请合上。',
    'alert-fault': '打印机 {name} 有故障。请关机再开，仍不行请报修。',
    'alert-offline': '打印机 {name} 连不上。请看它的电源和网线。',
    'alert-error': '{name} 的页面在 {time} 出过错（{error}）。请看它是否正常，必要时重新打开页面。',
    'alert-clock': '{name} 的时钟{off}。请在那台机器上校准时间。',
    'alert-old-build': '{name} 用的不是现在的版本。请在它空闲时重新打开页面。',
    printer: '打印机 {name}',
    strip: '屏幕和打印机有 {n} 件事要处理：{names}',
    'strip-look': '去看看',
    'fact-online': '在线',
    'fact-last': '最后消息 {time}',
    'fact-never': '还没有消息',
    'fact-build': '版本 {name}',
    'fact-build-latest': '版本 {name}（最新）',
    'fact-clock': '时钟准确',
    'fact-clock-off': '时钟{off}',
    'fact-error': '{time} 出错：{error}',
    'fact-ready': '打印机 {name} 正常',
    'fact-unknown': '打印机 {name} 状态未知',
    'fact-paper-low': '打印机 {name} 纸快用完',
    'fact-paper-out': '打印机 {name} 缺纸',
    'fact-cover-open': '打印机 {name} 盖子没关好',
    'fact-fault': '打印机 {name} 有故障',
    'fact-offline': '打印机 {name} 连不上',
    'seconds-fast': '快 {n} 秒',
    'seconds-slow': '慢 {n} 秒',
    'minutes-fast': '快 {n} 分钟',
    'minutes-slow': '慢 {n} 分钟',
  },
  en: {
    'alerts-title': 'To be done',
    'alert-silent':
      '{name}: nothing heard for {minutes} minutes. See whether it has power and network; switch it off here if it is not used any more.',
    'alert-paper-low': 'Printer {name}: paper is running low. Have a new roll at hand.',
    'alert-paper-out': 'Printer {name}: out of paper. Put in a new roll.',
    'alert-cover-open': 'Printer {name}: its cover is open. Close it.',
    'alert-fault': 'Printer {name}: a fault. Switch it off and on; if that does not help, have it mended.',
    'alert-offline': 'Printer {name}: cannot be reached. Look at its power and its cable.',
    'alert-error':
      '{name}: something went wrong in its page at {time} ({error}). See whether it works, and open the page anew if not.',
    'alert-clock': '{name}: its clock is {off}. Set the time of that machine.',
    'alert-old-build':
      '{name}: it shows another version than the present one. Open its page anew when it is idle.',
    printer: 'printer {name}',
    strip: '{n} {n|thing|things} to be done about screens and printers: {names}',
    'strip-look': 'Look',
    'fact-online': 'in touch',
    'fact-last': 'last heard {time}',
    'fact-never': 'nothing heard yet',
    'fact-build': 'version {name}',
    'fact-build-latest': 'version {name} (the latest)',
    'fact-clock': 'clock right',
    'fact-clock-off': 'clock {off}',
    'fact-error': 'error at {time}: {error}',
    'fact-ready': 'printer {name} ready',
    'fact-unknown': 'printer {name} not asked yet',
    'fact-paper-low': 'printer {name}: paper low',
    'fact-paper-out': 'printer {name}: out of paper',
    'fact-cover-open': 'printer {name}: cover open',
    'fact-fault': 'printer {name}: fault',
    'fact-offline': 'printer {name}: not reached',
    'seconds-fast': '{n} s fast',
    'seconds-slow': '{n} s slow',
    'minutes-fast': '{n} min fast',
    'minutes-slow': '{n} min slow',
  },
})

type Zone = Pick<SiteView, 'timeZone'>
type Health = Pick<DeviceItem, 'online' | 'seenAt' | 'build' | 'skew' | 'error' | 'printer'>

/** What is the matter, and what to do. [HEALTH5] */
export function alertWords(alert: Alert, timeZone: string, now: number): string {
  const { name } = alert
  switch (alert.kind) {
    case 'silent':
      return t('alert-silent', { name, minutes: Math.floor((now - alert.since) / 60_000) })
    case 'printer':
      return t(`alert-${alert.state}`, { name })
    case 'error':
      return t('alert-error', { name, error: alert.error, time: hourMinute(alert.at, timeZone) })
    case 'clock':
      return t('alert-clock', { name, off: offWords(alert.skew) })
    case 'old-build':
      return t('alert-old-build', { name })
  }
}

/** What an alert is about, for a line that counts them. */
export function alertSubject({ kind, name }: Alert): string {
  return kind === 'printer' ? t('printer', { name }) : name
}

/** How a screen is, in short: word, version, clock, paper, error. `bad`: not as it should be. */
export function healthFacts(
  { online, seenAt, build, skew, error, printer }: Health,
  site: Zone,
  now: number,
): { key: string; words: string; bad: boolean }[] {
  const time = (at: number) =>
    dayAt(at, site) === dayAt(now, site)
      ? hourMinute(at, site.timeZone)
      : `${dayAndWeekday(at, site.timeZone)} ${hourMinute(at, site.timeZone)}`
  const facts = [
    online
      ? { key: 'heard', words: t('fact-online'), bad: false }
      : {
          key: 'heard',
          words: seenAt === null ? t('fact-never') : t('fact-last', { time: time(seenAt) }),
          bad: true,
        },
  ]
  if (build) {
    const name = build.name.replace(/^index-|\.js$/g, '')
    facts.push({
      key: 'version',
      words: t(build.latest ? 'fact-build-latest' : 'fact-build', { name }),
      bad: !build.latest,
    })
  }
  if (skew !== null) {
    const off = Math.abs(skew) > CLOCK_SAID
    facts.push({
      key: 'clock',
      words: off ? t('fact-clock-off', { off: offWords(skew) }) : t('fact-clock'),
      bad: off,
    })
  }
  if (printer) {
    const { id: name, state } = printer
    facts.push({
      key: 'paper',
      words: t(`fact-${state}`, { name }),
      bad: state !== 'ready' && state !== 'unknown',
    })
  }
  if (error) {
    facts.push({
      key: 'error',
      words: t('fact-error', { error: error.name, time: time(error.at) }),
      bad: true,
    })
  }
  return facts
}

/** A clock that is off by less is right enough to say so, ms. */
const CLOCK_SAID = 5_000

function offWords(skew: number): string {
  const seconds = Math.round(Math.abs(skew) / 1_000)
  const way = skew > 0 ? 'fast' : 'slow'
  if (seconds < 120) return t(`seconds-${way}`, { n: seconds })
  return t(`minutes-${way}`, { n: Math.round(seconds / 60) })
}
