import { useSignal } from '@preact/signals'
import type { SaidResponse, SiteView } from '#protocol/api.ts'
import type { Api } from '#ui/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Chip } from '#ui/components/Chip.tsx'
import { Notice } from '#ui/components/Notice.tsx'
import { errorWords } from '#ui/error-words.ts'
import { hourMinute, localised } from '#ui/i18n.ts'
import { tagWords } from '#ui/rating/tags.ts'
import { t as rated } from '#ui/rating/words.ts'
import { useSteps } from '#ui/steps.ts'
import { t } from './words.ts'

interface Props {
  api: Pick<Api, 'feedback'>
  site: SiteView
  day: string
  /** Low ratings, what was written and suggestions that nobody has read yet. */
  unread: number
  onExpired: () => void
}

/** Low ratings and what residents wrote: fetched when somebody asks, because every reading is written down. [RATE6] */
export function Feedback({ api, site, day, unread, onExpired }: Props) {
  const said = useSignal<SaidResponse['items'] | null>(null)
  const { busy, error, carryOut } = useSteps(onExpired)
  const read = () =>
    carryOut(async () => {
      said.value = await api.feedback(site.id, day)
    })
  return (
    <section class="feedback below-sheet" aria-labelledby="feedback-title">
      <h2 id="feedback-title">
        {t('feedback')}
        {unread > 0 && !said.value && (
          <span data-testid="feedback-unread">
            <Chip tone="amber">{t('feedback-unread', { n: unread })}</Chip>
          </span>
        )}
      </h2>
      {!said.value && (
        <>
          <p class="quiet">{t('feedback-lead')}</p>
          <Button icon="document" busy={busy.value} onClick={read} data-testid="feedback-read">
            {t('feedback-read')}
          </Button>
        </>
      )}
      {error.value && <Notice tone="madder">{errorWords(error.value)}</Notice>}
      {said.value?.length === 0 && <p>{t('feedback-none')}</p>}
      {said.value && said.value.length > 0 && (
        <ol class="feedback-list">
          {said.value.map((one, index) => (
            <li key={index} data-testid="feedback-item">
              <p class="feedback-head">
                <span class="number">{hourMinute(one.at, site.timeZone)}</span>
                <strong>{one.level === null ? t('feedback-suggestion') : rated(`level-${one.level}`)}</strong>
                {one.serviceId !== null && <span>{nameOf(site, one.serviceId)}</span>}
              </p>
              {one.tags.length > 0 && <p>{one.tags.map(tagWords).join(' · ')}</p>}
              {one.text !== null && <p class="feedback-text">{one.text}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function nameOf({ services }: SiteView, serviceId: string): string {
  const service = services.find(({ id }) => id === serviceId)
  return service ? localised(service.name) : serviceId
}
