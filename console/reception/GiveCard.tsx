import type { SiteView } from '#protocol/api.ts'
import { localised } from '#ui/i18n.ts'
import { KeyButton } from '../KeyButton.tsx'
import { t as said } from '../words.ts'
import { KEYS } from './deeds.ts'
import { ACCOMMODATIONS, type Accommodation, type Offer, type Wish, withOrWithout } from './give.ts'
import { t } from './words.ts'
import type { Reception } from './work.ts'

interface Props {
  work: Reception
  site: SiteView
  offers: readonly Offer[]
  /** The ticket whose service is being changed. */
  changing: string | null
  blocked: boolean
}

/** The services, each a number by one key or tap; before it, what this resident needs. [DESK1] */
export function GiveCard({ work, site, offers, changing, blocked }: Props) {
  const wish = work.wish.value
  const set = (more: Partial<Wish>) => {
    work.wish.value = { ...wish, ...more }
  }
  const grants = site.careBy.includes('staff') || site.careBy.includes('declared')
  return (
    <section
      class={changing === null ? 'desk give give--asks-nothing' : 'desk give'}
      aria-labelledby="give-title"
    >
      <header class="give-head">
        <h1 class="desk-counter" id="give-title" aria-live="polite" data-testid="give-title">
          {changing === null ? t('title') : t('change-ask', { number: changing })}
        </h1>
        <p class="quiet">{t(changing === null ? 'lead' : 'change-note')}</p>
      </header>
      {changing === null ? (
        <div class="give-wish">
          {grants && (
            <Wanted
              name="wish-care"
              on={wish.care}
              keySign={KEYS['wish-care']}
              onPress={() => set({ care: !wish.care })}
            />
          )}
          <Wanted
            name="wish-language"
            on={wish.language === 'en'}
            keySign={KEYS['wish-language']}
            onPress={() => set({ language: wish.language === 'en' ? 'zh-CN' : 'en' })}
          />
          <fieldset class="give-prepare" aria-label={t('prepare')}>
            {ACCOMMODATIONS.map((one) => (
              <Wanted
                key={one}
                name={`prepare-${one}`}
                on={wish.accommodations.includes(one)}
                keySign={null}
                onPress={() => {
                  work.wish.value = withOrWithout(wish, one)
                }}
              />
            ))}
          </fieldset>
        </div>
      ) : (
        <div class="give-wish">
          <KeyButton
            name="change-leave"
            tone="quiet"
            label={said('leave')}
            keySign="Esc"
            pending={null}
            disabled={false}
            onPress={work.leave}
          />
        </div>
      )}
      <div class="give-offers">
        {offers.map(({ id, name, letter, waiting, full, key }) => (
          <KeyButton
            key={id}
            name={`${changing === null ? 'give' : 'change'}-${id}`}
            class="offer"
            label={localised(name)}
            note={full ? t('full') : t('waits', { letter, n: waiting })}
            keySign={full ? null : key}
            pending={work.pending.value}
            disabled={blocked || full}
            onPress={(by) => work.take(id, by)}
          />
        ))}
      </div>
    </section>
  )
}

type WishName = 'wish-care' | 'wish-language' | `prepare-${Accommodation}`

/** Something wanted or not, by one tap or its key. */
function Wanted({
  name,
  on,
  keySign,
  onPress,
}: {
  name: WishName
  on: boolean
  keySign: string | null
  onPress: () => void
}) {
  return (
    <button
      type="button"
      class="toggle"
      aria-pressed={on}
      aria-keyshortcuts={keySign ?? undefined}
      data-testid={name}
      onClick={onPress}
    >
      {t(name)}
      {keySign && (
        <span class="act-key" aria-hidden="true">
          {keySign}
        </span>
      )}
    </button>
  )
}
