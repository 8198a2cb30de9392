import type { SiteView } from '#protocol/api.ts'
import { Button } from '#ui/components/Button.tsx'
import { Qr } from '#ui/components/Qr.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { language, localised } from '#ui/i18n.ts'
import { missingOf, toBring } from './bring.ts'
import { listText } from './take-list.ts'
import type { VisitSteps } from './visit.ts'
import type { Wish } from './wish.ts'
import { t } from './words.ts'

interface Props {
  wish: Wish
  site: SiteView
  steps: VisitSteps
  onHome: () => void
}

/** The list to take along: its code holds the words themselves, and paper the same. [CHECK3] */
export function ListScreen({ wish, site, steps, onHome }: Props) {
  const missing = missingOf(wish)
  const rest = toBring(wish.services).filter((material) => !missing.includes(material))
  return (
    <div class="question list" data-testid="list-screen">
      <ScreenTitle>{t('list-title')}</ScreenTitle>
      <div class="list-sheets">
        <section class="list-sheet">
          <p class="list-hall">{localised(site.name)}</p>
          <h2>
            {wish.services.map(({ name }) => localised(name)).join(language.value === 'en' ? ', ' : '、')}
          </h2>
          <h3>{t('list-missing')}</h3>
          <ul class="list-items">
            {missing.map((material) => (
              <li key={material['zh-CN']}>
                {localised(material)}
                {material.where && <small>{localised(material.where)}</small>}
              </li>
            ))}
          </ul>
          {rest.length > 0 && (
            <>
              <h3>{t('list-rest')}</h3>
              <ul class="list-items">
                {rest.map((material) => (
                  <li key={material['zh-CN']}>{localised(material)}</li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section class="list-code">
          <Qr text={listText(localised(site.name), wish, language.value)} testId="list-qr" />
          <p>{t('list-qr')}</p>
        </section>
      </div>
      <div class="list-go">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <Button large icon="document" onClick={() => window.print()} data-testid="print-list">
          {t('list-print')}
        </Button>
        <Button large icon="ticket" onClick={steps.goOn} data-testid="wait-anyway">
          {t('wait-anyway')}
        </Button>
        <Button tone="primary" large onClick={onHome} data-testid="done">
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
