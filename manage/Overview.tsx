import { effect, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { Action } from '#protocol/actions.ts'
import type { SessionView, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Loading } from '#ui/components/Loading.tsx'
import { LostNotice } from '#ui/components/LostNotice.tsx'
import { later } from '#ui/components/later.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { followSession } from '#ui/follow-session.ts'
import { dayAt } from '#ui/hall-now.ts'
import { watchStaff } from '#ui/live.ts'
import { DayPage } from './DayPage.tsx'
import { HallPage } from './HallPage.tsx'
import type { Page } from './page.ts'
import type { Session } from './session.ts'
import { TopBar } from './TopBar.tsx'
import { createToday } from './today.ts'
import { t } from './words.ts'

/** How often the time moves on, and today's figures are asked for anew, ms. */
const TICK = 1_000
const FIGURES = 60_000

// Fetched behind the first view, long before anybody calls.
const HelpStrip = later(async () => (await import('#ui/help/HelpStrip.tsx')).HelpStrip)

// Hardly ever seen.
const ClockNotice = later(async () => (await import('#ui/clock/ClockNotice.tsx')).ClockNotice)

// Seldom looked at.
const AuditPage = later(async () => (await import('./audit/AuditPage.tsx')).AuditPage)

const ScreensPage = later(async () => (await import('./screens/ScreensPage.tsx')).ScreensPage)

// The administrator's, and seldom.
const ApiKeysPage = later(async () => (await import('./api-keys/ApiKeysPage.tsx')).ApiKeysPage)

// Seldom looked at.
const AccountPage = later(async () => (await import('./account/AccountPage.tsx')).AccountPage)

const AlertStrip = later(async () => (await import('./screens/AlertStrip.tsx')).AlertStrip)

interface Props {
  api: Api
  session: Session
  person: SessionView
  site: SiteView
  page: Page
}

/** What whoever is let in sees, live, whichever page it is. */
export function Overview({ api, session, person, site, page }: Props) {
  const today = useMemo(() => createToday(api, site.id, session.expire), [api, site.id])
  const may = (action: Action) => person.may.includes(action)
  const live = useMemo(
    () =>
      watchStaff(
        { siteId: site.id, onEvent: ({ exception }) => exception && today.refresh() },
        may('read-class') ? 'staff' : 'overview',
      ),
    [site.id, may('read-class')],
  )
  const now = useSignal(live.clock())

  useEffect(() => {
    today.refresh()
    const clock = setInterval(() => {
      now.value = live.clock()
    }, TICK)
    const figures = setInterval(today.refresh, FIGURES)
    return () => {
      clearInterval(clock)
      clearInterval(figures)
      live.close()
    }
  }, [live, today])

  useEffect(() => followSession(live, session), [live, session])
  useEffect(
    () =>
      effect(() => {
        if (live.reasons.value > 0) today.refresh()
      }),
    [live, today],
  )

  const board = live.board.value
  const link = live.link.value
  const error = session.error.value
  return (
    <div class="manage">
      <TopBar
        session={session}
        person={person}
        site={site}
        page={page}
        now={now.value}
        printers={live.printers.value}
      />
      {link === 'lost' && (
        <LostNotice lastHeard={live.lastHeard.value} timeZone={site.timeZone}>
          <span class="lost-advice">{t('lost-advice')}</span>
        </LostNotice>
      )}
      {board && may('answer-help') && (
        <HelpStrip
          api={api}
          site={site}
          help={board.help}
          from={null}
          now={now.value}
          blocked={link !== 'live'}
          onExpired={session.expire}
        />
      )}
      {site.clockHeld && (
        <ClockNotice
          api={api}
          site={site}
          mayConfirm={may('confirm-clock')}
          now={now.value}
          refresh={session.refresh}
        />
      )}
      {error && (
        <div class="notice-strip">
          <Notice tone="amber" title={t('sign-out-failed')}>
            <p>{errorWords(error)}</p>
          </Notice>
        </div>
      )}
      {page.page === 'hall' && <AlertStrip live={live} site={site} now={now.value} />}
      {page.page === 'day' ? (
        <DayPage
          api={api}
          site={site}
          day={page.day}
          today={board ? dayAt(now.value, site) : null}
          readsFeedback={may('read-feedback')}
          answersResidents={may('answer-resident')}
          onExpired={session.expire}
        />
      ) : page.page === 'audit' && may('read-audit') ? (
        <AuditPage
          api={api}
          site={site}
          today={board ? dayAt(now.value, site) : null}
          whole={may('read-class')}
          onExpired={session.expire}
        />
      ) : page.page === 'screens' && may('read-devices') ? (
        <ScreensPage
          api={api}
          site={site}
          live={live}
          now={now.value}
          decides={may('manage-devices')}
          code={page.code}
          onExpired={session.expire}
        />
      ) : page.page === 'api-keys' && may('manage-api-keys') ? (
        <ApiKeysPage api={api} site={site} now={now.value} onExpired={session.expire} />
      ) : page.page === 'account' ? (
        <AccountPage api={api} person={person} site={site} now={now.value} onExpired={session.expire} />
      ) : board ? (
        <HallPage
          api={api}
          site={site}
          person={person}
          board={board}
          today={today.report.value}
          now={now.value}
          old={link !== 'live'}
          onExpired={session.expire}
        />
      ) : (
        <Loading />
      )}
    </div>
  )
}
