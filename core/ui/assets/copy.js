// Shows a text and copies it; without HTTPS a browser gives no clipboard, so the old command does it.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector('.copying')
  const text = root.querySelector('pre')
  const button = root.querySelector('button')
  text.textContent = data.text
  button.onclick = async () => {
    button.textContent = (await copied(text)) ? '已复制' : '请长按文本复制'
    setTimeout(() => { button.textContent = '复制文本' }, 2500)
  }
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.textContent)
    return true
  } catch {
    getSelection().selectAllChildren(text)
    return document.execCommand('copy')
  }
}
