// Times in the reader's zone, pages that update themselves, and curves. Pages work without this file.
(() => {
  'use strict';
  const every = Number(document.body.dataset.every) || 5000;
  const STEP = 40;
  const form = new Intl.DateTimeFormat([], {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit'});
  const hours = new Intl.DateTimeFormat([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});

  const span = (millis) => {
    const s = Math.max(0, Math.floor(millis / 1000));
    if (s < 60) return s + ' s';
    if (s < 3600) return Math.floor(s / 60) + ' min ' + s % 60 + ' s';
    if (s < 86400) return Math.floor(s / 3600) + ' h ' + Math.floor(s % 3600 / 60) + ' min';
    return Math.floor(s / 86400) + ' d ' + Math.floor(s % 86400 / 3600) + ' h';
  };

  // Only what can be seen is formatted, so that a long list costs nothing.
  const visible = new Set();
  const show = (time) => {
    const at = new Date(time.dateTime);
    const text = time.className === 'age' ? span(Date.now() - at)
      : at.toDateString() === new Date().toDateString() ? hours.format(at) : form.format(at);
    if (time.textContent !== text) time.textContent = text;
  };
  // A row of turns is watched as a whole, because a thousand of them have thousands of times.
  const timesOf = (place) => place.matches('time') ? [place] : place.querySelectorAll('time');
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        visible.add(entry.target);
        timesOf(entry.target).forEach(show);
      } else {
        visible.delete(entry.target);
      }
    }
  });
  const watchTimes = (root) => {
    if (root.matches && root.matches('#turns tr')) {
      seen.observe(root);
    } else {
      new Set([...root.querySelectorAll('time')].map((time) => time.closest('#turns tr') || time))
        .forEach((place) => seen.observe(place));
    }
  };
  watchTimes(document);
  setInterval(() => {
    for (const place of visible) {
      if (place.isConnected) {
        timesOf(place).forEach((time) => { if (time.className === 'age') show(time); });
      } else {
        visible.delete(place);
        seen.unobserve(place);
      }
    }
  }, 1000);

  const later = () => new Promise((go) => setTimeout(go, 0));
  const text = async (path) => {
    const answer = await fetch(path, {headers: {Accept: 'text/html'}});
    if (!answer.ok) throw new Error(path + ' answered ' + answer.status);
    return answer.text();
  };
  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

  const all = document.getElementById('choose-all');
  if (all) {
    all.hidden = false;
    all.addEventListener('change', () =>
      document.querySelectorAll('input[name=id]').forEach((box) => { box.checked = all.checked; }));
  }

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // The curves of gaps are drawn from their table.
  const advice = document.getElementById('advice-curves');
  const drawAdvice = () => {
    const points = [...document.querySelectorAll('#advice tbody tr')].map((row) => row.dataset);
    for (const place of advice.querySelectorAll('.plot')) {
      const y = place.dataset.y;
      const at = (point) => Number(point[y]);
      const off = (point) => Number(point[y + 'Off']) || 0;
      const byX = [...points].sort((one, other) => one.x - other.x);
      const values = (wanted, value) => byX.map((point) => wanted(point) ? value(point) : null);
      const fixed = (point) => point.policy === 'fixed';
      // Above turn.max.duration a longer gap can have a shorter mean wait: the line joins the gaps by their length,
      // in which the table has them.
      const byGap = points.filter(fixed);
      const places = (plot, value) => byGap.map((point) =>
        [plot.valToPos(Number(point.x), 'x', true), plot.valToPos(value(point), 'y', true)]);
      const joined = (all) => {
        const path = new Path2D();
        all.forEach(([x, y]) => path.lineTo(x, y));
        return path;
      };
      const upper = (point) => at(point) + off(point);
      const lower = (point) => at(point) - off(point);
      const data = [
        byX.map((point) => Number(point.x)), values(fixed, at),
        values(fixed, upper), values(fixed, lower),
        values((point) => !fixed(point), at), values((point) => point.today === 'true', at)];
      const curve = (plot) => ({stroke: joined(places(plot, at)), fill: null, clip: null, flags: 0});
      const band = (plot) => ({
        stroke: new Path2D(), fill: joined([...places(plot, upper), ...places(plot, lower).reverse()]),
        clip: null, flags: 0});
      const line = {points: {show: false}};
      const dots = (name, size) => ({
        stroke: colour(name), paths: () => null, points: {show: true, size: size, fill: colour(name)}});
      place.replaceChildren();
      new uPlot({
        width: place.clientWidth, height: 220, legend: {show: false}, cursor: {y: false},
        scales: {x: {time: false}, y: {range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)]}},
        axes: [
          {stroke: colour('--soft'), grid: {stroke: colour('--line'), width: 1}, size: 28},
          {stroke: colour('--soft'), grid: {stroke: colour('--line'), width: 1}, size: 56}],
        series: [{}, {...line, paths: curve, stroke: colour('--accent'), width: 2},
          {...line, paths: band, width: 0, fill: colour('--accent') + '33'}, {...line, paths: () => null, width: 0},
          dots('--focus', 7), dots('--bad', 12)]}, data, place);
    }
  };
  if (advice && window.uPlot) {
    advice.hidden = false;
    drawAdvice();
    addEventListener('resize', drawAdvice);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAdvice);
  }

  const rows = document.getElementById('turn-rows');
  if (!rows) return;

  // Rows keep their elements, and change in small steps, so that the page never stops to react.
  const updateTurns = async () => {
    const html = await text('/turns');
    const parts = html.split('<tr ');
    const wanted = [];
    for (const part of parts.slice(1)) {
      const key = /data-key="([^"]*)" data-v="([^"]*)"/.exec(part);
      const end = part.indexOf('</tr>');
      if (key && end >= 0) wanted.push({key: key[1] + ' ' + key[2], html: '<tr ' + part.slice(0, end + 5)});
    }
    const known = new Map();
    for (const row of rows.children) known.set(row.dataset.key + ' ' + row.dataset.v, row);
    const keys = new Set(wanted.map((row) => row.key));
    let work = 0;
    for (const [key, row] of known) {
      if (!keys.has(key)) {
        row.remove();
        if (++work % STEP === 0) await later();
      }
    }
    let before = null;
    let fresh = [];
    const flush = async () => {
      if (fresh.length === 0) return;
      const parsed = parse('<table><tbody>' + fresh.join('') + '</tbody></table>').querySelectorAll('tr');
      for (const row of parsed) {
        const own = document.importNode(row, true);
        rows.insertBefore(own, before ? before.nextSibling : rows.firstChild);
        watchTimes(own);
        before = own;
      }
      fresh = [];
      await later();
    };
    for (const row of wanted) {
      const there = known.get(row.key);
      if (there) {
        await flush();
        const place = before ? before.nextSibling : rows.firstChild;
        if (place !== there) rows.insertBefore(there, place);
        before = there;
      } else {
        fresh.push(row.html);
        if (fresh.length >= STEP) await flush();
      }
    }
    await flush();
  };

  const updateParts = async () => {
    const page = parse(await text('/now'));
    await later();
    for (const id of ['parts-top', 'turns-line', 'parts-rest']) {
      const here = document.getElementById(id);
      const there = page.getElementById(id);
      // A part in which somebody reads by keyboard stays as it is.
      if (here && there && !here.contains(document.activeElement)) {
        const own = document.importNode(there, true);
        if (own.textContent !== here.textContent) {
          here.replaceWith(own);
          watchTimes(own);
        }
        await later();
      }
    }
  };

  const plots = new Map();
  const options = (place) => ({
    width: place.clientWidth, height: 120, legend: {show: false},
    cursor: {y: false}, scales: {
      // A console that has just started has no figures, or those of a minute.
      x: {range: (_, low, high) => {
        const end = high ?? Date.now() / 1000;
        return [Math.min(low ?? end, end - 600), end];
      }},
      y: {range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)]}},
    axes: [
      {stroke: colour('--soft'), grid: {stroke: colour('--line'), width: 1}, size: 28},
      {stroke: colour('--soft'), grid: {stroke: colour('--line'), width: 1}, size: 44}],
    series: [{}, {stroke: colour('--accent'), width: 2, spanGaps: false, points: {show: false}}]});
  const updateCurves = async () => {
    const answer = await fetch('/figures');
    if (!answer.ok || !window.uPlot) return;
    const curves = await answer.json();
    for (const figure of document.querySelectorAll('[data-figure]')) {
      const curve = curves[figure.dataset.figure];
      const place = figure.querySelector('.plot');
      if (!curve || !place || place.clientWidth === 0) continue;
      const data = [curve.times, curve.values];
      const plot = plots.get(place);
      if (plot) {
        plot.setData(data);
      } else {
        plots.set(place, new uPlot(options(place), data, place));
      }
      await later();
    }
  };
  const drawAgain = () => {
    for (const [place, plot] of plots) {
      plot.destroy();
      plots.delete(place);
    }
    updateCurves();
  };
  addEventListener('resize', () => {
    for (const [place, plot] of plots) plot.setSize({width: place.clientWidth, height: 120});
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAgain);

  let rounds = 0;
  const round = async () => {
    if (document.visibilityState === 'visible') {
      try {
        await updateTurns();
        if (rounds > 0) await updateParts();
        if (rounds % 12 === 0) await updateCurves();
        document.body.removeAttribute('data-stale');
      } catch (problem) {
        document.body.setAttribute('data-stale', String(problem.message));
      }
      rounds++;
    }
    setTimeout(round, every);
  };
  round();
})();
