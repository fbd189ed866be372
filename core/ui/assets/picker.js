// Draws a board and reports what was picked; morph.js stands above it.

// A table that does not fit scrolls inside its own frame; one that fits leaves the page to scroll, so that
// its head sticks to the window.
function fit(root) {
  const frame = root.querySelector('.board-wide'), table = frame?.querySelector('table')
  if (table) frame.classList.toggle('scrolls', table.offsetWidth > frame.clientWidth + 1)
}

// Arrow keys walk the grid: beside every link being reachable by Tab.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

function walk(event) {
  const step = STEPS[event.key], spot = event.target.closest('td, th')
  if (!step || !spot) return
  let row = spot.parentElement, column = spot.cellIndex + step[1]
  if (step[0]) row = row.parentElement.rows[row.sectionRowIndex + step[0]]
  while (row && row.cells[column]) {
    const link = row.cells[column].querySelector('a')
    if (link) { event.preventDefault(); return link.focus() }
    if (step[0]) row = row.parentElement.rows[row.sectionRowIndex + step[0]]
    else column += step[1]
  }
}

// When the dialog that a pick opened is gone for good (turning to another period closes and opens it), the
// keyboard goes on where it was.
function returnFocus(root, link) {
  root.waiting?.disconnect()
  const isOpen = () => document.querySelector('[role="dialog"]') !== null
  let opened = false
  const settle = () => {
    if (!opened || isOpen() || document.activeElement !== document.body) return
    root.waiting.disconnect()
    if (link.isConnected) link.focus({ preventScroll: true })
  }
  root.waiting = new MutationObserver(() => {
    if (isOpen()) opened = true
    else if (opened) setTimeout(settle, 300)
  })
  root.waiting.observe(document.body, { childList: true, subtree: true })
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.anze-board')
  redraw(root, data.html)
  fit(root)
  root.onclick = (event) => {
    const link = event.target.closest('a[href]'), spot = link?.closest('[data-unit]')
    if (!spot || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const { unit, obligation = '', period = '', record = '' } = spot.dataset
    if (!link.closest('[role="dialog"]')) returnFocus(root, link)
    setTriggerValue('pick', { unit, obligation, period, record })
  }
  root.onkeydown = walk
  root.watch ??= new ResizeObserver(() => fit(root))
  root.watch.observe(root)
  return () => { root.watch.disconnect(); root.waiting?.disconnect() }
}
