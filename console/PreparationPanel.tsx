import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PreparationResponse, SiteView } from '#protocol/api.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { type Api, errorKeyOf } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { later } from '#ui/components/later.tsx'
import { errorWords } from '#ui/error-words.ts'
import { localised } from '#ui/i18n.ts'
import { KeyButton } from './KeyButton.tsx'
import { KEYS, type PanelKeys } from './keys.ts'
import type { Leg } from './model.ts'
import {
  allThere,
  corrected,
  type Found,
  hasMasked,
  isNotKept,
  materialRows,
  notByVoice,
  withCheck,
} from './preparation.ts'
import { t } from './words.ts'

// Only with a resident who has confided something.
const RevealLines = later(async () => (await import('./reveal/RevealLines.tsx')).RevealLines)

interface Props {
  api: Api
  leg: Leg
  site: SiteView
  disabled: boolean
  panelKeys: PanelKeys
  onExpired: () => void
}

/**
 * What to prepare for the resident at the counter, and which materials are there. Fetched when the ticket comes, and gone
 * with it; that they were seen is known to this desk only, because nobody else needs it. [CHECK6] [PREPARE4]
 */
export function PreparationPanel({ api, leg, site, disabled, panelKeys, onExpired }: Props) {
  const found = useSignal<PreparationResponse | null>(null)
  const error = useSignal<ErrorKey | null>(null)
  const saying = useSignal(false)
  /** The call in which they were seen. */
  const seen = useSignal<number | null>(null)
  const failed = (thrown: unknown) => {
    const key = errorKeyOf(thrown)
    if (key === 'unauthenticated') onExpired()
    else error.value = key
  }
  const fetchIt = async () => {
    error.value = null
    await api.preparation(leg.ticketId).then((fresh) => {
      found.value = fresh
    }, failed)
  }
  const needs = site.services.find(({ id }) => id === leg.serviceId)?.materials.length ?? 0
  useEffect(() => {
    if (leg.prepare || leg.credit > 0 || needs > 0 || site.identity) void fetchIt()
  }, [leg.id])

  const rows = found.value ? materialRows(site, leg, found.value) : []
  const say = async ({ here, missing }: Found) => {
    if (found.value === null || saying.value || disabled) return
    saying.value = true
    error.value = null
    await api.checkMaterials(leg.ticketId, { serviceId: leg.serviceId, here, missing }).then((check) => {
      if (found.value) found.value = withCheck(found.value, check)
    }, failed)
    saying.value = false
  }
  useEffect(() => {
    panelKeys.allThere = rows.length > 0 ? () => void say(allThere(rows)) : null
    return () => {
      panelKeys.allThere = null
    }
  })

  const accommodations = found.value?.accommodations ?? []
  const unheard = notByVoice(site, leg, accommodations, seen.value)
  const checked = rows.length > 0 && rows.every(({ said, by }) => said === 'here' && by === 'counter')
  return (
    <div class="preparation" data-testid="preparation">
      {found.value && hasMasked(found.value) && (
        <RevealLines
          key={leg.ticketId}
          {...{ api, panelKeys, onExpired }}
          ticketId={leg.ticketId}
          found={found.value}
        />
      )}
      {found.value && isNotKept(leg, found.value) && (
        <p class="preparation-what" data-testid="not-kept">
          {t('prepare-not-kept')}
        </p>
      )}
      {accommodations.length > 0 && (
        <p class="preparation-what" data-testid="accommodations">
          <Icon name="person" />
          {t('prepare-what')}{' '}
          <strong>{accommodations.map((each) => t(`prepare-${each}`)).join(t('and'))}</strong>
        </p>
      )}
      {unheard && (
        <p class="preparation-unheard" role="status" data-testid="not-by-voice">
          {t('not-by-voice')}
          <Button
            onClick={() => {
              seen.value = leg.callId
            }}
            data-testid="seen"
          >
            {t('seen')}
          </Button>
        </p>
      )}
      {rows.length > 0 && (
        <div class="preparation-materials">
          <ul aria-label={t('materials')}>
            {rows.map(({ material, said, by }) => (
              <li key={material['zh-CN']}>
                <button
                  type="button"
                  class="paper"
                  data-said={said ?? 'none'}
                  data-by={by ?? 'nobody'}
                  disabled={disabled || saying.value}
                  title={t(
                    by === 'counter'
                      ? 'material-checked'
                      : by === 'resident'
                        ? 'material-told'
                        : 'material-unsaid',
                  )}
                  data-testid={`material-${material['zh-CN']}`}
                  onClick={() => void say(corrected(rows, material['zh-CN']))}
                >
                  {said === 'here' && <Icon name="check" />}
                  {said === 'missing' && <Icon name="close" />}
                  {localised(material)}
                  <small>{t(`material-${said ?? 'none'}`)}</small>
                </button>
              </li>
            ))}
          </ul>
          {checked ? (
            <span class="preparation-checked" data-testid="all-there">
              <Icon name="check" />
              {t('materials-checked')}
            </span>
          ) : (
            <KeyButton
              name="materials"
              label={t('materials-all')}
              keySign={KEYS.materials}
              pending={saying.value ? 'materials' : null}
              disabled={disabled}
              onPress={() => void say(allThere(rows))}
            />
          )}
        </div>
      )}
      {error.value && (
        <p class="preparation-error" role="alert">
          {errorWords(error.value)}
          {found.value === null && <Button onClick={() => void fetchIt()}>{t('again')}</Button>}
        </p>
      )}
    </div>
  )
}
