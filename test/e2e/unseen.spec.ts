import { expect, PASSWORD, test } from './hall.ts'
import { tabTo } from './keyboard.ts'
import { type Screen, Walk } from './states/walk.ts'

/** A keyboard at a screen, and nothing else. */
function keyboard(walk: Walk, screen: Screen) {
  const keys = () => walk.page(screen).keyboard
  return {
    press: (key: string) => keys().press(key),
    /** Goes to what has this test id by Tab, and presses it. */
    go: async (id: string, by = 'Enter') => {
      await tabTo(walk.page(screen), id)
      await keys().press(by)
    },
    type: (text: string) => keys().type(text),
  }
}

test('[ACCESS6] a clerk’s day, a resident’s page and the supervisor’s by keyboard alone', async ({
  browser,
  hall,
}) => {
  const walk = new Walk(browser, hall)
  const signIn = async (screen: 'console' | 'manage', username: string) => {
    const { type, press } = keyboard(walk, screen)
    await expect(walk.page(screen).getByTestId('username')).toBeFocused()
    await type(username)
    await press('Tab')
    await type(PASSWORD)
    await press('Enter')
  }

  // A clerk: a counter is chosen and opened; one is served, put aside and served on, one is changed, called and missed.
  const desk = keyboard(walk, 'console')
  const one = await walk.issue('residence-permit')
  const other = await walk.issue('residence-permit')
  await walk.open('console')
  await signIn('console', 'supervisor')
  await walk.sees('console', 'choose-c1')
  await desk.go('choose-c1')
  await walk.sees('console', 'open')
  await desk.go('open')
  await expect(walk.page('console').getByTestId('next')).toBeEnabled()
  await walk.desk('n', 'start')
  await expect(walk.page('console').getByTestId('current-number')).toHaveText(one.number)
  await walk.desk('s', 'complete')
  await walk.desk('h', 'sheet')
  await desk.go('hold-fetching')
  await walk.sees('console', `held-${one.number}`)
  await desk.go(`resume-here-${one.number}`)
  await walk.sees('console', 'complete')
  await desk.go(`row-menu-${other.number}`)
  await walk.sees('console', 'row-menu')
  await desk.go(`change-${other.number}`)
  await desk.go(`change-${other.number}-birth-registration`, 'Space')
  await expect(walk.page('console').getByTestId(`row-${other.number}`)).toContainText('出生登记')
  await walk.desk('f', 'next')
  await walk.desk('n', 'no-show')
  await walk.desk('x', `missed-${other.number}`)
  await desk.go('close')
  await walk.sees('console', 'open')
  await desk.go('sign-out')
  await walk.sees('console', 'username')

  // A resident: asks what giving up means, leaves it, is called, served, rates, and has a word for the hall.
  const phone = keyboard(walk, 'phone')
  const given = await walk.issue('housing')
  await walk.colleague('counter6')
  await walk.issue('housing')
  await walk.open('phone', given.path)
  await walk.sees('phone', 'more-time')
  await phone.go('more-time')
  await walk.sees('phone', 'let-first-sure')
  await phone.go('let-first-keep')
  await expect(walk.page('phone').getByRole('dialog')).toHaveCount(0)
  await phone.go('give-up', 'Space')
  await walk.sees('phone', 'give-up-sure')
  await phone.press('Escape')
  await expect(walk.page('phone').getByRole('dialog')).toHaveCount(0)
  // The sample ticket of the demo is before it.
  await walk.call('counter6', 'start', 'complete')
  await walk.call('counter6')
  await walk.sees('phone', 'phone-counter')
  await phone.go('more-time')
  await walk.sees('phone', 'more-time-said')
  await walk.goOn('start', 'complete')
  await walk.sees('phone', 'rating')
  await phone.go('level-4')
  await phone.go('rating-text', 'End')
  await phone.type('椅子再多几把就好了')
  await phone.go('rating-add')
  await walk.sees('phone', 'rating-thanks')
  await phone.go('suggest-open')
  await phone.go('suggest-text', 'End')
  await phone.type('谢谢')
  await phone.go('suggest-send')
  await walk.sees('phone', 'suggest-thanks')

  // A supervisor: goes to who asked for help, looks at the day, and sends home who is left.
  const office = keyboard(walk, 'manage')
  await walk.open('manage')
  await signIn('manage', 'supervisor')
  await walk.sees('manage', 'hall')
  await walk.askHelp()
  await walk.sees('manage', /^help-going-/)
  const kiosk = await walk
    .page('manage')
    .getByTestId(/^help-K/)
    .getAttribute('data-testid')
  await office.go(`${kiosk?.replace('help-', 'help-going-')}`)
  await walk.sees('manage', /^help-done-/)
  await office.go(`${kiosk?.replace('help-', 'help-done-')}`)
  await office.go('page-day')
  await walk.sees('manage', 'feedback-read')
  await office.go('feedback-read', 'Space')
  await walk.sees('manage', 'feedback-item')
  await office.go('day-before')
  await expect(walk.page('manage').getByTestId('day-issued')).toHaveText('0')
  await hall.apply((file) => file.replace('Mon-Sun: 00:00-24:00', 'Mon-Sun: 00:00-00:01'))
  await office.go('page-hall')
  await walk.sees('manage', 'send-home')
  await office.go('send-home')
  await office.go('note-0', 'ArrowDown')
  await expect(walk.page('manage').getByTestId('note-1')).toBeChecked()
  await office.go('send-home-now')
  await expect(walk.page('manage').getByTestId('closing')).toHaveCount(0)
  await office.go('sign-out')
  await walk.sees('manage', 'username')
  await walk.end()
})

