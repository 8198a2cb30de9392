const letters = [...'abcdefghijklmnopqrstuvwxyz']
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i))

/**
 * The clips a whole voice pack has, by language: all that a call of any number to any counter from 1 to 99 is made of. A pack
 * is a folder with `chime.mp3` and a folder for each language, each with a `manifest.json`: `{"clips": {name: {"file"}}}`.
 */
export const CLIPS: Record<'zh-CN' | 'en', readonly string[]> = {
  'zh-CN': ['qing', 'hao', 'dao', 'hao-chuangkou', 'yao', ...range(0, 10), ...letters],
  en: [
    'number',
    'please-go-to-counter',
    ...range(0, 20),
    '30',
    '40',
    '50',
    '60',
    '70',
    '80',
    '90',
    ...letters,
  ],
}
