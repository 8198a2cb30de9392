import './rating.css'
import { useId } from 'preact/hooks'
import { LEVELS, type Level, RATING_TAGS, WRITTEN_MOST } from '#domain/rating.ts'
import type { ErrorKey } from '#protocol/errors.ts'
import { Button } from '../components/Button.tsx'
import { Notice } from '../components/Notice.tsx'
import { localised } from '../i18n.ts'
import type { OwnRating } from './own-rating.ts'
import { also, t } from './words.ts'

interface Props {
  own: OwnRating
  service: string | null
  /** Headings in the other language, too. */
  twice?: boolean
  /** Nothing more is wanted. */
  onDone: () => void
}

/** Five faces; after one is touched, tags and words for whoever likes. Nobody has to. [RATE9] */
export function RatingForm({ own, service, twice, onDone }: Props) {
  const { level, at, error, tags, text } = own.rated.value
  const title = useId()
  const field = useId()
  if (at === 'added') {
    return (
      <p class="rating-thanks" role="status" data-testid="rating-thanks">
        {t('all-thanks')}
      </p>
    )
  }
  const left = WRITTEN_MOST - [...text].length
  return (
    <section class="rating" aria-labelledby={title} data-testid="rating">
      <h2 id={title}>
        {t('title')}
        {twice && <small class="rating-also">{also('title')}</small>}
      </h2>
      {service !== null && <p class="rating-lead">{t('lead', { service })}</p>}
      <div class="rating-levels">
        {LEVELS.map((one) => (
          <button
            key={one}
            type="button"
            class={`rating-level rating-level--${one}`}
            aria-pressed={level === one}
            onClick={() => own.choose(one)}
            data-testid={`level-${one}`}
          >
            <Face level={one} />
            <span>
              {t(`level-${one}`)}
              {twice && <small class="rating-also">{also(`level-${one}`)}</small>}
            </span>
          </button>
        ))}
      </div>
      {error && <Notice tone="amber">{t(wordOf(error))}</Notice>}
      <p class="rating-said" role="status">
        {at === 'given' ? t('thanks') : ''}
      </p>
      {level !== null && at !== 'refused' && (
        <div class="rating-more">
          <h3>{t('more')}</h3>
          <div class="rating-tags">
            {Object.entries(RATING_TAGS[level]).map(([code, name]) => (
              <button
                key={code}
                type="button"
                class="rating-tag"
                aria-pressed={tags.includes(code)}
                onClick={() => own.toggle(code)}
                data-testid={`tag-${code}`}
              >
                {localised(name)}
              </button>
            ))}
          </div>
          <label class="rating-text" for={field}>
            <span>{t('text')}</span>
            <textarea
              id={field}
              rows={2}
              maxLength={WRITTEN_MOST}
              value={text}
              onInput={({ currentTarget }) => own.write(currentTarget.value)}
              data-testid="rating-text"
            />
            <small>{t('left', { n: Math.max(left, 0) })}</small>
          </label>
          <p class="rating-private">{t('private')}</p>
          <div class="rating-do">
            <Button
              tone="primary"
              large
              busy={at === 'adding'}
              disabled={tags.length === 0 && text.trim() === ''}
              onClick={own.add}
              data-testid="rating-add"
            >
              {t('add')}
            </Button>
            <Button large onClick={onDone} data-testid="rating-done">
              {t('done')}
            </Button>
          </div>
        </div>
      )}
    </section>
  )
}

function wordOf(error: ErrorKey): 'late' | 'already' | 'failed' {
  if (error === 'too-late-to-rate') return 'late'
  return error === 'already-rated' ? 'already' : 'failed'
}

/** The mouth from a wide smile to its opposite: shape tells as much as colour. */
const MOUTHS: Record<Level, string> = {
  5: 'M13 27c2 6 5.5 8 11 8s9-2 11-8z',
  4: 'M14 28c2.5 4 6 6 10 6s7.5-2 10-6',
  3: 'M15 31h18',
  2: 'M15 34c2-3 5-4.5 9-4.5s7 1.5 9 4.5',
  1: 'M13 36c2-5 5.5-7.5 11-7.5s9 2.5 11 7.5',
}

function Face({ level }: { level: Level }) {
  return (
    <svg class="rating-face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle cx="24" cy="24" r="20" />
      <path d={`M17 18v3M31 18v3${level === 1 ? 'M12 14l7 3M36 14l-7 3' : ''}${MOUTHS[level]}`} />
    </svg>
  )
}
