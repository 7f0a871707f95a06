// Pictures of many values at once, on Apache ECharts. The server sends plain numbers; this module only draws and reports which cell, point or box was chosen.

const library = new Promise((done, failed) => {
  if (globalThis.echarts) return done();
  const script = Object.assign(document.createElement('script'), {
    src: import.meta.resolve('../Vizor.ECharts/js/vizor-echarts-bundle-min.js'), onload: done, onerror: failed,
  });
  document.head.append(script);
});

const charts = new Map();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const escape = text => String(text ?? '').replace(/[&<>"]/g, ch => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[ch]);

function colours() {
  const of = { text: css('--text'), muted: css('--muted'), line: css('--line'), panel: css('--panel'), bad: css('--bad'), palette: Array.from({ length: 8 }, (_, i) => css('--series-' + i)) };
  of.axis = { axisLine: { lineStyle: { color: of.line } }, axisTick: { show: false }, axisLabel: { color: of.muted, fontSize: 11, hideOverlap: true }, splitLine: { lineStyle: { color: of.line } } };
  return of;
}

const kinds = {
  // model: days[], stations[], cells [day, station, mean, count, over, max], least, most, unit, names {mean, max, count, over}
  heat: (m, c) => ({
    grid: { left: 110, right: 16, top: 8, bottom: 64 },
    xAxis: { ...c.axis, type: 'category', data: m.days, splitArea: { show: false } },
    yAxis: { ...c.axis, type: 'category', data: m.stations, inverse: true, axisLabel: { ...c.axis.axisLabel, width: 100, overflow: 'truncate' } },
    visualMap: { min: m.least, max: m.most, dimension: 2, calculable: false, orient: 'horizontal', left: 110, bottom: 4, itemHeight: 140, itemWidth: 12, text: [m.mostText, m.leastText], textStyle: { color: c.muted, fontSize: 11 }, inRange: { color: m.colours ?? ['#e8f1fb', '#7fb2e5', '#1f6fb4', '#0b3d6b'] } },
    tooltip: { ...tip(c), formatter: p => `${escape(m.stations[p.value[1]])} ${escape(m.days[p.value[0]])}<br>${m.names.mean} <b>${p.value[6]}</b> ${escape(m.unit)}<br>${m.names.max} ${p.value[5]} ${escape(m.unit)} · ${m.names.count} ${p.value[3]} · ${m.names.over} ${p.value[4]}` },
    series: [{ type: 'heatmap', animation: false, data: m.cells.map(v => ({ value: v, itemStyle: v[4] > 0 ? { borderColor: c.bad, borderWidth: 1.5 } : { borderColor: c.panel, borderWidth: 1 } })), emphasis: { itemStyle: { borderColor: c.text, borderWidth: 1.5 } } }],
  }),
  // model: points [longitude, latitude, station, over, median, count, datum][], keys[], lines [[longitude, latitude][]], west, east, south, north, unit, names {over, median, count, datum}
  map: (m, c) => ({
    grid: { left: 64, right: 16, top: 12, bottom: 40 },
    xAxis: { ...c.axis, type: 'value', min: m.west, max: m.east, name: m.lon, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: c.muted, fontSize: 11 } },
    yAxis: { ...c.axis, type: 'value', min: m.south, max: m.north, name: m.lat, nameLocation: 'middle', nameGap: 46, nameTextStyle: { color: c.muted, fontSize: 11 } },
    tooltip: { ...tip(c), formatter: p => p.seriesType === 'lines' ? '' : `${escape(p.value[2])}<br>${m.names.over} <b>${p.value[3]}</b><br>${m.names.median} ${p.value[4]} ${escape(m.unit)} · ${m.names.count} ${p.value[5]}<br>${escape(m.names.datum)} ${escape(p.value[6])}` },
    series: [
      { type: 'lines', coordinateSystem: 'cartesian2d', polyline: true, silent: true, animation: false, lineStyle: { color: c.muted, width: 1, opacity: 0.7 }, data: m.lines.map(coords => ({ coords })) },
      { type: 'scatter', animation: false, symbol: v => v[3] > 0 ? 'triangle' : 'circle', symbolSize: v => v[3] > 0 ? 12 + Math.min(20, 4 * Math.log2(v[3])) : 8, data: m.points.map(v => ({ value: v, itemStyle: { color: v[3] > 0 ? c.bad : c.palette[0], opacity: 0.85 } })),
        label: { show: m.points.length <= 40, formatter: p => p.value[2], position: 'right', color: c.text, fontSize: 11 }, labelLayout: { hideOverlap: true } },
    ],
  }),
  // model: labels[], counts[], unit
  bars: (m, c) => ({
    grid: { left: 56, right: 16, top: 12, bottom: 36 },
    xAxis: { ...c.axis, type: 'category', data: m.labels, name: m.unit, nameLocation: 'middle', nameGap: 24, nameTextStyle: { color: c.muted, fontSize: 11 } },
    yAxis: { ...c.axis, type: 'value', minInterval: 1 },
    tooltip: { ...tip(c), trigger: 'axis', formatter: p => `${escape(m.ranges[p[0].dataIndex])} ${escape(m.unit)}<br><b>${p[0].value}</b>` },
    series: [{ type: 'bar', animation: false, data: m.counts, barCategoryGap: '8%', itemStyle: { color: c.palette[0] } }],
  }),
  // model: labels[], keys[], boxes [min, q1, median, q3, max][], unit
  boxes: (m, c) => ({
    grid: { left: 110, right: 24, top: 12, bottom: 36 },
    xAxis: { ...c.axis, type: 'value', scale: true, name: m.unit, nameLocation: 'middle', nameGap: 24, nameTextStyle: { color: c.muted, fontSize: 11 } },
    yAxis: { ...c.axis, type: 'category', data: m.labels, inverse: true, axisLabel: { ...c.axis.axisLabel, width: 100, overflow: 'truncate' } },
    tooltip: { ...tip(c), formatter: p => `${escape(p.name)}<br>${m.tips[p.dataIndex]}` },
    series: [{ type: 'boxplot', animation: false, layout: 'vertical', data: m.boxes, boxWidth: [6, 22], itemStyle: { color: 'transparent', borderColor: c.palette[0], borderWidth: 1.4 } }],
  }),
  // model: hours[], series [{name, mean[], low[], high[]}], unit
  profile: (m, c) => ({
    grid: { left: 56, right: 16, top: 28, bottom: 28 }, legend: { show: m.series.length > 1, top: 0, textStyle: { color: c.text, fontSize: 11 } },
    xAxis: { ...c.axis, type: 'category', data: m.hours },
    yAxis: { ...c.axis, type: 'value', scale: true, name: m.unit, nameTextStyle: { color: c.muted, fontSize: 11, align: 'right' } },
    tooltip: { ...tip(c), trigger: 'axis' },
    series: m.series.flatMap((s, i) => [
      { name: s.name, type: 'line', animation: false, data: s.median, symbolSize: 4, lineStyle: { color: c.palette[i], width: 1.6 }, itemStyle: { color: c.palette[i] } },
      { name: s.name + m.quarter[0], type: 'line', animation: false, data: s.low, symbol: 'none', lineStyle: { color: c.palette[i], width: 1, type: 'dashed' }, itemStyle: { color: c.palette[i] } },
      { name: s.name + m.quarter[1], type: 'line', animation: false, data: s.high, symbol: 'none', lineStyle: { color: c.palette[i], width: 1, type: 'dashed' }, itemStyle: { color: c.palette[i] } },
    ]),
  }),
  // model: points [x, y, mn, at][], xName, yName
  scatter: (m, c) => ({
    grid: { left: 64, right: 24, top: 24, bottom: 40 },
    xAxis: { ...c.axis, type: 'value', scale: true, name: m.xName, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: c.muted, fontSize: 11 } },
    yAxis: { ...c.axis, type: 'value', scale: true, name: m.yName, nameTextStyle: { color: c.muted, fontSize: 11, align: 'left' } },
    tooltip: { ...tip(c), formatter: p => `${escape(p.value[2])} ${escape(p.value[3])}<br>${p.value[0]} · <b>${p.value[1]}</b>` },
    series: [{ type: 'scatter', animation: false, data: m.points, symbolSize: 5, itemStyle: { color: c.palette[0], opacity: 0.55 } }],
  }),
};

