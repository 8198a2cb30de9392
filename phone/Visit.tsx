import type { TicketView } from '#protocol/board.ts'
import { Icon } from '#ui/components/Icon.tsx'
import { localised } from '#ui/i18n.ts'
import { stepsShown, stepWords } from './ticket-words.ts'
import { t } from './words.ts'

/** The matters of the visit, in order. [PHONE9] */
export function Steps({ ticket }: { ticket: TicketView }) {
  const steps = stepsShown(ticket)
  if (steps.length === 0) return null
  return (
    <section class="steps">
      <h2>{t('steps')}</h2>
      <ol>
        {steps.map((step, n) => (
          <li key={step.serviceName.en} class={`step step--${step.state}`} data-testid={`step-${n + 1}`}>
            <span class="step-mark number" aria-hidden="true">
              {step.state === 'done' ? <Icon name="check" /> : n + 1}
            </span>
            <span class="step-name">{localised(step.serviceName)}</span>
            <span class="step-state">{stepWords(step)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What to bring, while there is time to look for it. [PHONE10] */
export function Materials({ materials }: Pick<TicketView, 'materials'>) {
  if (materials.length === 0) return null
  return (
    <section class="bring" data-testid="phone-bring">
      <h2>{t('bring')}</h2>
      <ul>
        {materials.map((material) => (
          <li key={material.en}>
            <Icon name="document" />
            <span>
              {localised(material)}
              {material.where && <small>{localised(material.where)}</small>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the hall says to somebody it sent home. [PHONE11] */
export function Farewell({ note }: { note: NonNullable<TicketView['farewell']> }) {
  return (
    <section class="farewell" role="status" data-testid="phone-farewell">
      <h2>{t('farewell')}</h2>
      <p>{localised(note)}</p>
    </section>
  )
}
