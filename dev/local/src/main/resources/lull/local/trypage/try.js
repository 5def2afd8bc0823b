// The page keeps what the server reports in `state`, and draws it. Everything that people wrote is set as text.

// More of them appear when they write; the address can name one, such as #15550001023.
const customers = new Map([
  ['15550001001', 'Test customer'],
  ['15550001021', 'Maya'],
  ['15550001022', 'Noah'],
]);
const INTERACTIVE = 'application/vnd.amazonaws.connect.message.interactive';
const TYPING_LASTS_MS = 25_000;

const byId = id => document.getElementById(id);
const state = {};
let customer = /^#([0-9]{5,15})$/.exec(location.hash)?.[1] ?? customers.keys().next().value;
let chatId = '';
// Whether a person has chosen the chat; else the page shows that of the customer.
let chosen = false;
let answeringTo = null;

function reset() {
  Object.assign(state, { messages: [], turns: [], statuses: new Map(), open: new Map(), chats: [], phones: [], receipts: [], faults: [] });
}
reset();
// What was sent here, and is not on the topic yet.
let pending = [];

// --- Elements ---

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key.includes('-')) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

/** Makes the children of a list those of the items, and touches only what has changed. */
function sync(list, items, key, draw) {
  const old = new Map([...list.children].map(child => [child.dataset.key, child]));
  const box = list.parentElement;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  let added = false;
  items.forEach((item, at) => {
    const id = key(item);
    const now = JSON.stringify(item);
    let child = old.get(id);
    old.delete(id);
    if (!child || child.shown !== now) {
      const fresh = draw(item);
      fresh.dataset.key = id;
      fresh.shown = now;
      if (child) {
        const focused = child.contains(document.activeElement) ? document.activeElement.textContent : null;
        child.replaceWith(fresh);
        if (focused !== null) [...fresh.querySelectorAll('button')].find(it => it.textContent === focused)?.focus();
      }
      added ||= !child;
      child = fresh;
    }
    if (list.children[at] !== child) list.insertBefore(child, list.children[at] ?? null);
  });
  old.forEach(child => child.remove());
  if (added && atEnd && box.classList.contains('log')) {
    const toEnd = () => { box.scrollTop = box.scrollHeight; };
    toEnd();
    list.querySelectorAll('img').forEach(it => { if (!it.complete) it.addEventListener('load', toEnd, { once: true }); });
  }
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const clock = at => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

const TICKS = { pending: ['◷', 'on its way'], sent: ['✓', 'sent'], delivered: ['✓✓', 'delivered'], read: ['✓✓', 'read'], failed: ['!', 'not delivered'] };

function meta(at, tick) {
  const shown = element('span', { class: 'meta' }, element('time', { dateTime: at }, clock(at)));
  if (tick) {
    const [sign, word] = TICKS[tick] ?? TICKS.sent;
    shown.append(element('span', { class: 'tick ' + tick, 'aria-hidden': 'true', title: word }, sign), element('span', { class: 'hidden' }, word));
  }
  return shown;
}

function file(type, address, name) {
  if (type.startsWith('image/')) return element('img', { src: address, alt: name || 'Picture' });
  if (type.startsWith('audio/')) return element('audio', { src: address, controls: true, 'aria-label': name || 'Voice note' });
  if (type.startsWith('video/')) return element('video', { src: address, controls: true, 'aria-label': name || 'Video' });
  return element('a', { href: address, download: name || 'file' }, name || 'File');
}

// --- Calls ---

async function call(address, body, type = 'application/json') {
  const problem = byId('problem');
  try {
    const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': type }, body: type === 'application/json' ? JSON.stringify(body) : body });
    const text = await answer.text();
    const json = text ? JSON.parse(text) : {};
    if (!answer.ok) throw new Error(json.error ?? 'The answer was ' + answer.status);
    setText(problem, '');
    return json;
  } catch (failure) {
    setText(problem, 'That did not work: ' + failure.message);
    throw failure;
  }
}

// --- The phone ---

function meet(phone) {
  if (customers.has(phone)) return;
  customers.set(phone, 'Customer ' + phone);
  byId('customer').append(element('option', { value: phone }, customers.get(phone)));
}

// Messages are sent one after another: two requests at the same time may arrive in any order.
let lastSent = Promise.resolve();

async function send(message) {
  const waiting = { id: 'pending ' + performance.now(), customer, raw: message, at: new Date().toISOString(), tick: 'pending' };
  if (answeringTo) {
    message.context = { from: '15550000001', id: answeringTo.id };
    setAnswering(null);
  }
  pending.push(waiting);
  draw();
  try {
    const sent = lastSent.then(() => call(`/customers/${waiting.customer}/messages`, { name: customers.get(waiting.customer), message }));
    lastSent = sent.catch(() => {});
    waiting.id = (await sent).id;
    waiting.tick = 'sent';
    if (state.messages.some(it => it.id === waiting.id)) pending = pending.filter(it => it !== waiting);
  } catch {
    waiting.tick = 'failed';
  }
  draw();
}

async function sendFile(content, type, name) {
  const medium = await call('/media', content, type);
  const kind = ['image', 'audio', 'video'].find(it => type.startsWith(it + '/')) ?? 'document';
  const object = { id: medium.id, mime_type: medium.mime_type, sha256: medium.sha256 };
  if (kind === 'document') object.filename = name;
  if (name === 'voice') object.voice = true;
  await send({ type: kind, [kind]: object });
}

function paintedPicture() {
  const canvas = element('canvas', { width: 480, height: 320 });
  const paint = canvas.getContext('2d');
  const sky = paint.createLinearGradient(0, 0, 0, 320);
  sky.addColorStop(0, '#8fd3f4');
  sky.addColorStop(1, '#fdf1d3');
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 480, 320);
  paint.fillStyle = '#ffb238';
  paint.beginPath();
  paint.arc(360, 90, 42, 0, 7);
  paint.fill();
  paint.fillStyle = '#0b6b5b';
  paint.beginPath();
  paint.moveTo(0, 320);
  for (let x = 0; x <= 480; x += 8) paint.lineTo(x, 230 + 28 * Math.sin(x / 60));
  paint.lineTo(480, 320);
  paint.fill();
  return new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
}

