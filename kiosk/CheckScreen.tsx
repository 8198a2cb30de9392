import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { localised } from '#ui/i18n.ts'
import { type Ticks, toBring } from './bring.ts'
import { Choice } from './Choice.tsx'
import type { VisitSteps } from './visit.ts'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

/**
 * Is all there that is needed? Asked before the wait, not after it. Who has everything says so with one touch; to say each
 * is beside it, and so is leaving it out. [CHECK1]
 */
export function CheckScreen({ wish, ticks, steps }: { wish: Wish; ticks: Ticks; steps: VisitSteps }) {
  const materials = toBring(wish.services)
  const missing = ticks === null ? 0 : materials.length - ticks.length
  return (
    <div class="question check" data-testid="check-screen">
      <Choice wish={wish} onGuide={steps.readGuide} />
      <ScreenTitle>{t('check-title')}</ScreenTitle>
      <p class="question-lead">{t(ticks === null ? 'check-lead' : 'check-each')}</p>
      <ul class="check-list" data-many={materials.length > 4}>
        {materials.map((material) => {
          const name = material['zh-CN']
          const here = ticks?.includes(name) ?? false
          return (
            <li key={name}>
              <button
                type="button"
                class="check-item"
                aria-pressed={here}
                data-said={ticks !== null}
                data-testid={`have-${name}`}
                onClick={() => steps.tick(name)}
              >
                <span class="check-mark">{here && <Icon name="check" />}</span>
                <span class="check-name">{localised(material)}</span>
                {ticks !== null && <span class="check-said">{t(here ? 'check-here' : 'check-missing')}</span>}
              </button>
            </li>
          )
        })}
      </ul>
      <div class="check-go">
        {missing === 0 ? (
          <Button tone="primary" large onClick={steps.haveAll} data-testid="have-all">
            <Icon name="check" />
            {t('check-all')}
          </Button>
        ) : (
          <Button tone="primary" large onClick={steps.checked} data-testid="checked">
            {t('check-some', { n: missing })}
          </Button>
        )}
        {missing > 0 && (
          <Button large onClick={steps.haveAll} data-testid="have-all">
            {t('check-all')}
          </Button>
        )}
        {ticks === null && (
          <Button large onClick={steps.haveSome} data-testid="have-some">
            {t('check-not-all')}
          </Button>
        )}
      </div>
      <div class="check-beside">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <Button tone="quiet" large onClick={steps.goOn} data-testid="check-skip">
          {t('check-skip')}
        </Button>
      </div>
    </div>
  )
}
