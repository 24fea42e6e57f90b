// The lesson of a page: engine/tell/page/lesson_page.h says what stands in it. Stands within page.js. What a question asks for
// is hidden wherever words and values of the walk would say it, until it is answered, as in the program; and answers are
// judged as there (engine/tell/lessons/answers.cpp).
function lessonOf(told) {
  const Hatch = '▒▒▒▒'; // of one length, for a length would be a hint
  const questions = told.stops.flatMap(s => s.questions), asked = questions.filter(q => q.kind !== 'other');
  const states = new Map(questions.map(q => [q.n, {tries: 0, points: 0, over: false, right: false, verdict: null}]));
  let stop = 0, furthest = 0;
  const here = () => told.stops[stop];
  const open = () => here().questions.filter(q => !states.get(q.n).over);
  const fill = (words, ...places) => places.reduce((all, place, i) => all.replace(`%${i + 1}`, () => place), words);

  // ---- what is hidden
  function standsAlone(words, from, to) {
    const at = i => words[i] ?? ' ', word = /[A-Za-z0-9_]/, digit = /[0-9]/, joins = /[.:,]/;
    if (word.test(at(from - 1)) || at(from - 1) === '#' || word.test(at(to))) return false;
    return !(joins.test(at(from - 1)) && digit.test(at(from - 2))) && !(joins.test(at(to)) && digit.test(at(to + 1)));
  }
  function hatch(words, among = open()) {
    for (const answer of among.flatMap(q => q.hides))
      for (let at = words.indexOf(answer); answer && at >= 0;)
        if (standsAlone(words, at, at + answer.length)) {
          words = words.slice(0, at) + Hatch + words.slice(at + answer.length);
          at = words.indexOf(answer, at + Hatch.length);
        } else at = words.indexOf(answer, at + 1);
    return words;
  }
  const value = (words, ns) => ns ? hatch(words, open().filter(q => ns.includes(q.n))) : words;
  const hidesCall = (name, tense) => tense === 'f' && open().some(q => q.kind === 'order' && q.right.includes(name));

  // ---- what is right
  const plain = s => s.replace(/[ \t\n\r\f\v]/g, '').toLowerCase();
  const units = {b: 1, byte: 1, bytes: 1, '字节': 1, k: 1024, kib: 1024, kb: 1024, m: 1048576, mib: 1048576, mb: 1048576};
  for (const one of ['', 'segments', 'segment', 'packets', 'buffers', 'frames', 'ns', 'us', 'µs', 'ms', 's', 'jiffies'])
    units[one] = 1;
  function quantity(given) {
    const s = plain(given).replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
    const found = /^(-?)(?:0x([0-9a-f]+)|(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+))(.*)$/.exec(s);
    if (!found || !(found[4] in units)) return undefined;
    return (found[2] ? parseInt(found[2], 16) : Number(found[3])) * units[found[4]] * (found[1] ? -1 : 1);
  }
  const isShortFor = (given, name) => name === given || (given !== '' && name.endsWith('_' + given));
  function named(given, names) {
    let found;
    for (const [word, number] of names) {
      if (plain(word) === given) return number;
      if (!isShortFor(given, plain(word))) continue;
      if (found !== undefined && found !== number) return undefined;
      found = number;
    }
    return found;
  }
  function same(given, right) {
    const g = plain(given), r = plain(right.text);
    if (!g) return false;
    if (g === r) return true;
    if (right.number === undefined) return g[0] === '-' && g.slice(1) === r && r !== '';
    const name = named(g.replace(/^-/, ''), right.names);
    if (name !== undefined) return name === right.number;
    if (/^[0-9.-]/.test(g)) {
      const number = quantity(given);
      return number !== undefined && Math.abs(number - right.number) <= (Number.isInteger(number) ? 0 : 0.005);
    }
    return isShortFor(g, r);
  }
  function wrongSaid(q, given) {
    for (const w of q.wrong ?? []) {
      const number = named(plain(w.text), q.right.names) ?? quantity(w.text);
      if (same(given, {text: w.text, number, names: q.right.names})) return say(w.said);
    }
    return '';
  }

  // ---- answers
  const because = q => say(q.because);
  function judge(q, right, said) {
    const state = states.get(q.n);
    if (state.over) return;
    ++state.tries;
    state.right = right;
    if (right) state.points = state.tries === 1 ? q.points : Math.floor((q.points + 1) / 2);
    const last = !right && q.tries > 0 && state.tries >= q.tries;
    if (right || last) state.over = true;
    state.verdict = () => right ? fill(word('yes'), because(q)) : last ? fill(word('engineSays'), q.answer, because(q))
      : said() ? `✗ ${said()}` : word('otherwise');
    answered(q);
  }
  function reveal(q) {
    const state = states.get(q.n);
    state.over = true;
    state.verdict = () => fill(word('revealed'), q.answer, because(q));
    answered(q);
  }
  // The walk goes where the answer shows.
  function answered(q) {
    shownOnce = false;
    go(states.get(q.n).over ? q.step : at);
    showQuestions();
  }
  const earned = () => asked.reduce((sum, q) => sum + states.get(q.n).points, 0);
  const total = () => asked.reduce((sum, q) => sum + q.points, 0);

  // ---- cards
  const button = (words, does, look = '') => {
    const b = make('button', look, words);
    b.type = 'button';
    b.addEventListener('click', does);
    return b;
  };
  const controls = {
    choose: q => {
      const box = make('div', 'choices');
      for (const choice of q.choices)
        box.append(button(say(choice.words), () => judge(q, choice.right, () => say(choice.said)), 'name'));
      return [box];
    },
    number: q => {
      const state = states.get(q.n), form = make('form', 'row'), line = make('input');
      line.value = state.typed ?? '';
      line.placeholder = word('yourAnswer');
      line.setAttribute('aria-label', word('yourAnswer'));
      line.autocomplete = 'off';
      line.addEventListener('input', () => { state.typed = line.value; });
      form.append(line, make('button', '', word('check')));
      form.addEventListener('submit', e => {
        e.preventDefault();
        const given = line.value;
        if (given.trim()) judge(q, same(given, q.right), () => wrongSaid(q, given));
      });
      return [form];
    },
    order: q => {
      const state = states.get(q.n), list = make('ol', 'order');
      state.items ??= [...q.items];
      const put = () => list.replaceChildren(...state.items.map((name, i) => {
        const row = make('li'), move = by => {
          const to = i + by;
          if (to < 0 || to >= state.items.length) return;
          [state.items[i], state.items[to]] = [state.items[to], state.items[i]];
          put();
          list.children[to].querySelector(by < 0 ? 'button' : 'button:last-of-type').focus();
        };
        for (const [sign, by, words] of [['↑', -1, 'earlier'], ['↓', 1, 'later']]) {
          const b = button(sign, () => move(by));
          name_(b, `${word(words)}: ${name}`);
          row.append(b);
        }
        row.append(make('code', '', name));
        return row;
      }));
      put();
      return [list, button(word('check'), () => judge(q, state.items.every((n, i) => n === q.right[i]), () => ''))];
    },
    match: q => {
      const state = states.get(q.n), grid = make('div', 'match');
      state.values ??= q.names.map(() => '');
      const check = button(word('check'), () => judge(q, state.values.every((v, i) => v === q.right[i]), () => ''));
      const ready = () => { check.disabled = state.over || state.values.includes(''); };
      q.names.forEach((n, i) => {
        const label = make('label'), box = make('select');
        for (const value of ['', ...q.values]) box.append(new Option(value || '…', value));
        box.value = state.values[i];
        box.addEventListener('change', () => { state.values[i] = box.value; ready(); });
        label.append(make('span', 'name', say(n)), box);
        grid.append(label);
      });
      ready();
      return [grid, check];
    },
    other: () => [make('p', 'quiet', word('inProgram'))],
  };
  const name_ = (element, words) => { element.title = words; element.setAttribute('aria-label', words); };

  function questionCard(q) {
    const state = states.get(q.n), card = make('div', 'question'), head = make('div', 'row');
    card.setAttribute('role', 'group');
    card.setAttribute('aria-label', say(q.ask));
    const tries = q.tries && !state.over && q.kind !== 'other' ? fill(word('tryOf'), state.tries + 1, q.tries) : '';
    head.append(make('strong', state.over ? (state.right ? 'good' : 'changedWords') : '', [word('predict'),
      fill(word('points'), q.points), tries].filter(Boolean).join(' · ')));
    card.append(head, make('p', 'ask', say(q.ask)), ...(controls[q.kind] ?? controls.other)(q));
    if (state.over) for (const c of card.querySelectorAll('button, input, select')) c.disabled = true;
    const verdict = make('p', 'verdict', state.verdict ? state.verdict() : '');
    verdict.setAttribute('role', 'status');
    if (!state.over) {
      if (q.hint >= 0) head.append(button(word('hint'), () => { verdict.textContent = say(q.hint); }, 'link'));
      head.append(button(word('reveal'), () => reveal(q), 'link'));
    }
    card.append(verdict);
    return card;
  }
  function labCard(lab) {
    const card = make('div', 'question lab');
    card.append(make('strong', '', word('lab')), make('p', 'ask', say(lab.task)), make('p', 'quiet', word('labInProgram')));
    if (lab.hint >= 0) card.append(make('p', 'quiet', `${word('hint')}: ${say(lab.hint)}`));
    return card;
  }

  // ---- the panel
  function showQuestions() {
    const closed = open().length === 0, last = stop === told.stops.length - 1;
    $('stopText').innerHTML = say(closed ? here().html : here().covered); // markup of our own making: lesson_page.cpp
    $('questions').replaceChildren(...here().questions.map(questionCard), ...here().labs.map(labCard));
    $('summary').textContent = last && closed ? say(told.summary) : '';
    $('score').textContent = asked.length ? fill(word('score'), earned(), total()) : '';
  }
  function showPanel() {
    $('lesson').hidden = false;
    document.body.classList.add('withLesson');
    document.title = $('title').textContent = say(told.title);
    $('stops').replaceChildren(...told.stops.map((s, i) => new Option(`${i + 1}. ${say(s.heading)}`, i)));
    $('stops').value = stop;
    name_($('stops'), fill(word('stopOf'), stop + 1, told.stops.length));
    $('goals').replaceChildren(...(stop === 0 ? told.goals : []).map(g => make('li', '', say(g))));
    $('goalsTitle').textContent = stop === 0 && told.goals.length ? word('goals') : '';
    for (const [id, off] of [['lastStop', stop === 0], ['nextStop', stop === told.stops.length - 1]]) {
      $(id).textContent = word(id);
      $(id).disabled = off;
    }
    showQuestions();
  }
  function goTo(to, itsStep = true) {
    stop = Math.min(told.stops.length - 1, Math.max(0, to));
    furthest = Math.max(furthest, stop);
    showPanel();
    $('lesson').scrollTop = 0;
    shownOnce = false;
    go(itsStep ? here().step : at);
  }
  $('nextStop').addEventListener('click', () => { play(false); goTo(stop + 1); });
  $('lastStop').addEventListener('click', () => { play(false); goTo(stop - 1); });
  $('stops').addEventListener('change', () => { play(false); goTo(Number($('stops').value)); });

  // ---- for a learning system
  function status() {
    if (!asked.length) return furthest === told.stops.length - 1 ? 'completed' : 'incomplete';
    if (asked.some(q => !states.get(q.n).over)) return 'incomplete';
    return earned() * 2 >= total() ? 'passed' : 'failed';
  }
  // In percent of the points, which is what a learning system counts in.
  const score = () => asked.length && total() ? Math.round(100 * earned() / total()) : null;
  const kept = () => JSON.stringify({stop, furthest, answers: questions.filter(q => states.get(q.n).tries || states.get(q.n).over)
    .map(q => [q.id, ...['tries', 'points', 'over', 'right'].map(k => Number(states.get(q.n)[k]))])});
  function takeUp(text) {
    let was;
    try { was = JSON.parse(text); } catch (e) { return; }
    for (const [id, tries, points, over, right] of Array.isArray(was?.answers) ? was.answers : []) {
      const q = questions.find(one => one.id === id);
      if (!q) continue;
      const verdict = over ? () => fill(word(right ? 'yes' : 'engineSays'), ...(right ? [] : [q.answer]), because(q)) : null;
      Object.assign(states.get(q.n), {tries, points, over: Boolean(over), right: Boolean(right), verdict});
    }
    stop = Math.min(told.stops.length - 1, Math.max(0, Number(was?.stop) || 0));
    furthest = Math.max(stop, Math.min(told.stops.length - 1, Number(was?.furthest) || 0));
  }
  return {hatch, value, hidesCall, goTo, showPanel, status, score, kept, takeUp, stop: () => stop, first: () => here().step};
}
