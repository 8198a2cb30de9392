import { setSize, size } from '../appearance.ts'
import { shared } from '../words.ts'

/** 标准 or 长辈版. */
export function SizeSwitch() {
  return (
    <fieldset class="switch" data-testid="size-switch" aria-label={shared('size')}>
      {(['standard', 'large'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="switch-choice"
          aria-pressed={size.value === one}
          data-testid={`size-${one}`}
          onClick={() => setSize(one)}
        >
          {shared(`size-${one}`)}
        </button>
      ))}
    </fieldset>
  )
}
