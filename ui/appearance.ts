import { signal } from '@preact/signals'

/** Standard, or 长辈版: everything larger, with more room and more time. */
export type Size = 'standard' | 'large'

export const size = signal<Size>('standard')

/** Sets the size on `<html data-size>`, where the tokens read it. */
export function setSize(next: Size): void {
  size.value = next
  document.documentElement.dataset.size = next
}
