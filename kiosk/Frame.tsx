import type { ComponentChildren } from 'preact'
import { Chip } from '#ui/components/Chip.tsx'
import { LanguageSwitch } from '#ui/components/LanguageSwitch.tsx'
import { SizeSwitch } from '#ui/components/SizeSwitch.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { dayAndWeekday, hourMinute, localised } from '#ui/i18n.ts'
import { shared } from '#ui/words.ts'
import type { Hall } from './hall.ts'
import { useNow } from './use-now.ts'
import { t } from './words.ts'

/** What stands around every screen: whose hall this is, text size and language, the time, and where to find help. */
export function Frame({ hall, name, children }: { hall: Hall; name: string; children: ComponentChildren }) {
  const site = hall.site.value
  return (
    <div class="frame">
      <header class="frame-top">
        <Wordmark />
        {site && <p class="frame-hall">{localised(site.name)}</p>}
        <div class="frame-switches">
          <SizeSwitch />
          <LanguageSwitch />
        </div>
      </header>
      <main class="frame-main">{children}</main>
      <footer class="frame-foot">
        <p>{t('help')}</p>
        {site && <Clock clock={hall.live.clock} timeZone={site.timeZone} />}
        {site?.demo && <Chip tone="accent">{shared('demo')}</Chip>}
        <span class="frame-name">{name}</span>
      </footer>
    </div>
  )
}

function Clock({ clock, timeZone }: { clock: () => number; timeZone: string }) {
  const now = useNow(clock)
  return (
    <p class="frame-clock">
      {dayAndWeekday(now, timeZone)} <span class="number">{hourMinute(now, timeZone)}</span>
    </p>
  )
}
