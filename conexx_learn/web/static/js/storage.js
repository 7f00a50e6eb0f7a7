// What a page keeps on this machine. On a shared computer it lasts until the tab closes.
const shelf = () => ('shared' in document.documentElement.dataset ? sessionStorage : localStorage)

export const kept = key => {
  try { return JSON.parse(shelf().getItem(key)) } catch { return null }
}

// Says whether it was kept: a full or forbidden store must not be promised to anyone.
export const keep = (key, value) => {
  try { shelf().setItem(key, JSON.stringify(value)); return true } catch { return false }
}

export const drop = key => {
  try { shelf().removeItem(key); return true } catch { return false }
}

export const keptKeys = prefix => {
  try { return Object.keys(shelf()).filter(key => key.startsWith(prefix)) } catch { return [] }
}

// An attempt that is closed needs nothing from this machine any more.
const closed = document.querySelector('[data-closed-attempt]')
if (closed) {
  const place = `attempt ${closed.dataset.user} ${closed.dataset.closedAttempt}`
  keptKeys(place).filter(key => key === place || key[place.length] === ' ').forEach(drop)
}
