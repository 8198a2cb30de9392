import { LANGUAGES, type Language, language, setLanguage } from '../i18n.ts'
import { shared } from '../words.ts'

/** Each language in its own words, so that it is found by those who need it. */
const NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

/** The languages, one pressed. */
export function LanguageSwitch() {
  return (
    <fieldset class="switch" data-testid="language-switch" aria-label={shared('language')}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          class="switch-choice"
          lang={one}
          aria-pressed={language.value === one}
          data-testid={`language-${one}`}
          onClick={() => setLanguage(one)}
        >
          {NAMES[one]}
        </button>
      ))}
    </fieldset>
  )
}
