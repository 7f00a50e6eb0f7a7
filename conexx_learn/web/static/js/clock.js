// The time that is left, shown quietly; said aloud twice, at five minutes and at one.
const SECOND = 1000
const MINUTE = 60

const words = (texts, left) => {
  if (left <= 0) return texts.over
  if (left <= MINUTE) return texts.seconds.replace('{n}', left)
  const minutes = Math.ceil(left / MINUTE)
  return texts.minutes.replace('{n}', minutes)
}

export const clock = (shown, said, whenOver) => {
  const endsAt = Date.now() + Number(shown.dataset.left) * SECOND
  const warnings = [[5 * MINUTE, shown.dataset.five], [MINUTE, shown.dataset.one]]
    .filter(([seconds]) => Number(shown.dataset.left) > seconds)
  const tick = () => {
    const left = Math.max(0, Math.round((endsAt - Date.now()) / SECOND))
    const text = words(shown.dataset, left)
    if (shown.textContent !== text) shown.textContent = text
    if (warnings.length && left <= warnings[0][0]) said.textContent = warnings.shift()[1]
    if (left > 0) return
    clearInterval(ticking)
    whenOver()
  }
  const ticking = setInterval(tick, SECOND)
  tick()
}
