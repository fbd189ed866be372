// Translates Streamlit's own English as it appears. One observer lives as long as the browser page, also while
// the server is away, because the message that says so is one of those to translate. BOOK stands before this file.

const OURS = '.anze-board, .stHtml, [data-testid="stHtml"], [data-testid="stTable"], textarea, input, code, pre, td, [role="gridcell"], [contenteditable="true"]'
const SPOKEN = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-roledescription']

function translated({ phrases, patterns }, text) {
  const words = text.trim()
  if (!/[A-Za-z]{2}/.test(words)) return text
  const said = phrases[text] ?? phrases[words]
  if (said) return said
  for (const [found, said] of patterns) {
    if (found.test(words)) return words.replace(found, said).replace(/，$/, '').replace(/\bundefined\b/, '')
  }
  return text
}

function translateText(book, node) {
  if (node.parentElement?.closest(OURS) && !node.parentElement.closest('[role="spinbutton"]')) return
  const said = translated(book, node.data)
  if (said !== node.data) node.data = said
}

function translateAttributes(book, element) {
  if (element.closest('.anze-board')) return
  for (const name of SPOKEN) {
    const value = element.getAttribute(name)
    const said = value && translated(book, value)
    if (said && said !== value) element.setAttribute(name, said)
  }
}

function translateTree(book, node) {
  if (node.nodeType === Node.TEXT_NODE) return translateText(book, node)
  if (node.nodeType !== Node.ELEMENT_NODE) return
  translateAttributes(book, node)
  for (const child of node.childNodes) translateTree(book, child)
}

function watch(book) {
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'characterData') translateText(book, target)
      else if (type === 'attributes') translateAttributes(book, target)
      else addedNodes.forEach((node) => translateTree(book, node))
    }
  })
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN,
  })
}

export default function () {
  document.documentElement.lang = 'zh-CN'
  if (window.anzeBook) return
  const patterns = BOOK.patterns.map(([found, said]) => [new RegExp(found), said])
  window.anzeBook = { phrases: BOOK.phrases, patterns }
  watch(window.anzeBook)
  translateTree(window.anzeBook, document.body)
}
