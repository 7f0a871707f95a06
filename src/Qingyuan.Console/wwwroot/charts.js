// Factor curves on Apache ECharts. The server sends plain series; this module only draws, appends and reports clicks.
// Times are station wall clock written as UTC milliseconds (the axis runs in UTC), so no reader's own zone can shift them.

// The bundle expects to be a classic script: loaded once, when the first chart is drawn.
const library = new Promise((done, failed) => {
  const script = Object.assign(document.createElement('script'), {
    src: import.meta.resolve('../Vizor.ECharts/js/vizor-echarts-bundle-min.js'), onload: done, onerror: failed,
  });
  document.head.append(script);
});

const charts = new Map();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const states = ['bad', 'warn', 'care', 'doubt', 'off'];
const symbols = { alarm: 'pin', order: 'roundRect', calibration: 'diamond' };

function colours() {
  const of = { text: css('--text'), muted: css('--muted'), line: css('--line'), panel: css('--panel'), palette: Array.from({ length: 8 }, (_, i) => css('--series-' + i)) };
  for (const s of states) of[s] = css('--' + s);
  return of;
}

// A point is [time, value, text, flag, frame, hollow]; value null is a gap and is never joined.
function seriesOf(s, grid, c, model) {
  const colour = c.palette[s.colour % c.palette.length];
  const dense = s.points.length > 120;
  // A point between two gaps has no line to be seen by.
  const alone = i => s.points[i - 1]?.[1] == null && s.points[i + 1]?.[1] == null;
  const line = {
    id: s.id, name: s.name, type: 'line', xAxisIndex: grid, yAxisIndex: grid, data: s.points, connectNulls: false, animation: false,
    symbol: 'circle', symbolSize: (v, p) => (alone(p.dataIndex) ? 4 : dense ? 0 : s.derived ? 4 : 3), showAllSymbol: true, triggerLineEvent: false,
    lineStyle: { width: s.derived ? 1.5 : 1.3, color: colour, type: s.derived ? [2, 3] : 'solid' },
    itemStyle: { color: colour, borderColor: colour, borderWidth: 1.2 }, emphasis: { scale: 1.6 }, z: s.derived ? 4 : 3,
    markLine: {
      silent: true, symbol: 'none', animation: false,
      data: s.limits.map(l => ({ yAxis: l.at, name: l.text })),
      lineStyle: { color: c.bad, type: 'dashed', width: 1 }, label: { formatter: '{b}', position: 'insideEndTop', color: c.bad, fontSize: 11 },
    },
  };
  const hollow = {
    id: s.id + '-hollow', name: s.name, type: 'scatter', xAxisIndex: grid, yAxisIndex: grid, animation: false, z: 5, symbol: 'circle', symbolSize: 6,
    data: s.hollow, itemStyle: { color: c.panel, borderColor: colour, borderWidth: 1.4 },
  };
  if (s.first && model.bands.length) {
    line.markArea = {
      silent: true, animation: false,
      data: model.bands.map(b => [
        { xAxis: b.from, name: b.text, itemStyle: { color: c[b.state] ?? c.care, opacity: 0.13 }, label: { show: grid === 0, color: c[b.state] ?? c.care, fontSize: 11, position: 'insideBottom' } },
        { xAxis: b.to },
      ]),
    };
  }
  return [line, hollow];
}

