import type { PrinterView } from '#protocol/printing.ts'
import { shared } from '../words.ts'
import { Chip } from './Chip.tsx'

/** For staff: which printer needs somebody, and what for. Nothing while all are well. [PRINT9] */
export function PrinterTrouble({ printers }: { printers: readonly PrinterView[] }) {
  return printers.map(({ id, state }) =>
    state === 'ready' || state === 'unknown' ? null : (
      <span key={id} class="printer-trouble" role="status" data-testid={`printer-${id}`}>
        <Chip tone="amber" icon="printer">
          {shared(`printer-${state}`, { id })}
        </Chip>
      </span>
    ),
  )
}