const SEND = {
  image: async () => sendFile(await paintedPicture(), 'image/jpeg', 'picture'),
  audio: async () => sendFile(await (await fetch('/voice.ogg')).blob(), 'audio/ogg; codecs=opus', 'voice'),
  location: () => send({ type: 'location', location: { latitude: 52.520008, longitude: 13.404954, name: 'Television Tower', address: 'Berlin' } }),
  contacts: () => send({ type: 'contacts', contacts: [{ name: { formatted_name: 'Kim Example', first_name: 'Kim' }, phones: [{ phone: '+1 555 000 1099', type: 'CELL' }] }] }),
  file: async () => byId('phone-file').click(),
};

function setAnswering(message) {
  answeringTo = message;
  byId('answering').hidden = !message;
  if (message) {
    setText(byId('answering').firstElementChild, 'Answer to: ' + summary(message.raw));
    byId('phone-text').focus();
  }
}

/** A message's own words, or a word for it. */
function summary(raw) {
  const part = raw[raw.type] ?? {};
  switch (raw.type) {
    case 'text': return part.body ?? '';
    case 'image': return part.caption ?? 'Picture';
    case 'audio': return part.voice ? 'Voice note' : 'Audio';
    case 'video': return part.caption ?? 'Video';
    case 'document': return part.filename ?? 'File';
    case 'location': return 'Location: ' + (part.name ?? `${part.latitude}, ${part.longitude}`);
    case 'contacts': return 'Contact: ' + (part[0]?.name?.formatted_name ?? '');
    case 'reaction': return 'Reaction: ' + (part.emoji || 'removed');
    case 'interactive': return part.button_reply?.title ?? part.list_reply?.title ?? part.body?.text ?? 'Choice';
    case 'revoke': return 'Deletes a message';
    default: return raw.type;
  }
}