function tip(c) {
  return { confine: true, backgroundColor: c.panel, borderColor: c.line, textStyle: { color: c.text, fontSize: 12 } };
}

function draw(entry) {
  const c = colours();
  entry.chart.setOption({ animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: css('--sans') }, aria: { enabled: true, label: { description: entry.model.description } }, ...kinds[entry.kind](entry.model, c) }, { notMerge: true });
}

function choose(entry, e, owner) {
  if (e.componentType !== 'series') return;
  const key = entry.model.keys?.[e.dataIndex];
  if (entry.kind === 'heat' && Array.isArray(e.value)) owner.invokeMethodAsync('OnCellAsync', e.value[0], e.value[1]);
  else if (key) owner.invokeMethodAsync('OnKeyAsync', key);
}

export async function show(element, kind, model, owner) {
  await library;
  const old = charts.get(element);
  if (old) {
    Object.assign(old, { kind, model });
    old.chart.resize();
    return draw(old);
  }
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  const entry = { chart, kind, model };
  charts.set(element, entry);
  draw(entry);
  if (owner) chart.on('click', e => choose(entry, e, owner));
  entry.resize = new ResizeObserver(() => chart.resize());
  entry.resize.observe(element);
  entry.skin = () => draw(entry);
  window.addEventListener('qingyuan-skin', entry.skin);
}

export function hide(element) {
  const entry = charts.get(element);
  if (!entry) return;
  entry.resize.disconnect();
  window.removeEventListener('qingyuan-skin', entry.skin);
  entry.chart.dispose();
  charts.delete(element);
}
