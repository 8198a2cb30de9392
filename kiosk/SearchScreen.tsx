import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { SiteView } from '#protocol/api.ts'
import type { PublicBoard } from '#protocol/board.ts'
import { Button } from '#ui/components/Button.tsx'
import { Icon } from '#ui/components/Icon.tsx'
import { ScreenTitle } from '#ui/components/ScreenTitle.tsx'
import { language } from '#ui/i18n.ts'
import { everydayWords, found, turned } from './search.ts'
import { Tiles } from './Tiles.tsx'
import type { VisitSteps } from './visit.ts'
import { t } from './words.ts'

interface Props {
  site: SiteView
  /** null: the server is away, and nothing is said of the lanes. */
  board: PublicBoard | null
  steps: VisitSteps
}

/** Longer than this nobody types. */
const LONGEST = 40

/** A service by the words people use: typed, or touched. What is found stands in the same tiles as at home. [SEARCH2] */
export function SearchScreen({ site, board, steps }: Props) {
  const said = useSignal('')
  /** Which of the pages of everyday words. */
  const page = useSignal(0)
  const composing = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  // A keyboard that is there types at once.
  useEffect(() => field.current?.focus(), [])
  const results = found(site.services, said.value)
  const all = everydayWords(site.services, language.value)
  const words = turned(all, page.value)
  const say = (word: string) => {
    said.value = word
    if (field.current) field.current.value = word
  }
  return (
    <div class="search" data-testid="search-screen">
      <div class="search-head">
        <Button tone="quiet" large icon="back" onClick={() => steps.back()} data-testid="back">
          {t('back')}
        </Button>
        <ScreenTitle>{t('search-title')}</ScreenTitle>
      </div>
      <div class="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="text"
          aria-label={t('search-title')}
          placeholder={t('search-hint')}
          maxLength={LONGEST}
          autocomplete="off"
          autocorrect="off"
          spellcheck={false}
          enterKeyHint="search"
          data-testid="search-field"
          onCompositionStart={() => {
            composing.current = true
          }}
          onCompositionEnd={(event) => {
            composing.current = false
            said.value = event.currentTarget.value
          }}
          onInput={(event) => {
            // Half a syllable of an input method is not a word yet.
            if (!composing.current) said.value = event.currentTarget.value
          }}
        />
        {said.value !== '' && (
          <Button icon="close" onClick={() => say('')} data-testid="search-clear">
            {t('search-clear')}
          </Button>
        )}
      </div>
      <div class="search-below" aria-live="polite">
        {results.length > 0 ? (
          <Tiles site={site} board={board} services={results} onChoose={steps.choose} />
        ) : (
          <>
            <h2 class="search-often">
              {said.value.trim() === ''
                ? t(words.length > 0 ? 'search-often' : 'search-type')
                : t('search-none')}
            </h2>
            <ul class="search-words">
              {words.map((word) => (
                <li key={word}>
                  <Button large onClick={() => say(word)} data-testid={`say-${word}`}>
                    {word}
                  </Button>
                </li>
              ))}
            </ul>
            {all.length > words.length && (
              <Button
                tone="quiet"
                large
                icon="repeat"
                class="search-more"
                onClick={() => {
                  page.value += 1
                }}
                data-testid="search-more"
              >
                {t('search-more')}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  )
}
