// Sends what is typed to the server while it is typed, and puts the keyboard where typing starts.
//
// What the server has not acknowledged also lies in this tab's session storage, under the name of whoever
// typed it: it outlives a reload while the server is down or the session has ended. It goes as soon as it is
// acknowledged, and when somebody else signs in.

const PAUSE = 400, RETRY = 2000, PATIENCE = 5000, SETTLES = 700, OUTLIVES = 16000, SHELF = 'anze.draft'

function boxOf(key) {
  return document.querySelector(`.st-key-${key.trim().replace(/[^a-zA-Z0-9_-]/g, '-')}`)
}

function textOf(box) {
  const day = box.querySelector('input[type="date"]')
  if (day) return day.value
  const tick = box.querySelector('input[type="checkbox"]')
  if (tick) return tick.checked ? '1' : ''
  return box.querySelector('textarea, input')?.value
}

function picks(box) {
  return box.querySelector('[role="combobox"], input[type="date"]') !== null
}

function shelf(typed) {
  try {
    if (typed) sessionStorage.setItem(SHELF, JSON.stringify(typed))
    else sessionStorage.removeItem(SHELF)
  } catch { /* storage is off or full: the server still gets it */ }
}

function shelved() {
  try { return JSON.parse(sessionStorage.getItem(SHELF)) } catch { return null }
}

class Keeper {
  constructor() {
    this.step = 0
    this.data = { form: '', operation: '', keys: {}, held: {} }
    for (const name of ['input', 'change', 'keyup', 'click']) {
      document.addEventListener(name, ({ target }) => setTimeout(() => this.look(target)), true)
    }
    document.addEventListener('keydown', (event) => event.key === 'Enter' && this.goOn(event.target), true)
    addEventListener('pagehide', () => this.send(true))
    document.addEventListener('visibilitychange', () => document.hidden && this.send(true))
  }

  follow(data, root, tell) {
    const { form, operation, place } = this.data
    this.root = root
    this.tell = tell
    this.say('')
    const another = form !== data.form || operation !== data.operation
    if (another && this.pending?.operation === data.ended) this.forget()
    if (another) this.send()
    this.data = another || place !== data.place ? data : { ...data, held: this.data.held }
    if (another) this.recover()
    clearTimeout(this.check)
    this.check = setTimeout(() => this.mend(), SETTLES)
    if (data.focus && this.focused !== data.place + data.focus) this.focus(data.focus)
  }

  // Reads the field that somebody has just touched, and no other: one that is being drawn is empty for a
  // moment. Lists and calendars open outside their field, so what was picked there is looked for in every
  // field that has one; there it is never nothing.
  look(target) {
    const fields = { ...this.data.held }
    for (const [name, key] of Object.entries(this.data.keys)) {
      const box = boxOf(key), text = box && textOf(box)
      if (text === undefined || text === null) continue
      if (box.contains(target) || (text && !this.inside(target) && picks(box))) fields[name] = text
    }
    const now = JSON.stringify(fields)
    if (now === JSON.stringify(this.data.held)) return
    this.data.held = fields
    this.put(fields)
  }

  inside(target) {
    return Object.values(this.data.keys).some((key) => boxOf(key)?.contains(target))
  }

  put(fields) {
    const { person, form, operation } = this.data
    this.pending = { person, form, operation, step: ++this.step, fields }
    shelf(this.pending)
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.send(), PAUSE)
  }

  async send(leaving = false) {
    const typed = this.pending
    clearTimeout(this.timer)
    if (!typed || (this.busy && !leaving)) return
    this.busy = true
    const status = await this.deliver(typed)
    this.busy = false
    if (status === 0) this.timer = setTimeout(() => this.send(), RETRY)
    else this.settle(typed, status)
  }

  // A browser lets a small request outlive its page, and refuses to send a large one so.
  async deliver({ person, form, operation, step, fields }) {
    const body = JSON.stringify({ person, form, operation, step, fields })
    try {
      const answer = await fetch('draft', {
        method: 'PUT', keepalive: body.length < OUTLIVES, body,
        headers: { 'Content-Type': 'application/json', 'X-Anze': '1' },
      })
      return answer.status >= 500 ? 0 : answer.status
    } catch { return 0 }
  }

  settle(typed, status) {
    const current = this.pending === typed
    if (status === 204 && current) this.forget()
    if (status === 204) this.say('已自动存为草稿')
    else if (status !== 401) this.say('草稿未能自动保存，请尽快保存。')
    if (status === 204 && typed.recovered) this.tell('restored', Date.now())
    if (!current) this.send()
  }

  forget() {
    clearTimeout(this.timer)
    this.pending = null
    shelf(null)
  }

  // What an earlier page of this tab could not deliver; nobody else's is kept or shown.
  recover() {
    const left = shelved()
    if (!left || left === this.pending) return
    const { person, form, operation, ended, held } = this.data
    const known = left.form === form && JSON.stringify({ ...held, ...left.fields }) === JSON.stringify(held)
    if (left.person !== person || left.operation === ended || known) return shelf(null)
    const own = left.form === form ? { operation, recovered: true } : {}
    this.pending = { ...left, ...own, step: ++this.step }
    this.send()
  }

  // When the line breaks, a field may be drawn anew and come back without what was typed into it and kept.
  mend() {
    const { keys, held, place } = this.data
    const lost = Object.entries(keys).some(([name, key]) => {
      const box = boxOf(key)
      return box && !box.contains(document.activeElement) && textOf(box) !== held[name]
    })
    if (!lost || this.pending || !this.step || this.mended === place) return
    this.mended = place
    this.tell('restored', Date.now())
  }

  say(text) {
    const note = this.root?.querySelector('.draft-note')
    if (note && note.textContent !== text) note.textContent = text
  }

  // A field is drawn before it is filled; what is selected then would be lost. And a touch screen would cover
  // half of itself with its keyboard: there the finger says where to begin.
  focus(key, since = Date.now()) {
    if (matchMedia('(pointer: coarse)').matches) return
    const field = boxOf(key)?.querySelector('input:not([type="date"]), textarea, button, [role="spinbutton"]')
    const name = Object.keys(this.data.keys).find((each) => this.data.keys[each] === key)
    if (!field || (name && field.type === 'text' && field.value !== this.data.held[name])) {
      if (Date.now() - since < PATIENCE) setTimeout(() => this.focus(key, since), 50)
      return
    }
    this.focused = this.data.place + this.data.focus
    this.chosen = field.value
    field.focus({ preventScroll: true })
    if (field.type === 'text') field.select()
  }

  // Enter in a day's year, month or day saves, as it does in a text. Enter on the choice that stands already
  // changes nothing on the server: the keyboard goes on by itself.
  goOn(target) {
    const { focus, then, submit } = this.data
    if (this.inside(target) && target.role === 'spinbutton') boxOf(submit)?.querySelector('button')?.click()
    if (!then || focus === then || !boxOf(focus)?.contains(target)) return
    setTimeout(() => { if (target.value === this.chosen) this.focus(then) }, 50)
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  window.anzeKeeper ??= new Keeper()
  window.anzeKeeper.follow(data, parentElement, setTriggerValue)
}
