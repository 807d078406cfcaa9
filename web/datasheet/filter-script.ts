/** Runs in the reader's browser: hides the pairs that the form does not ask for. */
export const filterScript = `
const form = document.querySelector('.filter');
const pairs = [...document.querySelectorAll('.pair')].map((card) => ({ card, text: card.textContent.toLowerCase() }));
function choose() {
  const wanted = new FormData(form);
  const words = String(wanted.get('text')).toLowerCase().split(' ').filter(Boolean);
  let shown = 0;
  for (const { card, text } of pairs) {
    const fits = ['hardness', 'split', 'database'].every((name) => !wanted.get(name) || card.dataset[name] === wanted.get(name));
    const uses = !wanted.get('keyword') || card.dataset.keyword.split('\\n').includes(wanted.get('keyword'));
    card.hidden = !(fits && uses && words.every((word) => text.includes(word)));
    if (!card.hidden) shown += 1;
  }
  form.querySelector('output').textContent = shown + ' shown';
}
form.addEventListener('input', choose);
form.addEventListener('submit', (event) => event.preventDefault());
`;
