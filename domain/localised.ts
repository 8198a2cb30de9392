/** A text in both languages of the hall; Chinese first. */
export interface Localised {
  'zh-CN': string
  en: string
}