/** What the phone shows: messages of both sides by time; reactions and deletions belong to the message they name. */
function phoneItems() {
  const own = [...state.messages.filter(it => it.customer === customer), ...pending.filter(it => it.customer === customer)];
  const lastRead = Math.max(-1, ...state.receipts.map(it => own.findIndex(message => message.id === it.messageId)));
  const emoji = new Map();
  const deleted = new Set();
  own.forEach(({ raw }) => {
    if (raw.type === 'reaction') emoji.set(raw.reaction.message_id, raw.reaction.emoji);
    if (raw.type === 'revoke') deleted.add(raw.revoke.original_message_id);
  });
  const items = own
    .map((message, at) => ({ ...message, mine: true, tick: message.tick ?? (at <= lastRead ? 'read' : 'delivered') }))
    .filter(({ raw }) => raw.type !== 'reaction' && raw.type !== 'revoke')
    .map(message => ({ ...message, deleted: deleted.has(message.id) }));
  const received = state.phones
    .filter(it => it.to === customer)
    .map(it => ({ id: it.wamid, at: it.at, mine: false, type: it.type, text: it.text, raw: { type: it.type, [it.type]: it.content }, answers: it.replyTo }));
  for (const item of received) {
    if (item.type === 'reaction') emoji.set(item.raw.reaction?.message_id, item.text);
  }
  return [...items, ...received.filter(it => it.type !== 'reaction')]
    .map(item => ({ ...item, emoji: emoji.get(item.id) }))
    .map(item => ({ ...item, quote: quoted(item.answers ?? item.raw.context?.id) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function quoted(id) {
  if (!id) return undefined;
  const own = state.messages.find(it => it.id === id);
  if (own) return summary(own.raw);
  return state.phones.find(it => it.wamid === id)?.text ?? 'a message';
}

function drawPhoneItem(item) {
  const bubble = element('div', { class: 'bubble' });
  if (item.quote !== undefined) bubble.append(element('blockquote', {}, item.quote));
  if (item.deleted) {
    bubble.append(element('p', { class: 'deleted' }, 'You deleted this message'));
  } else {
    const part = item.raw[item.raw.type] ?? {};
    if (part.id && part.mime_type) bubble.append(file(part.mime_type, '/media/' + encodeURIComponent(part.id), part.filename));
    else if (part.id && ['image', 'audio', 'video'].includes(item.raw.type)) bubble.append(file(item.raw.type + '/', '/media/' + encodeURIComponent(part.id)));
    else if (part.id && item.raw.type === 'document') bubble.append(file('', '/media/' + encodeURIComponent(part.id), part.filename));
    const words = item.mine ? summary(item.raw) : item.text;
    const isBareFile = part.id && item.mine && !part.caption;
    if (words && !isBareFile) bubble.append(element('p', {}, words));
    if (!item.mine && item.type === 'interactive') bubble.append(choices(part));
  }
  if (item.emoji) bubble.append(element('span', { class: 'emoji' }, element('span', { class: 'hidden' }, 'Reaction: '), item.emoji));
  bubble.append(meta(item.at, item.mine ? item.tick : null));
  const about = summary(item.raw).slice(0, 40) || item.text?.slice(0, 40) || 'message';
  const action = (label, what, act) => element('button', { type: 'button', class: 'quiet', 'aria-label': `${what}: ${about}`, title: what, onclick: act }, label);
  const actions = element('div', { class: 'actions' });
  if (!item.deleted && !item.id.startsWith('pending')) {
    actions.append(action('Reply', 'Reply to', () => setAnswering(item)));
    actions.append(action('👍', 'React with thumbs up to', () => send({ type: 'reaction', reaction: { message_id: item.id, emoji: '👍' } })));
    if (item.mine) actions.append(action('Delete', 'Delete', () => send({ type: 'revoke', revoke: { original_message_id: item.id } })));
  }
  return element('li', { class: item.mine ? 'mine' : '' }, bubble, actions);
}

/** Buttons or rows of a message, each of which answers it. */
function choices(content) {
  const box = element('div', { class: 'choices' });
  const choose = (kind, id, title) => element('button', { type: 'button', onclick: () => send({ type: 'interactive', interactive: { type: kind, [kind]: { id, title } } }) }, title);
  for (const { reply } of content.action?.buttons ?? []) box.append(choose('button_reply', reply.id, reply.title));
  for (const section of content.action?.sections ?? []) {
    for (const row of section.rows ?? []) box.append(choose('list_reply', row.id, row.title));
  }
  return box;
}

function drawPhone() {
  sync(byId('phone-log'), phoneItems(), it => it.id, drawPhoneItem);
  const own = new Set(state.messages.filter(it => it.customer === customer).map(it => it.id));
  const typing = state.receipts.filter(it => it.typing && own.has(it.messageId)).at(-1);
  const answer = state.phones.filter(it => it.to === customer).at(-1);
  const isTyping = typing && Date.now() - Date.parse(typing.at) < TYPING_LASTS_MS && !(answer && answer.at > typing.at);
  setText(byId('phone-typing'), isTyping ? 'The business is typing …' : '');
}

// --- The turn ---

const seconds = iso => {
  const [, hours = 0, minutes = 0, rest = 0] = /^-?PT(?:(\d+)H)?(?:(\d+)M)?(?:(-?[\d.]+)S)?$/.exec(iso ?? '') ?? [];
  return hours * 3600 + minutes * 60 + Number(rest);
};
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
const said = value => `${Math.round(value * 10) / 10} s`;

function openTurn() {
  for (const [conversation, { turn, at }] of state.open) {
    if (turn && conversation.endsWith('|' + customer)) return { turn, at };
  }
  return null;
}

/** Messages that no turn contains yet: the open turn, a moment before the aggregator shows it. */
function unclosed() {
  const closed = new Set(state.turns.flatMap(it => it.messages));
  return state.messages.filter(it => it.customer === customer && !closed.has(it.id));
}

function drawTurn() {
  const messages = openTurn() ? unclosed() : [];
  const open = openTurn();
  byId('open-turn').classList.toggle('open', !!open);
  sync(byId('open-messages'), messages.map(({ id, raw }) => ({ id, words: summary(raw) })), it => it.id, it => element('li', {}, it.words));
  const closed = state.turns.filter(it => it.customer === customer).reverse().slice(0, 20);
  sync(byId('closed-turns'), closed, it => it.id, drawClosedTurn);
  setText(byId('turn-state'), open ? 'A turn is open.' : closed.length ? `Closed: ${plural(closed[0].messages.length, 'message')} became ${became(closed[0])}.` : 'Lull waits for a message.');
  setText(byId('policy'), open ? policyNow(open.turn) : '');
  drawCountdown();
}

const often = decision => `the probability that more follows is ${Math.round(decision.probability * 100)} %`;

/** What decided how long Lull waits after the latest message, and why that may differ from the gap. */
function policyNow({ gap, gapDecision }) {
  const wait = said(seconds(gap));
  if (!gapDecision) return `Policy fixed: Lull waits ${wait} after this message.`;
  const { by } = gapDecision;
  const other = said(seconds(gapDecision.wait));
  switch (by) {
    case 'adaptive':
      return `Policy adaptive: Lull waits ${wait} after this message, because ${often(gapDecision)}.`
        + (wait === other ? '' : ` The policy alone says ${other}; after a file Lull waits for more of the album.`);
    case 'shadow': return `Policy shadow: the fixed gap decides, ${wait}. The adaptive gap would wait ${other}, because ${often(gapDecision)}.`;
    case 'fallback': return `Policy adaptive, but the fixed gap decides, ${wait}, because the adaptive gap has been worse here. It would wait ${other}: ${often(gapDecision)}.`;
    default: return `Lull waits ${wait} after this message. What decided is not known to this page.`;
  }
}

/** The same of a closed turn, in a few words. */
function policyThen(decision) {
  if (!decision) return 'policy fixed';
  const judged = `${often(decision)}, model ${decision.model}`;
  const other = said(seconds(decision.wait));
  switch (decision.by) {
    case 'adaptive': return `policy adaptive: ${judged}`;
    case 'shadow': return `policy shadow: the adaptive gap would have waited ${other}, because ${judged}`;
    case 'fallback': return `policy adaptive, but the fixed gap decided; the adaptive gap would have waited ${other}: ${judged}`;
    default: return `policy unknown; ${judged}`;
  }
}

const sentence = words => words[0].toUpperCase() + words.slice(1);
const became = turn => (turn.items === 1 ? 'one' : turn.items + ' items');
const CAUSES = { kind: 'the kind of its last message' };

function drawClosedTurn(turn) {
  const words = turn.messages.map(id => state.messages.find(it => it.id === id)).filter(Boolean).map(it => summary(it.raw)).join('\n');
  const cause = turn.cause === 'gap' ? `${said(turn.gapMillis / 1000)} of silence` : CAUSES[turn.cause] ?? turn.cause;
  const destination = turn.destination && turn.destination !== 'connect' ? `, for ${turn.destination}` : '';
  return element('li', { class: 'new' }, element('p', {}, words),
    element('small', {}, `${plural(turn.messages.length, 'message')} became ${became(turn)}, closed by ${cause}${destination}`),
    element('small', {}, sentence(policyThen(turn.gapDecision))));
}

function drawCountdown() {
  const open = openTurn();
  const bar = byId('countdown');
  if (!open) {
    setText(byId('countdown-text'), 'No turn is open');
    bar.value = 0;
    return;
  }
  const gap = seconds(open.turn.gap);
  const rest = Math.max(0, seconds(open.turn.closesIn) - (performance.now() - open.at) / 1000);
  setText(byId('countdown-text'), `Closes in ${rest.toFixed(1)} s, after ${said(gap)} of silence`);
  bar.value = gap ? Math.min(1, 1 - rest / gap) : 0;
}

function drawFaults() {
  const box = byId('faults');
  for (const { id, label, on } of state.faults) {
    let input = byId('fault-' + id);
    if (!input) {
      input = element('input', { type: 'checkbox', id: 'fault-' + id, role: 'switch', onchange: event => call('/faults/' + id, { on: event.target.checked }).catch(() => {}) });
      box.append(element('label', { class: 'switch' }, input, label));
    }
    input.checked = on;
  }
}

// --- The desk ---

const STATES = { CREATED: 'starting', QUEUED: 'waiting', DISCONNECT_FLOW: 'in the survey', ENDED: 'ended' };
const current = () => state.chats.find(it => it.initialContactId === chatId);

function drawDesk() {
  const open = state.chats.filter(it => it.state !== 'ENDED');
  if (!chosen || !current()) {
    const next = open.filter(it => it.customer === customers.get(customer)).at(-1) ?? open.at(-1) ?? current() ?? state.chats.at(-1);
    chatId = next?.initialContactId ?? '';
  }
  const chats = state.chats.slice(-30).reverse()
    .map(it => ({ id: it.initialContactId, name: it.customer, word: it.state === 'AGENT' ? 'with ' + it.agent : STATES[it.state] ?? it.state, current: it.initialContactId === chatId }));
  sync(byId('chats'), chats, it => it.id, it => element('li', {},
    element('button', { type: 'button', 'aria-current': String(it.current), onclick: () => { chatId = it.id; chosen = true; draw(); } }, `${it.name}: ${it.word}`)));
  setText(byId('desk-state'), open.length ? plural(open.length, 'open chat') : 'The agent has no chat.');
  const chat = current();
  sync(byId('desk-log'), (chat?.transcript ?? []).map(item => ({ ...item, tick: tickOf(item) })).filter(isShown), it => it.id, item => drawItem(chat, item));
  const usable = !!chat && chat.state !== 'ENDED' && chat.state !== 'CREATED';
  for (const control of document.querySelectorAll('#desk-form textarea, #desk-form button, [data-act]')) control.disabled = !usable;
}

function isShown(item) {
  return item.type !== 'EVENT' || /(joined|left|ended|transfer)/.test(item.contentType ?? '');
}

/** What WhatsApp has reported about the agent's item: the id of a reply is that of the item. */
function tickOf(item) {
  return item.role === 'AGENT' && item.type !== 'EVENT' ? state.statuses.get(item.id) ?? 'pending' : null;
}

function drawItem(chat, item) {
  if (item.type === 'EVENT') {
    const word = /[^.]*$/.exec(item.contentType)[0];
    return element('li', { class: 'note' }, [item.displayName, word === 'ended' ? 'The chat has ended' : word].filter(Boolean).join(' '));
  }
  const bubble = element('div', { class: 'bubble' });
  for (const { attachmentId, attachmentName, contentType, status } of item.attachments ?? []) {
    if (status === 'APPROVED') bubble.append(file(contentType, `/chats/${encodeURIComponent(chat.contactId)}/attachments/${encodeURIComponent(attachmentId)}`, attachmentName));
    else bubble.append(element('p', {}, `${attachmentName}: ${status.toLowerCase()}`));
  }
  if (item.content) bubble.append(element('p', {}, item.contentType === INTERACTIVE ? interactiveWords(item.content) : item.content));
  const name = item.role === 'CUSTOMER' ? '' : item.displayName ?? item.role;
  bubble.append(element('span', { class: 'meta' }, name ? name + ' ' : '', meta(item.absoluteTime, item.tick)));
  return element('li', { class: item.role === 'CUSTOMER' ? '' : 'mine' }, bubble);
}

function interactiveWords(content) {
  try {
    const { title, elements } = JSON.parse(content).data.content;
    return [title, ...elements.map(it => '• ' + it.title)].join('\n');
  } catch {
    return content;
  }
}

const act = (action, body = {}, type) => call(`/chats/${encodeURIComponent(current().contactId)}/${action}`, body, type).catch(() => {});
const question = (templateType, title, titles) =>
  act('messages', { contentType: INTERACTIVE, text: JSON.stringify({ templateType, version: '1.0', data: { content: { title, elements: titles.map(it => ({ title: it })) } } }) });

const ACT = {
  quick: () => question('QuickReply', 'Shall I call you back?', ['Yes, please', 'No, thanks']),
  list: () => question('ListPicker', 'What is it about?', ['An order', 'A bill', 'Something else']),
  file: () => byId('desk-file').click(),
  transfer: () => act('transfer', { name: current().agent === 'Ben' ? 'Ana' : 'Ben' }),
  end: () => act('end'),
};

// --- Events ---

function draw() {
  drawPhone();
  drawTurn();
  drawDesk();
}

let planned = false;
function drawSoon() {
  if (!planned) {
    planned = true;
    setTimeout(() => { planned = false; draw(); }, 0);
  }
}

const RANK = ['pending', 'sent', 'delivered', 'read', 'failed'];

const EVENTS = {
  start: reset,
  message: it => {
    meet(it.customer);
    state.messages.push(it);
    pending = pending.filter(({ id }) => id !== it.id);
  },
  turn: it => state.turns.push(it),
  status: ({ status, callbackData }) => {
    const id = callbackData?.split('|')[1]?.split('/')[0];
    if (id && RANK.indexOf(status) > RANK.indexOf(state.statuses.get(id))) state.statuses.set(id, status);
  },
  'turn-open': ({ conversation, turn }) => state.open.set(conversation, { turn, at: performance.now() }),
  chats: it => { state.chats = it; },
  phones: it => { state.phones = it; },
  receipts: it => { state.receipts = it; },
  faults: it => { state.faults = it; drawFaults(); },
};

const source = new EventSource('/events');
for (const [name, handle] of Object.entries(EVENTS)) {
  source.addEventListener(name, event => { handle(JSON.parse(event.data)); drawSoon(); });
}
source.addEventListener('open', () => setText(byId('connection'), ''));
source.addEventListener('error', () => setText(byId('connection'), 'Lull is not reachable. The page connects again by itself.'));
setInterval(() => { drawCountdown(); drawPhone(); }, 200);

// --- Controls ---

/** A text box that grows with its lines. Enter sends, Shift and Enter make a new line. */
function growing(box) {
  const grow = () => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
  box.addEventListener('input', grow);
  box.addEventListener('keydown', event => {
    // Enter ends what an input method composes, and is no wish to send.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
  return text => { box.value = text; grow(); };
}

const setPhoneText = growing(byId('phone-text'));
const setDeskText = growing(byId('desk-text'));

customers.forEach((name, phone) => byId('customer').append(element('option', { value: phone }, name)));
meet(customer);
byId('customer').value = customer;
byId('customer').addEventListener('change', event => {
  customer = event.target.value;
  chosen = false;
  setAnswering(null);
  draw();
});

byId('phone-form').addEventListener('submit', event => {
  event.preventDefault();
  const body = byId('phone-text').value.trim();
  if (!body) return;
  setPhoneText('');
  send({ type: 'text', text: { body } });
});
byId('answering').querySelector('button').addEventListener('click', () => setAnswering(null));
for (const button of document.querySelectorAll('[data-send]')) {
  button.addEventListener('click', () => SEND[button.dataset.send]().catch(() => {}));
}
byId('phone-file').addEventListener('change', event => {
  const [chosenFile] = event.target.files;
  if (chosenFile) sendFile(chosenFile, chosenFile.type || 'application/octet-stream', chosenFile.name).catch(() => {});
  event.target.value = '';
});

let typedAt = 0;
byId('desk-text').addEventListener('input', () => {
  if (Date.now() - typedAt > 4000) {
    typedAt = Date.now();
    act('typing');
  }
});
byId('desk-form').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('desk-text').value.trim();
  if (!text) return;
  setDeskText('');
  typedAt = 0;
  act('messages', { text });
});
for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', () => ACT[button.dataset.act]());
}
byId('desk-file').addEventListener('change', event => {
  const [chosenFile] = event.target.files;
  if (chosenFile) act('attachments?name=' + encodeURIComponent(chosenFile.name), chosenFile, chosenFile.type || 'application/octet-stream');
  event.target.value = '';
});

draw();