function optionOf(model, height) {
  const c = colours();
  const grids = [], xAxis = [], yAxis = [], series = [];
  const top = 34, bottom = 46, between = 26;
  const weights = model.groups.map((g, i) => (i === 0 ? 2 : 1));
  const share = (height - top - bottom - between * (model.groups.length - 1)) / Math.max(1, weights.reduce((a, b) => a + b, 0));
  let y = top;
  model.groups.forEach((g, i) => {
    const h = share * weights[i];
    grids.push({ left: 56, right: 16, top: y, height: h });
    y += h + between;
    const last = i === model.groups.length - 1;
    xAxis.push({ type: 'time', gridIndex: i, min: model.from, max: model.to, axisLine: { lineStyle: { color: c.line } }, axisTick: { show: last },
      axisLabel: { show: last, color: c.muted, fontSize: 11, hideOverlap: true, formatter: { day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' } }, splitLine: { show: false } });
    yAxis.push({ type: 'value', gridIndex: i, name: g.unit, nameGap: 8, scale: true, nameTextStyle: { color: c.muted, align: 'right', fontSize: 11 },
      axisLabel: { color: c.muted, fontSize: 11 }, splitLine: { lineStyle: { color: c.line } }, splitNumber: i === 0 ? 4 : 2,
      max: v => Math.max(v.max, g.floorMax ?? v.max), min: g.floorMin ?? undefined });
    g.series.forEach(s => series.push(...seriesOf(s, i, c, model)));
  });
  if (model.flags.length && grids.length) {
    grids.push({ left: 56, right: 16, top: 14, height: 16 });
    const i = grids.length - 1;
    xAxis.push({ type: 'time', gridIndex: i, min: model.from, max: model.to, show: false });
    yAxis.push({ type: 'value', gridIndex: i, min: 0, max: 1, show: false });
    series.push({ id: 'flags', type: 'scatter', xAxisIndex: i, yAxisIndex: i, animation: false, z: 6, symbolSize: 14, symbol: (v, p) => symbols[p.data.kind] ?? 'pin',
      data: model.flags.map(f => ({ value: [f.at, 0.5], kind: f.kind, link: f.link, name: f.text, itemStyle: { color: c[f.state] ?? c.care } })) });
  }
  const nothing = model.groups.every(g => g.series.every(s => s.points.length + s.hollow.length === 0));
  return {
    graphic: nothing ? [{ type: 'text', left: 'center', top: 'middle', style: { text: model.empty, fill: c.muted, font: '13px ' + css('--sans') } }] : [],
    useUTC: true, animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: css('--sans') }, grid: grids, xAxis, yAxis, series,
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    aria: { enabled: true, label: { description: model.description } },
    tooltip: { trigger: 'axis', confine: true, backgroundColor: c.panel, borderColor: c.line, extraCssText: 'max-width: min(420px, 80vw); white-space: normal;', textStyle: { color: c.text, fontSize: 12 }, axisPointer: { type: 'line', lineStyle: { color: c.muted, type: 'dashed' } }, formatter: p => tip(p, model) },
    toolbox: { show: true, itemSize: 0, showTitle: false, feature: { dataZoom: { yAxisIndex: 'none', brushStyle: { color: c.care, opacity: 0.15 } } } },
    dataZoom: [{ type: 'inside', xAxisIndex: 'all', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, moveOnMouseWheel: false }],
  };
}

const escape = text => String(text ?? '').replace(/[&<>"]/g, ch => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[ch]);

function tip(items, model) {
  const rows = new Map();
  for (const p of [].concat(items)) {
    if (p.seriesId === 'flags') { rows.set('f' + p.name, `<div>${escape(p.name)}</div>`); continue; }
    const v = p.value;
    if (!v || v[1] == null) continue;
    const unit = model.groups[p.axisIndex]?.unit ?? '';
    rows.set(p.seriesName, `<div style="display:flex;gap:12px"><span>${p.marker ?? ''}${escape(p.seriesName)}</span><b style="margin-left:auto">${escape(v[2])}</b><span>${escape(unit)} ${v[3] ? '[' + escape(v[3]) + ']' : ''}</span></div>`);
  }
  const first = [].concat(items)[0];
  const at = first ? new Date(first.value[0]).toISOString().slice(5, 19).replace('T', ' ') : '';
  return `<div style="margin-bottom:4px">${at}</div>${[...rows.values()].join('')}`;
}

function draw(entry) {
  const { chart, element, model } = entry;
  chart.setOption(optionOf(model, element.clientHeight), { notMerge: true });
  chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
}

// Nearest drawn point of any series to a place on the canvas: a click need not hit a 3-pixel circle.
function nearest(entry, x, y) {
  let best = null;
  entry.model.groups.forEach((g, i) => g.series.forEach(s => {
    for (const p of s.points.concat(s.hollow)) {
      if (p[1] == null) continue;
      const at = entry.chart.convertToPixel({ xAxisIndex: i, yAxisIndex: i }, [p[0], p[1]]);
      const d = Math.hypot(at[0] - x, at[1] - y);
      if (d < 14 && (!best || d < best.d)) best = { d, series: s.id, at: p[0], frame: p[4] ?? null };
    }
  }));
  return best;
}

export async function show(element, model, owner) {
  await library;
  hide(element);
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  const entry = { chart, element, model, owner, down: null };
  charts.set(element, entry);
  draw(entry);
  const zr = chart.getZr();
  zr.on('mousedown', e => { entry.down = [e.offsetX, e.offsetY]; });
  zr.on('mouseup', e => {
    if (!entry.down || Math.hypot(e.offsetX - entry.down[0], e.offsetY - entry.down[1]) > 4) return;
    const hit = nearest(entry, e.offsetX, e.offsetY);
    if (hit) owner.invokeMethodAsync('OnPointAsync', hit.series, hit.at, hit.frame);
  });
  zr.on('dblclick', () => reset(element));
  chart.on('click', { seriesId: 'flags' }, e => { if (e.data.link) owner.invokeMethodAsync('OnFlagAsync', e.data.link); });
  entry.resize = new ResizeObserver(() => { chart.resize(); });
  entry.resize.observe(element);
  entry.skin = () => draw(entry);
  window.addEventListener('qingyuan-skin', entry.skin);
}

// Adds newer points to series and moves the window on; what was drawn stays.
export function append(element, from, to, additions) {
  const entry = charts.get(element);
  if (!entry) return;
  const { model, chart } = entry;
  [model.from, model.to] = [from, to];
  const changed = [];
  for (const g of model.groups) for (const s of g.series) {
    const more = additions.find(a => a.id === s.id);
    if (!more) continue;
    s.points = s.points.concat(more.points).filter(p => p[0] >= from);
    s.hollow = s.hollow.concat(more.hollow).filter(p => p[0] >= from);
    changed.push({ id: s.id, data: s.points }, { id: s.id + '-hollow', data: s.hollow });
  }
  chart.setOption({ graphic: [], series: changed, xAxis: chart.getOption().xAxis.map(() => ({ min: from, max: to })) }, { replaceMerge: ['graphic'] });
}

export function zoom(element, factor) {
  const entry = charts.get(element);
  if (!entry) return;
  const z = entry.chart.getOption().dataZoom[0];
  const middle = (z.start + z.end) / 2, half = Math.min(50, Math.max(0.5, (z.end - z.start) * factor / 2));
  entry.chart.dispatchAction({ type: 'dataZoom', start: Math.max(0, middle - half), end: Math.min(100, middle + half) });
}

export function reset(element) {
  charts.get(element)?.chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 });
}

export function hide(element) {
  const entry = charts.get(element);
  if (!entry) return;
  entry.resize.disconnect();
  window.removeEventListener('qingyuan-skin', entry.skin);
  entry.chart.dispose();
  charts.delete(element);
}
