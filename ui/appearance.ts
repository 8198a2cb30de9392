import { signal } from '@preact/signals'

/** Standard, or 长辈版: everything larger, with more room and more time. */
export type Size = 'standard' | 'large'

/** How large 长辈版 is: large, larger, largest. [ACCESS3] */
export const SCALES = [1, 2, 3] as const
export type Scale = (typeof SCALES)[number]

export const size = signal<Size>('standard')
export const scale = signal<Scale>(1)
/** Black on white, at least 7:1. [ACCESS5] */
export const highContrast = signal(false)
/** What is touched stands in the lower part of a tall screen. [ACCESS4] */
export const lowReach = signal(false)

/** Sets the size on `<html data-size>`, where the tokens read it. 长辈版 begins with its first scale. */
export function setSize(next: Size): void {
  size.value = next
  document.documentElement.dataset.size = next
  setScale(1)
}

/** Sets how large 长辈版 is, on `<html data-scale>`. */
export function setScale(next: Scale): void {
  scale.value = next
  document.documentElement.dataset.scale = `${next}`
}

/** Sets the colours, on `<html data-contrast>`. */
export function setHighContrast(on: boolean): void {
  highContrast.value = on
  document.documentElement.dataset.contrast = on ? 'high' : 'standard'
}

/** Sets where things stand that are touched, on `<html data-reach>`. */
export function setLowReach(on: boolean): void {
  lowReach.value = on
  document.documentElement.dataset.reach = on ? 'low' : 'standard'
}

/** As it was before anybody chose anything. */
export function plainAppearance(): void {
  setSize('standard')
  setHighContrast(false)
  setLowReach(false)
}
