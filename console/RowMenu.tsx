import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import { CALL_REASONS, type Choice, type Errand, otherLanguage } from './errand.ts'
import { KeyButton } from './KeyButton.tsx'
import type { By } from './keys.ts'
import type { Desk, Leg } from './model.ts'
import { t } from './words.ts'

interface Props {
  leg: Leg
  site: SiteView
  desk: Desk
  /** Another matter of the ticket is under way. */
  elsewhere: boolean
  choices: readonly Choice[]
  pending: string | null
  blocked: boolean
  onRun: (errand: Errand, by: By) => void
  onClose: () => void
}

/** What asks once more before it is done. */
type Question = Exclude<Choice, 'care' | 'print' | 'more-time' | 'language'>

/** What can be done with a ticket that waits. Care is a matter of one press; the rest asks once more. */
export function RowMenu({ leg, site, desk, elsewhere, choices, pending, blocked, onRun, onClose }: Props) {
  const asking = useSignal<Question | null>(null)
  const menu = useRef<HTMLFieldSetElement>(null)
  const { number } = leg
  // The button that asked is gone: the focus goes to what changed, never to an answer.
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current) menu.current?.focus({ preventScroll: true })
    opened.current = true
  }, [asking.value])

  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (asking.value === null) onClose()
    else asking.value = null
  }
  const back = (
    <KeyButton
      name={`menu-back-${number}`}
      tone="quiet"
      label={t('keep')}
      keySign={null}
      pending={pending}
      disabled={false}
      onPress={() => {
        asking.value = null
      }}
    />
  )
  const button = (name: string, label: string, errand: Errand, danger = false) => (
    <KeyButton
      key={name}
      name={name}
      tone={danger ? 'danger' : 'plain'}
      label={label}
      keySign={null}
      pending={pending}
      disabled={blocked}
      onPress={(by) => onRun(errand, by)}
    />
  )
  const question = (choice: Question, name: string, disabled = false, title?: string) => (
    <KeyButton
      key={choice}
      name={name}
      label={t(`menu-${choice}`)}
      title={title}
      keySign={null}
      pending={pending}
      disabled={blocked || disabled}
      onPress={() => {
        asking.value = choice
      }}
    />
  )
  const isFree = desk.state === 'idle'

  return (
    <fieldset
      class="menu"
      id="row-menu"
      aria-label={t('menu-of', { number })}
      ref={menu}
      tabIndex={-1}
      onKeyDown={leave}
      data-testid="row-menu"
    >
      {asking.value === null && (
        <div class="menu-ways">
          {button(`care-${number}`, t(leg.credit > 0 ? 'care-off' : 'care-on'), {
            errand: 'care',
            leg,
            care: leg.credit === 0,
          })}
          {question('change-service', `change-${number}`)}
          {button(`more-time-${number}`, t('menu-let-first'), { errand: 'more-time', leg })}
          {button(`language-${number}`, t(`language-${otherLanguage(leg)}`), {
            errand: 'language',
            leg,
            language: otherLanguage(leg),
          })}
          {choices.includes('skill') && question('skill', `skill-${number}`)}
          {choices.includes('print') && button(`print-${number}`, t('menu-print'), { errand: 'print', leg })}
          {question('cancel', `cancel-${number}`)}
          {choices.includes('call') &&
            question(
              'call',
              `call-${number}`,
              !isFree || elsewhere,
              elsewhere ? t('elsewhere') : isFree ? undefined : t('not-free'),
            )}
        </div>
      )}
      {asking.value === 'change-service' && (
        <>
          <p class="menu-ask">{t('change-ask')}</p>
          <div class="menu-ways">
            {site.services
              .filter(({ id }) => id !== leg.serviceId)
              .map(({ id, name }) =>
                button(`change-${number}-${id}`, localised(name), {
                  errand: 'change-service',
                  leg,
                  serviceId: id,
                }),
              )}
            {back}
          </div>
        </>
      )}
      {asking.value === 'skill' && (
        <>
          <p class="menu-ask">{t('skill-ask', { number })}</p>
          <div class="menu-ways">
            {site.skills
              .filter(({ id }) => id !== leg.skill)
              .map(({ id, name }) =>
                button(`skill-${number}-${id}`, localised(name), { errand: 'skill', leg, skill: id }),
              )}
            {leg.skill !== null &&
              button(`skill-${number}-none`, t('skill-none'), { errand: 'skill', leg, skill: null })}
            {back}
          </div>
        </>
      )}
      {asking.value === 'cancel' && (
        <>
          <p class="menu-ask">{t('cancel-ask', { number })}</p>
          <div class="menu-ways">
            {back}
            {button(`cancel-sure-${number}`, t('cancel-sure'), { errand: 'cancel', leg }, true)}
          </div>
        </>
      )}
      {asking.value === 'call' && (
        <>
          <p class="menu-ask">{t('call-ask', { number })}</p>
          <div class="menu-ways">
            {CALL_REASONS.map((reason) =>
              button(`call-${number}-${reason}`, t(`reason-${reason}`), {
                errand: 'call',
                leg,
                counterId: desk.counter.id,
                reason,
              }),
            )}
            {back}
          </div>
        </>
      )}
    </fieldset>
  )
}
