// Walks the data of the page: engine/tell/page/walk_page.h says what stands in it. Nothing is fetched, nothing is kept.
'use strict';
(() => {
const data = JSON.parse(document.getElementById('data').textContent);
const $ = id => document.getElementById(id);
const make = (tag, className, text) => {
  const e = document.createElement(tag);
  if (className) e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
};
let language = 0, at = 0, playing = 0, drawnPath = -1, shownOnce = false;
const say = text => text < 0 || text === undefined ? '' : data.texts[text][language];
const word = name => say(data.words[name]);
const step = () => data.steps[at];
const lesson = data.lesson ? lessonOf(data.lesson) : null;
const tell = words => lesson ? lesson.hatch(words) : words; // what a lesson's question asks for is hidden
/*lesson*/

// Where white words read better than dark ones, by the luminance of what they stand on.
function wantsWhite(color) {
  const n = parseInt(color.trim().slice(1), 16);
  const part = shift => { const c = (n >> shift & 255) / 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  return 1.05 / (.2126 * part(16) + .7152 * part(8) + .0722 * part(0) + .05) >= 4.5;
}
function paint(element, variable) {
  element.style.setProperty('--layer', `var(${variable})`);
  element.classList.toggle('white', wantsWhite(getComputedStyle(document.documentElement).getPropertyValue(variable)));
}

// ---- the call path: a row a node, callers to the left
function buildPath() {
  const path = data.paths[step().p], box = $('path');
  box.replaceChildren();
  let lane = -1;
  path.nodes.forEach((node, i) => {
    let depth = 0;
    for (let p = node.p; p >= 0; p = path.nodes[p].p) ++depth;
    if (node.w !== lane && node.w >= 0) box.append(make('div', 'lane', say(lane = node.w)));
    const row = make('div', 'node');
    row.style.paddingLeft = `${depth * 1.1}rem`;
    row.setAttribute('role', 'treeitem');
    row.setAttribute('aria-level', depth + 1);
    const pill = make('button', 'pill name', node.f);
    pill.type = 'button';
    pill.tabIndex = -1;
    pill.title = [say(data.layers[node.l]), node.file, node.s >= 0 ? `≈ ${word('simplified')}: ${say(node.s)}` : '']
      .filter(Boolean).join('\n');
    pill.addEventListener('click', () => { const to = firstStepIn(i); if (to >= 0) go(to); });
    row.append(pill);
    const more = (node.n > 1 ? `×${node.n} ` : '') + (node.s >= 0 ? '≈' : '');
    if (more) row.append(make('span', 'more', more));
    paint(row, `--layer-${node.l}`);
    box.append(row);
    node.row = row;
  });
  drawnPath = step().p;
}
function firstStepIn(node) {
  return data.steps.findIndex(s => s.p === drawnPath && s.r === node);
}
function showPath() {
  if (drawnPath !== step().p) buildPath();
  data.paths[step().p].nodes.forEach((node, i) => {
    const running = i === step().r;
    const hidden = lesson?.hidesCall(node.f, step().t[i]);
    node.row.querySelector('.pill').textContent = hidden ? '▒▒▒▒' : node.f;
    for (const tense of 'rapf') node.row.classList.toggle(tense, step().t[i] === tense);
    node.row.setAttribute('aria-selected', running);
    node.row.querySelector('.result')?.remove();
    if (running && step().result) node.row.append(make('span', 'result name', `= ${tell(step().result)}`));
  });
  showRunning();
}
// What runs stands where it can be seen; what is seen already does not move.
function showRunning() {
  const running = data.paths[step().p].nodes[step().r];
  if (!running) return;
  const box = $('path').getBoundingClientRect(), pill = running.row.querySelector('.pill').getBoundingClientRect();
  const margin = Math.min(60, box.height / 4);
  if (pill.top < box.top + margin || pill.bottom > box.bottom - margin)
    $('path').scrollTop += pill.top - box.top - box.height / 2;
  if (pill.left < box.left || pill.right > box.right - 20) $('path').scrollLeft += pill.left - box.left - box.width / 5;
}

// ---- objects: a column a kind, pointers drawn from a member to what it points at
function showObjects() {
  const columns = new Map(), shown = new Map();
  for (const index of step().o) {
    const card = data.cards[index];
    if (!columns.has(card.c)) columns.set(card.c, make('div', 'column'));
    const box = make('div', 'card' + (card.born ? ' born' : '') + (card.handed ? ' handed' : ''));
    paint(box, `--layer-${card.l}`);
    box.append(make('h3', 'name', card.title));
    const table = make('table');
    for (const row of card.rows) {
      const line = make('tr', row.changed ? 'changed' : '');
      const value = lesson ? lesson.value(say(row.v), row.q) : say(row.v);
      line.append(make('td', 'name', say(row.k)), make('td', 'name', value));
      line.title = `${say(row.k)} = ${value}`;
      table.append(line);
      row.line = line;
    }
    box.append(table);
    columns.get(card.c).append(box);
    shown.set(card.id, {card, box});
  }
  $('cards').replaceChildren(...[...columns.keys()].sort((a, b) => a - b).map(c => columns.get(c)));
  if (!shown.size) $('cards').append(make('p', 'quiet', word('noObjects')));
  $('out').textContent = say(step().out);
  const fresh = $('cards').querySelector('.changed') ?? $('cards').querySelector('.born, .handed');
  if (fresh) {
    const box = $('objects').getBoundingClientRect(), there = fresh.closest('.card').getBoundingClientRect();
    if (there.left < box.left || there.right > box.right) $('objects').scrollLeft += there.left - box.left - 30;
  }
  drawLinks(shown);
}
function drawLinks(shown) {
  const svg = $('links'), frame = $('objects').getBoundingClientRect(), scroll = $('objects').scrollLeft;
  svg.replaceChildren();
  svg.setAttribute('width', $('cards').scrollWidth);
  svg.setAttribute('height', $('cards').scrollHeight);
  for (const {card} of shown.values())
    for (const row of card.rows) {
      const to = row.to && shown.get(row.to);
      if (!to || to.card === card) continue;
      const a = row.line.getBoundingClientRect(), b = to.box.getBoundingClientRect();
      const right = b.left > a.right, left = b.right < a.left;
      const x1 = (left ? a.left : a.right) - frame.left + scroll, y1 = a.top + a.height / 2 - frame.top;
      const x2 = (right ? b.left : left ? b.right : b.right) - frame.left + scroll, y2 = b.top + 10 - frame.top;
      const bend = right ? [20, -20] : left ? [-20, 20] : [24, 24];
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', `M${x1},${y1} C${x1 + bend[0]},${y1} ${x2 + bend[1]},${y2} ${x2},${y2}`);
      path.setAttribute('class', (row.changed ? 'changed ' : '') + (row.back ? 'back' : ''));
      svg.append(path);
      const end = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
      for (const [k, v] of Object.entries({cx: x2, cy: y2, r: 3, fill: 'var(--path-edge)'})) end.setAttribute(k, v);
      svg.append(end);
    }
}

// ---- the buffer
const partColors = ['--layer-6', '--layer-5', '--layer-5', '--layer-4', '--payload', '--layer-7'];
function showBuffer() {
  const box = $('buffer'), buffer = data.buffers[step().b];
  if (!buffer) return box.replaceChildren(make('p', 'quiet', word('noBuffer')));
  const strip = make('div', 'strip'), span = Math.max(1, buffer.to - buffer.from);
  const x = offset => Math.min(100, Math.max(0, (offset - buffer.from) / span * 100));
  for (const band of buffer.bands) {
    const b = make('div', 'band' + (band.pulled ? ' pulled' : ''));
    b.style.left = `${x(band.from)}%`;
    b.style.width = `${x(band.to) - x(band.from)}%`;
    b.append(make('span', '', say(band.name)), make('small', '', tell(`${band.to - band.from} ${word('bytes')}`)));
    b.title = tell(`${say(band.name)} ${band.from}..${band.to}`);
    paint(b, partColors[band.part]);
    strip.append(b);
  }
  const edge = (name, offset, more) => {
    const e = make('div', `edge ${more}` + (x(offset) > 80 ? ' right' : ''));
    e.style.left = `${x(offset)}%`;
    e.append(make('span', 'name', tell(`${name} ${offset}`)));
    strip.append(e);
  };
  edge('data', buffer.data, 'data');
  edge('tail', buffer.tail, 'tail low');
  const title = make('p');
  title.append(make('strong', 'name', buffer.title), tell(` · len ${buffer.len} · ${say(buffer.about)}`));
  const bytes = buffer.bands.filter(b => b.hex).map(b => {
    const line = make('p', 'hex name');
    line.append(make('b', '', say(b.name) + ' '), b.hex.replace(/../g, '$& ') + (b.to - b.from > b.hex.length / 2 ? '…' : ''));
    return line;
  });
  box.replaceChildren(title, ...[['did', buffer.did], ['', say(buffer.s)], ['quiet', say(buffer.lesson)],
    ['quiet', say(buffer.family)], [buffer.lost ? 'lost' : 'quiet', say(buffer.fate)]]
    .filter(p => p[1]).map(p => make('p', p[0], tell(p[1]))), strip, ...bytes);
}

// ---- the moment
function showWords() {
  const s = step(), path = data.paths[s.p];
  document.documentElement.lang = data.languages[language].code;
  $('call').textContent = [tell(say(path.call)), path.name && `[${path.name}]`, word('stepOf').replace('%1', s.n).replace('%2', s.of),
    `${(s.ns / 1e6).toFixed(3)} ms`].filter(Boolean).join(' · ');
  $('sentence').textContent = tell(say(s.loss) || say(s.s));
  $('sentence').classList.toggle('lost', s.loss >= 0);
  $('note').textContent = s.note >= 0 && say(s.note) !== say(s.s) ? tell(say(s.note)) : '';
  $('count').textContent = `${at + 1} / ${data.steps.length}`;
  $('slider').value = at;
  $('slider').setAttribute('aria-valuetext', $('sentence').textContent);
  for (const id of ['first', 'back', 'lastCall']) $(id).disabled = at === 0;
  for (const id of ['next', 'last', 'nextCall']) $(id).disabled = at === data.steps.length - 1;
}
function show() {
  showWords();
  showPath();
  showBuffer();
  showObjects();
  report();
}
function go(to, led = false) {
  if (data.follow && !led && room.following && shownOnce) { room.following = false; showRoom(); }
  to = Math.min(data.steps.length - 1, Math.max(0, to));
  if (to === at && shownOnce) return;
  shownOnce = true;
  at = to;
  show();
  const hash = `#step=${at + 1}` + (lesson ? `&stop=${lesson.stop() + 1}` : '') + (language ? `&lang=${data.languages[language].code}` : '');
  try { history.replaceState(null, '', hash); } catch (e) { /* a frame that may not */ }
}
// ---- the teacher, if this page is one of a class: engine/share/class_server.h
const room = {ticket: '', state: null, following: true, there: false, taken: new Map()};
function joinRoom() {
  if (!data.follow) return;
  $('room').hidden = false;
  const events = new EventSource(data.follow);
  events.addEventListener('hello', e => { room.ticket = e.data; });
  events.addEventListener('bye', () => { events.close(); room.state = null; room.over = true; showRoom(); });
  events.onopen = () => { room.there = true; showRoom(); };
  events.onerror = () => { room.there = false; showRoom(); };
  events.onmessage = e => {
    room.state = JSON.parse(e.data);
    if (room.following) goToTeacher();
    showRoom();
  };
}
function goToTeacher() {
  const to = data.steps.findLastIndex(s => s.at <= room.state.position);
  go(Math.max(0, to), true);
}
function showRoom() {
  if (!data.follow) return;
  const question = room.state?.question, open = question && !question.answer;
  $('where').textContent = word(room.over ? 'over' : !room.there ? 'lost' : room.following ? 'following' : 'away');
  $('comeBack').textContent = word('comeBack');
  $('comeBack').hidden = room.following || !room.state;
  $('asked').textContent = question ? [question.text, question.answer].filter(Boolean).join(' — ') : '';
  $('choices').replaceChildren(...(question?.choices ?? []).map((words, i) => {
    const b = make('button', '', words);
    b.type = 'button';
    b.disabled = !open;
    b.setAttribute('aria-pressed', open ? room.taken.get(question.id) === i : question.right === i);
    b.addEventListener('click', () => {
      fetch('answer', {method: 'POST', body: JSON.stringify({ticket: room.ticket, question: question.id, choice: i})})
        .then(r => { if (r.ok) { room.taken.set(question.id, i); showRoom(); } }, () => {});
    });
    return b;
  }));
}

function nextCall(way) {
  let to = at;
  if (way > 0) while (to < data.steps.length - 1 && data.steps[to].p === step().p) ++to;
  else {
    while (to > 0 && data.steps[to - 1].p === step().p) --to;
    if (to === at && to > 0) { const before = data.steps[--to].p; while (to > 0 && data.steps[to - 1].p === before) --to; }
  }
  go(to);
}
function play(on) {
  clearInterval(playing);
  playing = on && at < data.steps.length - 1 ? setInterval(() => { go(at + 1); if (at === data.steps.length - 1) play(false); }, 900) : 0;
  $('play').querySelector('path').setAttribute('d', playing ? 'M8 4v16M16 4v16' : 'M7 4l12 8-12 8z');
  name($('play'), word(playing ? 'pause' : 'play'));
}
function name(element, words) {
  element.title = words;
  element.setAttribute('aria-label', words);
}

function speak(index) {
  language = index;
  for (const id of ['first', 'lastCall', 'back', 'next', 'nextCall', 'last', 'theme', 'keys']) name($(id), word(id));
  name($('slider'), word('step'));
  $('languages').setAttribute('aria-label', word('language'));
  [...$('languages').children].forEach((b, i) => b.setAttribute('aria-pressed', i === index));
  for (const [panel, title] of [['pathPanel', 'walk'], ['objectsPanel', 'objects'], ['bufferPanel', 'buffer']])
    $(panel).querySelector('h2').textContent = word(title);
  $('path').setAttribute('aria-label', word('walk'));
  $('made').textContent = word('made');
  const dialog = $('keysDialog');
  dialog.querySelector('h2').textContent = word('keys');
  dialog.querySelector('table').replaceChildren(...[['→', 'next'], ['←', 'back'], ['Page Down', 'nextCall'],
    ['Page Up', 'lastCall'], ...(lesson ? [['N', 'nextStop'], ['B', 'lastStop']] : []), ['Home', 'first'], ['End', 'last'], ['Space', 'play'], ['L', 'language'], ['T', 'theme']]
    .map(([key, what]) => {
      const row = make('tr'), cell = make('td');
      cell.append(make('kbd', '', key));
      row.append(cell, make('td', '', word(what)));
      return row;
    }));
  $('linkWords').textContent = word('link');
  $('close').textContent = word('close');
  showRoom();
  lesson?.showPanel();
  play(false);
  drawnPath = -1;
}

// ---- a learning system around the page (SCORM 1.2), if there is one
const scorm = (() => {
  for (let w = window, i = 0; i < 8; ++i, w = w.parent) {
    try { if (w.API) return w.API; } catch (e) { return null; }
    if (w === w.parent) break;
  }
  return null;
})();
let furthest = 0;
function report() {
  if (!scorm) return;
  furthest = Math.max(furthest, at);
  scorm.LMSSetValue('cmi.core.lesson_location', String(at + 1));
  const done = lesson ? lesson.status() !== 'incomplete' : furthest === data.steps.length - 1;
  scorm.LMSSetValue('cmi.core.lesson_status', lesson ? lesson.status() : done ? 'completed' : 'incomplete');
  if (lesson) scorm.LMSSetValue('cmi.suspend_data', lesson.kept());
  if (lesson && lesson.score() !== null)
    for (const [what, number] of [['raw', lesson.score()], ['min', 0], ['max', 100]])
      scorm.LMSSetValue(`cmi.core.score.${what}`, String(number));
  if (done) scorm.LMSCommit('');
}

// ---- begin
const keys = {
  ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(data.steps.length - 1),
  PageDown: () => nextCall(1), PageUp: () => nextCall(-1), ' ': () => play(!playing),
  l: () => { speak((language + 1) % data.languages.length); show(); }, t: () => toggleTheme(),
  '?': () => $('keysDialog').showModal(),
};
if (lesson) Object.assign(keys, {n: () => lesson.goTo(lesson.stop() + 1), b: () => lesson.goTo(lesson.stop() - 1)});
function toggleTheme() {
  document.documentElement.classList.toggle('dark');
  drawnPath = -1;
  show();
}
addEventListener('keydown', e => {
  if (e.ctrlKey || e.altKey || e.metaKey || $('keysDialog').open) return;
  const does = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
  if (!does || (e.target.tagName === 'BUTTON' && e.key === ' ')) return;
  if (e.target.tagName === 'SELECT' || (e.target.tagName === 'INPUT' && e.target.type !== 'range')) return; // typed there
  e.preventDefault();
  if (e.key !== ' ') play(false);
  does();
});
data.languages.forEach((l, i) => {
  const b = make('button', '', l.name);
  b.type = 'button';
  b.lang = l.code;
  b.addEventListener('click', () => { speak(i); show(); });
  $('languages').append(b);
});
for (const [id, does] of Object.entries({
  first: () => go(0), back: () => go(at - 1), next: () => go(at + 1), last: () => go(data.steps.length - 1),
  lastCall: () => nextCall(-1), nextCall: () => nextCall(1), theme: toggleTheme, keys: keys['?'],
})) $(id).addEventListener('click', () => { play(false); does(); });
$('play').addEventListener('click', () => play(!playing));
$('comeBack').addEventListener('click', () => { room.following = true; goToTeacher(); showRoom(); });
$('close').addEventListener('click', () => $('keysDialog').close());
$('slider').max = data.steps.length - 1;
$('slider').addEventListener('input', () => { play(false); go(Number($('slider').value)); });
addEventListener('resize', () => { showObjects(); showRunning(); });
function readHash(begin) {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const code = wanted.get('lang'), spoken = data.languages.findIndex(l => code ? l.code.startsWith(code) :
    navigator.language.slice(0, 2) === l.code.slice(0, 2));
  if ((code || begin) && Math.max(0, spoken) !== language || begin) { speak(Math.max(0, spoken)); shownOnce = false; }
  const number = Number.parseInt(wanted.get('step') ?? '', 10), stop = Number.parseInt(wanted.get('stop') ?? '', 10);
  if (lesson && Number.isFinite(stop)) lesson.goTo(stop - 1, !Number.isFinite(number));
  if (Number.isFinite(number)) go(number - 1);
  else if (begin && !(lesson && Number.isFinite(stop))) go(lesson && !furthest ? lesson.first() : at);
}
addEventListener('hashchange', () => readHash(false));
if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.classList.add('dark');
document.title = $('title').textContent = data.title;
if (scorm) {
  scorm.LMSInitialize('');
  addEventListener('pagehide', () => { scorm.LMSCommit(''); scorm.LMSFinish(''); });
  const where = Number.parseInt(scorm.LMSGetValue('cmi.core.lesson_location'), 10);
  if (lesson) lesson.takeUp(scorm.LMSGetValue('cmi.suspend_data'));
  if (where > 0) { at = Math.min(where, data.steps.length) - 1; furthest = at; }
}
readHash(true);
joinRoom();
})();
