import type { ComponentChildren } from 'preact'
import { PracticeBand } from '#ui/components/PracticeBand.tsx'
import { Wordmark } from '#ui/components/Wordmark.tsx'
import { dayAndWeekday, hourMinute, localised } from '#ui/i18n.ts'
import { AccessBar } from './AccessBar.tsx'
import type { Hall } from './hall.ts'
import { useNow } from './use-now.ts'
import { useWalk } from './use-walk.ts'

interface Props {
  hall: Hall
  name: string
  /** Said above every screen. */
  above?: ComponentChildren
  children: ComponentChildren
}

/** What stands around every screen: whose hall this is, the time, help, and how the screen is to be seen and heard. */
export function Frame({ hall, name, above, children }: Props) {
  const site = hall.site.value
  useWalk()
  return (
    <>
      {site?.practice && <PracticeBand />}
      <div class="frame">
        <header class="frame-top">
          <Wordmark />
          {site && <p class="frame-hall">{localised(site.name)}</p>}
          {site && <Clock clock={hall.live.clock} timeZone={site.timeZone} />}
          {above}
        </header>
        <main class="frame-main">{children}</main>
        <AccessBar hall={hall} name={name} />
      </div>
    </>
  )
}

function Clock({ clock, timeZone }: { clock: () => number; timeZone: string }) {
  const now = useNow(clock)
  return (
    <p class="frame-clock">
      <span class="frame-day">{dayAndWeekday(now, timeZone)}</span>{' '}
      <span class="number">{hourMinute(now, timeZone)}</span>
    </p>
  )
}
