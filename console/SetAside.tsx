import type { SiteView } from '#protocol/api.ts'
import { Chip } from '#ui/components/Chip.tsx'
import { hourMinute } from '#ui/i18n.ts'
import type { Errand } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { By } from './keys.ts'
import type { Desk } from './model.ts'
import { type HeldRow, keptFromHere, type MissedRow } from './set-aside.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  desk: Desk
  held: readonly HeldRow[]
  missed: readonly MissedRow[]
  pending: string | null
  blocked: boolean
  onRun: (errand: Errand, by: By) => void
}

/** Who is not in line just now, but still here: held and missed tickets, each with its way back. */
export function SetAside({ site, desk, held, missed, pending, blocked, onRun }: Props) {
  if (held.length === 0 && missed.length === 0) return null
  return (
    <section class="line line--aside" aria-label={t('set-aside')}>
      {held.length > 0 && (
        <>
          <h2 class="side-title aside-title">
            {t('held')} <b class="line-count number">{held.length}</b>
          </h2>
          <ul class="aside-list" data-testid="held-list">
            {held.map((row) => (
              <Held key={row.leg.id} {...{ site, desk, row, pending, blocked, onRun }} />
            ))}
          </ul>
        </>
      )}
      {missed.length > 0 && (
        <>
          <h2 class="side-title aside-title">
            {t('missed')} <b class="line-count number">{missed.length}</b>
          </h2>
          <ul class="aside-list" data-testid="missed-list">
            {missed.map(({ leg, minutes }) => (
              <li key={leg.id} class="aside-row" data-testid={`missed-${leg.number}`}>
                <strong class="row-number number">{leg.number}</strong>
                <span class="row-service">
                  {minutes === 0 ? t('ago-now') : t('ago', { n: minutes })}
                  {leg.onPaper && <Chip>{t('on-paper')}</Chip>}
                </span>
                <span class="aside-ways">
                  <KeyButton
                    name={`rejoin-${leg.number}`}
                    label={t('rejoin')}
                    title={t('rejoin-what')}
                    keySign={null}
                    pending={pending}
                    disabled={blocked}
                    onPress={(by) => onRun({ errand: 'rejoin', leg }, by)}
                  />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Held({
  site,
  desk,
  row,
  pending,
  blocked,
  onRun,
}: Omit<Props, 'held' | 'missed'> & { row: HeldRow }) {
  const { leg, since, minutes, old, elsewhere } = row
  const kept = keptFromHere(row, desk)
  const within = site.rules?.holdWithin
  return (
    <li class="aside-row" data-testid={`held-${leg.number}`}>
      <strong class="row-number number">{leg.number}</strong>
      <span class="row-service">
        <span>
          {elsewhere === null
            ? t(`held-${leg.hold ?? 'fetching'}`)
            : t('held-elsewhere', { number: elsewhere })}
        </span>
        {since !== null && (
          <span class="aside-since number">
            {old ? (
              <span
                title={
                  within === undefined ? undefined : t('held-long-what', { n: Math.round(within / 60_000) })
                }
              >
                <Chip tone="amber">{t('held-long', { n: minutes })}</Chip>
              </span>
            ) : (
              t('held-since', { time: hourMinute(since, site.timeZone) })
            )}
          </span>
        )}
      </span>
      <span class="aside-ways">
        <KeyButton
          name={`resume-${leg.number}`}
          label={t('resume-line')}
          title={t('resume-line-what')}
          keySign={null}
          pending={pending}
          disabled={blocked}
          onPress={(by) => onRun({ errand: 'resume', leg, counterId: null }, by)}
        />
        {kept !== 'papers-elsewhere' && (
          <KeyButton
            name={`resume-here-${leg.number}`}
            label={t('resume-here')}
            title={kept === null ? t('resume-here-what') : t('not-free')}
            keySign={null}
            pending={pending}
            disabled={blocked || kept !== null}
            onPress={(by) => onRun({ errand: 'resume', leg, counterId: desk.counter.id }, by)}
          />
        )}
      </span>
    </li>
  )
}