test('[ACCESS8] a resident who sees nothing takes a number, follows it, is called and answers, by role and name', async ({
  browser,
  hall,
}) => {
  const walk = new Walk(browser, hall)
  await walk.colleague('counter1')
  await walk.colleague('counter6')

  const kiosk = await walk.open('kiosk')
  const asks = (title: string) =>
    expect(kiosk.getByRole('heading', { level: 1, name: title, exact: true })).toBeFocused()
  const press = (name: string | RegExp) => kiosk.getByRole('button', { name }).click()
  await asks('您要办理什么业务？')
  await press(/^居住证/)
  await asks('这些都带了吗？')
  await expect(kiosk.getByRole('list').filter({ hasText: '居民身份证' })).toBeVisible()
  await press('有的没带')
  await kiosk.getByRole('button', { name: '居民身份证', pressed: false }).click()
  await expect(kiosk.getByRole('button', { name: '居民身份证', pressed: true })).toBeVisible()
  await press('都带齐了')
  await asks('需要关怀服务吗？')
  const answered = kiosk.waitForResponse((response) => response.url().endsWith('/tickets'))
  await press(/^不需要/)
  await asks('您的号码 A 0 0 1')
  await expect(kiosk.getByRole('term').filter({ hasText: '前面还有' })).toBeVisible()
  await expect(kiosk.getByRole('definition').filter({ hasText: '0 人' })).toBeVisible()
  await expect(kiosk.getByRole('img', { name: '二维码' })).toBeVisible()

  // The camera of a phone reads the code.
  const { pathname, hash } = new URL((await (await answered).json()).trackUrl)
  const phone = await walk.open('phone', pathname + hash)
  const says = (role: 'status' | 'alert', words: string) =>
    expect(phone.getByRole(role).filter({ hasText: words })).toHaveCount(1)
  await expect(phone.getByRole('heading', { level: 1, name: '您的号码 A 0 0 1' })).toBeVisible()
  await says('status', '等候中')
  await says('status', '下一位就是您')
  await expect(phone).toHaveTitle('下一位就是您 · A001')
  await expect(phone.getByRole('definition').filter({ hasText: '0 人' })).toBeVisible()
  await phone.getByRole('button', { name: '声音提醒', pressed: false }).click()
  await expect(phone.getByRole('button', { name: '声音提醒', pressed: true })).toBeVisible()
  await phone.getByRole('button', { name: '不等了，让出位置' }).click()
  await phone
    .getByRole('dialog', { name: '要让出 A001 的位置吗？' })
    .getByRole('button', { name: '继续等候' })
    .click()

  await walk.call('counter1')
  await says('alert', '请到 1 号窗口')
  await expect(phone.getByRole('heading', { level: 1, name: '叫到您的号了' })).toBeVisible()
  await expect(phone.getByRole('img', { name: 'A 0 0 1' })).toBeVisible()
  await phone.getByRole('button', { name: '我需要一点时间' }).click()
  await says('status', '窗口知道您正在过来')
  await walk.goOn('start')
  await says('status', '正在为您办理')
  await walk.goOn('complete')
  await says('status', '已办结')
  const rating = phone.getByRole('region', { name: '请您评价' })
  await rating.getByRole('button', { name: '非常满意', exact: true }).click()
  await says('status', '谢谢，已经记下了。')
  await rating.getByRole('textbox', { name: '想说的话' }).fill('工作人员很耐心')
  await rating.getByRole('button', { name: '加上这些' }).click()
  await says('status', '谢谢您的评价！')
  await walk.end()
})
