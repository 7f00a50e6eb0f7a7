// The time that is left, shown quietly; said aloud twice, at five minutes and at one.
const SECOND = 1000
const MINUTE = 60
const UNNOTICED = 3

const words = (texts, left) => {
  if (left <= 0) return texts.over
  if (left <= MINUTE) return texts.seconds.replace('{n}', left)
  const minutes = Math.ceil(left / MINUTE)
  return texts.minutes.replace('{n}', minutes)
}

export const clock = (shown, said, whenOver) => {
  const { dataset } = shown
  let endsAt
  let warnings
  let isOver = false

  const set = left => {
    endsAt = Date.now() + left * SECOND
    isOver = false
    warnings = [[5 * MINUTE, dataset.five], [MINUTE, dataset.one]]
      .filter(([seconds]) => left > seconds)
  }
  const secondsLeft = () => Math.max(0, Math.round((endsAt - Date.now()) / SECOND))

  // A machine that slept through both warnings hears the later one only.
  const warn = left => {
    let due
    while (warnings.length && left <= warnings[0][0]) [, due] = warnings.shift()
    if (due && left > 0) said.textContent = due
  }

  const tick = () => {
    const left = secondsLeft()
    const text = words(dataset, left)
    if (shown.textContent !== text) shown.textContent = text
    warn(left)
    if (left > 0 || isOver) return
    isOver = true
    whenOver()
  }

  // The server's word counts: a person may be given more time meanwhile.
  const correct = left => {
    const difference = left - secondsLeft()
    if (Math.abs(difference) <= UNNOTICED) return
    set(left)
    if (difference > MINUTE / 2) said.textContent = dataset.more
    tick()
  }

  set(Number(dataset.left))
  tick()
  setInterval(tick, SECOND)
  return { correct, secondsLeft }
}
